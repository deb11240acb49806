"""Surveys: what they ask, who answers, what is counted and what may be shown of it."""
