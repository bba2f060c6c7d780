"""简报: the bulletin of a meeting as content, and as Word and PDF."""
