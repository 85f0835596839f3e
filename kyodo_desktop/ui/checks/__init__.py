"""点検 in the window: the list of findings and what can be done about each."""
