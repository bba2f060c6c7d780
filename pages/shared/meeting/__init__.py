"""联席会议 and 放映 on the screen: the office's room, its files, full-screen mode."""
