"""How the commune comes to know that a person lives there: by letter, at the counter, by electronic identity."""
