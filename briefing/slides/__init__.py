"""Slides of exhibits: native charts and tables, maps as shapes, notes with what is counted."""
