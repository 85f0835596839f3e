"""重複をまとめる: the page on which two actions become one."""
