"""县区画像: one county, every indicator, against the city."""
