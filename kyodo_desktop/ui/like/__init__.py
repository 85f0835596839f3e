"""元の表の形で出力: an office's own workbook filled in with the values of the plan."""
