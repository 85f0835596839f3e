"""Where the plan stands: figures, bars and short lists, each of which opens its rows."""
