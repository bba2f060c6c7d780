"""Figures: registry frames to cubes, cubes to a snapshot, a snapshot to every indicator."""
