"""Draws a report as a page for the city's site: one file, nothing from outside."""
