"""What changed from one state of a plan to another."""
