"""Postcards and posters of a neighbourhood, with a code that leads to its page: PDF files, ready to print."""
