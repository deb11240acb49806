"""What residents follow: a neighbourhood, a department, or a subject that a feature registered."""
