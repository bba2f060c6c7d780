"""Sign-in: authentication mode, identity providers, sessions, return URL, sign-in page."""
