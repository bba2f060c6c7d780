"""Measurements, never tests: ratios in one run, against peers that do the same work."""
