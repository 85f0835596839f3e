"""置換: the same words in the place of others all over the plan, seen before they are written."""
