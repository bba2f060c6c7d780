"""Tables of the policy as CSV with their readers, and the calendar. No row of a registry."""
