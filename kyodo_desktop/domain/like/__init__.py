"""An office's own table filled in: what is written into which of its cells."""
