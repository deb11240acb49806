"""Answering a survey on its page: what is said before, the form in its steps, drafts, thanks."""
