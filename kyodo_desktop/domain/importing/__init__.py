"""Reads a plan out of any city's table: from a grid of texts to headings, actions and lines."""
