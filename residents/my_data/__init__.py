"""What a resident does with what is kept of them: see it, take it along, correct it, have it removed."""
