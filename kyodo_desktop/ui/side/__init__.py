"""The right side of the window: what is chosen, seen as a form, as findings, as changes."""
