"""The plan of the next term (後期計画), drawn up from the one before it."""
