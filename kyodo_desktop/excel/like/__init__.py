"""Writes values into a copy of an office's own workbook and leaves all else as it was."""
