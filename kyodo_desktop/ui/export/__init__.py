"""What goes out: the workbook of the report, and the whole plan as data."""
