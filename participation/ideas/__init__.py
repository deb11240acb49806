"""Idea boards: residents propose, support and discuss; the commune screens, answers, and says what became of it."""
