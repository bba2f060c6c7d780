"""联席会议: last decisions, what moved since, what to put on the agenda. Not the deck."""
