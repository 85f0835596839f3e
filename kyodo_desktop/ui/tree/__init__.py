"""The left side of the window: search box, filters and the tree of the plan."""
