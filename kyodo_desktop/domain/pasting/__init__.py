"""Rows copied in a spreadsheet, and what they are as actions or lines of progress."""
