"""Statistics of small frames and numbers; nothing here knows the registry."""
