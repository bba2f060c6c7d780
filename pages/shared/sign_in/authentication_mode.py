"""The authentication mode: OpenID provider, trusted proxy, or none on this machine alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from data import settings
from queries.scope import open_snapshot, store, stored_days

LOCAL = ("127.0.0.1", "localhost", "::1")

#: Characters of the secret that signs the cookie; who guesses it can be any user.
SHORTEST = 32

MARK = ".demonstration"

NEEDS = (
    "configure an OpenID provider ([auth] in .streamlit/secrets.toml) or TRUSTED_USER_HEADER; "
    "see docs/access.md"
)


def provider_settings() -> Mapping[str, Any]:
    """The [auth] section of Streamlit's secrets, empty without one."""
    # Asking for a secret where there is no file draws an error on the page.
    return st.secrets.get("auth", {}) if st.secrets.load_if_toml_exists() else {}


def providers() -> list[str]:
    """Names for `st.login`: the named providers, or `default` for the one without a name."""
    named = provider_settings().items()
    return [
        name for name, section in named if isinstance(section, Mapping) and "client_id" in section
    ] or ["default"]


@cache
def mode() -> str:
    """`oidc`, `header` or `none`; decided once, so that a file lost later does not change it."""
    if provider_settings():
        return "oidc"
    return "header" if settings.TRUSTED_USER_HEADER else "none"


def demonstration(folder: Path, days: Sequence[date]) -> bool:
    """Whether these days of a store are synthetic; without days it must be empty or marked so."""
    if days:
        return all(open_snapshot(folder, day).manifest["demonstration"] for day in days)
    # `make run` writes the mark.
    return (folder / MARK).exists() or not folder.exists() or not any(folder.iterdir())


def unreadable() -> list[str]:
    """Files of secrets that exist and cannot be read, so that the mode cannot be determined."""
    existing = [name for name in st.get_option("secrets.files") if Path(name).exists()]
    return existing if existing and not st.secrets.load_if_toml_exists() else []


def refusal(address: str | None) -> str:
    """Why the board may not listen on an address (English); empty when it may."""
    if files := unreadable():
        return f"{', '.join(files)} cannot be read as TOML; correct or remove it"
    if mode() == "oidc" and settings.TRUSTED_USER_HEADER:
        return "both [auth] in the secrets and TRUSTED_USER_HEADER are set; keep one of them"
    if mode() == "oidc":
        short = len(provider_settings().get("cookie_secret", "")) < SHORTEST
        return f"cookie_secret in [auth] has fewer than {SHORTEST} characters" if short else ""
    if mode() == "header":
        return ""
    if address not in LOCAL:
        listening = address or "every address"
        return f"without sign-in the board listens on 127.0.0.1 alone, not on {listening}; {NEEDS}"
    if not demonstration(store(), stored_days(store())):
        return f"{store()} holds more than the demonstration registry's figures; {NEEDS}"
    return ""
