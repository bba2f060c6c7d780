"""One line of the audit log: its keys, its hash, and reading it back."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

#: What a line holds, and nothing else: no name, number or address of a person in need.
KEYS = (
    *("at", "account", "unit", "role", "event", "what", "scope", "source"),
    *("previous", "hash"),
)

#: What a scope may tell; `options` are the choices of a page.
SCOPE = ("as_of", "compared", "region", "department", "category", "residence", "options")

#: `prune`: an old month is removed, see `data/audit/prune.py`.
EVENTS = ("page", "export", "sign_in", "sign_out", "refused", "prune")

#: The hash before the first line.
GENESIS = "0" * 64

#: Characters of the longest text that is kept; an address may hold any number.
LONGEST = 200


class AuditError(Exception):
    """The log cannot be written; the message says why, in English, for the server's log."""


def entry(at: str, scope: Mapping[str, Any], **texts: str) -> dict[str, Any]:
    """A line without its hashes; ValueError for an event or a part of a scope that is none."""
    if texts["event"] not in EVENTS:
        raise ValueError(f"no event {texts['event']!r}: {', '.join(EVENTS)}")
    if strange := set(scope) - set(SCOPE):
        raise ValueError(f"a scope has no {', '.join(sorted(strange))}")
    told = {name: _clean(value) for name, value in scope.items() if value}
    return {"at": at, **{name: _clean(text) for name, text in texts.items()}, "scope": told}


def _clean(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_clean(str(name)): _clean(each) for name, each in value.items()}
    # Half a surrogate pair, which an address may hold, has no UTF-8.
    return str(value)[:LONGEST].encode("utf-8", "replace").decode("utf-8")


def chained(told: Mapping[str, Any], previous: str) -> tuple[bytes, str]:
    """The line as it is written, and its hash."""
    linked = {**told, "previous": previous}
    own = digest(linked)
    ordered = {key: {**linked, "hash": own}[key] for key in KEYS}
    return json.dumps(ordered, ensure_ascii=False).encode() + b"\n", own


def digest(told: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of all keys but `hash`."""
    held = {key: value for key, value in told.items() if key != "hash"}
    canonical = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def parsed(line: bytes) -> dict[str, Any] | None:
    """The entry of a line; None where it is no line of this log."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    whole = isinstance(told, dict) and tuple(told) == KEYS and isinstance(told["scope"], dict)
    texts = [told[key] for key in KEYS if key != "scope"] if whole else [None]
    return told if all(isinstance(text, str) for text in texts) else None
