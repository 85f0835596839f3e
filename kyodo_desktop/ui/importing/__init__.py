"""取込: a table as it is in its file beside the plan that is read out of it."""
