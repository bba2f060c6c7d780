"""What was seen and taken, noted in the audit log as it happens; the log for the audit role."""
