"""联席会议: last decisions, what moved, what to put on the agenda, what is presented."""
