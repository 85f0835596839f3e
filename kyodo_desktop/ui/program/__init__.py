"""The program itself: its manual, its own settings, newer versions of it."""
