"""Values and rules of a plan. Standard library only: no database, no window, no clock."""
