"""Plans as files: opened, made, copied, restored and closed; and how the open one stands."""
