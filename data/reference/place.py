"""The place that the board is made for: the one row at the top of its registry."""

CITY, CITY_NAME = "621200", "陇南市"

#: What codes of its counties begin with.
PREFIX = CITY[:4]
