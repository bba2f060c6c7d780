"""What every page shares: the scope bar, the look of tables, the line of sources."""
