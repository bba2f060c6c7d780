"""总览: headline indicators, the three-part bulletin in words, what the meeting should look at."""
