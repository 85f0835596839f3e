"""Says how far the round has come; each figure limits the list to what it counts."""
