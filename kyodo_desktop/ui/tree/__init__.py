"""The left side of the window: the tree of the plan."""
