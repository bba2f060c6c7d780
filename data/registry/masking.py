"""What may be said of the registry's address: never its password, nor what else may be secret."""

import re
from urllib.parse import quote, quote_plus

from sqlalchemy import URL

#: Parts of an address's query that hold no secret; the values of all others are hidden.
PLAIN = {
    *("host", "hostaddr", "port", "dbname", "user", "driver", "charset", "application_name"),
    *("sslmode", "sslrootcert", "sslcert", "connect_timeout", "target_session_attrs"),
}

HIDDEN = "***"


def shown_address(url: URL) -> str:
    """The address without what is secret in it."""
    query = {name: value for name, value in url.query.items() if name in PLAIN}
    return url.set(query=query).render_as_string(hide_password=True)


def masked(url: URL, text: str) -> str:
    """A text in which no secret of the address stands, neither as it is nor encoded."""
    spellings = {each for secret in _secrets(url) for each in _spellings(secret)}
    longest_first = sorted(filter(None, spellings), key=len, reverse=True)
    if not longest_first:
        return text
    return re.sub("|".join(map(re.escape, longest_first)), HIDDEN, text, flags=re.IGNORECASE)


def reason(url: URL, error: BaseException) -> str:
    """The first line of a driver's reason, without secrets."""
    reason_text = str(getattr(error, "orig", None) or error).strip()
    return masked(url, reason_text.splitlines()[0] if reason_text else type(error).__name__)


def _secrets(url: URL) -> list[str]:
    secrets = [str(url.password)] if url.password else []
    for name, given in url.query.items():
        if not re.fullmatch("[a-z_]+", name):
            # No setting is called so: the end of a password with a bare & in it.
            secrets.append(name)
        for value in [given] if isinstance(given, str) else given:
            if name == "options":
                # Of `-c name=value` the value alone, so that an error can still name the setting.
                secrets += re.findall(r"=(\S+)", value)
            elif name not in PLAIN:
                secrets.append(value)
    return secrets


def _spellings(secret: str) -> set[str]:
    """As it is, in an address, in a libpq connection string, in Python."""
    escaped = secret.replace("\\", r"\\").replace("'", r"\'")
    encoded = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    return {secret, escaped, repr(secret)[1:-1], *encoded}
