"""Answers on paper: forms to print, a clerk's screen to type them in, and spreadsheets of them."""
