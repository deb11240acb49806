"""What residents see of idea boards: lists, ideas, and the forms by which they take part."""
