"""紙面: the plan as its published table looks, to read, to edit and to print."""
