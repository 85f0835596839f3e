"""Draws the pages of a report: on paper, into a PDF, and on the screen before either."""
