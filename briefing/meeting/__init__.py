"""A meeting's material: selection, deck, archive. No file format."""
