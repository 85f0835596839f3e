"""The way from a newer Setup on a shared folder to its start on this PC."""
