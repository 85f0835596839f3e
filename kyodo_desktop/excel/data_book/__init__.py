"""The whole plan in the clothes of other programs: JSON, CSV and a workbook of plain rows."""
