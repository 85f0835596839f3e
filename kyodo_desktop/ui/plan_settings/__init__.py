"""What the plan says of itself: its texts, levels, marks, choices and sections."""
