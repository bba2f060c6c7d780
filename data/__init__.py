"""What comes in: the registry, which of its rows count, the policy's tables; and the audit log."""
