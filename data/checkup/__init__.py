"""What the doctor examines beside registry and figures: who gets in, and which folders serve."""
