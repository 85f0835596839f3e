"""The plan's file: one SQLite database with the ending `.kyodo`."""
