"""Reads files that come from elsewhere: whatever they are, an answer or a message comes back."""
