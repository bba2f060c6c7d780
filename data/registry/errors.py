"""Why a registry cannot be read; beside the code that reads, so that pages need no SQLAlchemy."""


class RegistryError(Exception):
    """The registry cannot be read; the message is one line and holds no password."""


class RegistryTimeout(RegistryError):
    """The registry did not answer, or stopped sending, for too long."""
