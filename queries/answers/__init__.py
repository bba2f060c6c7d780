"""Answers: plain Polars on the cubes of a snapshot, one question a module."""
