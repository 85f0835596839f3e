"""The whole plan with its history as plain rows, for leaving the program and coming back."""
