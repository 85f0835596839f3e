"""回答票: the workbook that goes to a section, and what is read from it when it comes back."""
