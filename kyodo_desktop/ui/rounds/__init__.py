"""調査: choosing the round that is shown, and beginning and ending one."""
