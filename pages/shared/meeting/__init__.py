"""联席会议 and 放映 on the screen: preparation, files, full-screen mode."""
