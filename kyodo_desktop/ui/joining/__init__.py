"""同じ実行計画としてまとめる: the page on which two actions become one."""
