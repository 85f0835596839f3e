"""The dialogs, one file each. A dialog takes values and gives a value; its caller saves."""
