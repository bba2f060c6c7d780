"""The ASGI server around the pages: Chinese shell, security headers, uploads. No page."""
