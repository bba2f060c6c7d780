"""Reads a foreign database, read-only: contract, connection, readers, staging. Judges no row."""
