"""A meeting's material: selection, deck, and their own files: selections saved, archives."""
