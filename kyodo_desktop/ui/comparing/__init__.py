"""前回との比較, 見直し and 新旧対照表 in the window."""
