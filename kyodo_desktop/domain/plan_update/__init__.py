"""The update of a plan from a table: what differs, and the rows that taking it changes."""
