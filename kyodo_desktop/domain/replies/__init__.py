"""回答票: what a section is asked, what it answered, and how that differs from the plan."""
