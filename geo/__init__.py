"""Boundaries of the city and its neighbours in kilometres, label and township points."""
