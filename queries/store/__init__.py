"""Versions of as-of days on disk: whole or not at all, opened as snapshots. Computes no figure."""
