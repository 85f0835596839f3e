"""照会 in the window: asks the sections, shows their answers beside the plan, and who is late."""
