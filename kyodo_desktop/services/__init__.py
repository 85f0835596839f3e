"""What can be asked and done: one function an edit or a question."""
