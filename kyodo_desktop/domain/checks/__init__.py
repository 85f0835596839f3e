"""点検: what in a plan contradicts itself or is missing, found by reading it."""
