"""待办: the open cases that somebody must clear, one by one."""
