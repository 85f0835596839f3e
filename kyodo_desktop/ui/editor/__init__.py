"""The editor: the right side of the window, where the chosen part of the plan is changed."""
