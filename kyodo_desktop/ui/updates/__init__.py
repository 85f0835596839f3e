"""A newer version of the program: looked for, offered and installed."""
