"""Logs what users viewed and exported; shows the log to the audit role."""
