"""What a page is made of: scope bar, exhibit and task cards, pins, source line, notes."""
