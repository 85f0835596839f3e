"""Workbooks for the director and for the next system; knows values, not the database."""
