"""紙面: the plan as its published table looks, to read and to edit."""
