"""Takes what was read out of a table into a new plan's file, or into the plan that is open."""
