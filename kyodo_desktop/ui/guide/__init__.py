"""Leads on from an empty plan: ways to begin in the list, and the first steps beside it."""
