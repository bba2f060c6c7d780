"""Cubes: person-level frames become small frames of counts, for one as-of day.

Written once in narwhals over day numbers and working-day numbers, so that Polars, DuckDB and
Spark run the same code. A day is an integer, days since 1970-01-01; a time in working days is a
difference of two running working-day numbers.
"""
