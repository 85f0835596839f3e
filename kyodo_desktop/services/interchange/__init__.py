"""Takes a whole plan out of its file, and makes a file of one that comes back."""
