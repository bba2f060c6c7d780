"""需要关注: the entries of the ranking in words, for the front page and the agenda."""
