"""The registry: its contract, a read-only reader, its checks, and a demonstration registry."""
