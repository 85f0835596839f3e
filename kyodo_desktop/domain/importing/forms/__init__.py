"""Reads books of forms: one sheet, or one part of it, is an action with labels and values."""
