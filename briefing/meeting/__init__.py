"""What a meeting is shown: the selection, the deck made of it, what was presented. No format."""
