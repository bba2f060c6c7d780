"""The screen: a script a page, short; what they share is in `shared`."""
