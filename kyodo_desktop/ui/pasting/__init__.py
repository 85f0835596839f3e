"""Copy and paste with Excel: the table in the clipboard, and the preview before it comes in."""
