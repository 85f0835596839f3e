"""The page on which the next term is drawn up."""
