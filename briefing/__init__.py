"""Files for people: slides, bulletin, tables, images. What may leave is decided in `release`."""
