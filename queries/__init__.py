"""Figures: registry to cubes to stored days to answers; who may ask what (access), and of what."""
