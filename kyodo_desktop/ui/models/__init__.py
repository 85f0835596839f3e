"""Item models over the outline."""
