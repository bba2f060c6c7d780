"""One line of the audit log: its keys, its hash, and reading it back."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

#: What a line holds, and nothing else: no name, number or address of a person in need.
KEYS = ("at", "account", "unit", "role", "event", "what", "scope", "source", "previous", "hash")

#: Keys of a scope; `options` are the choices of a page.
SCOPE = ("as_of", "compared", "region", "department", "category", "residence", "period", "options")

EVENTS = ("page", "export", "sign_in", "sign_out", "refused", "import", "thin", "prune")

#: The hash before the first line.
GENESIS = "0" * 64


class AuditError(Exception):
    """The log cannot be written; the message says why, in English, for the server's log."""


def entry(at: str, scope: Mapping[str, Any], **texts: str) -> dict[str, Any]:
    """A line without its hashes; ValueError for an unknown event or key of a scope."""
    if texts["event"] not in EVENTS:
        raise ValueError(f"no event {texts['event']!r}: {', '.join(EVENTS)}")
    if strange := set(scope) - set(SCOPE):
        raise ValueError(f"a scope has no {', '.join(sorted(strange))}")
    filled = {name: value for name, value in scope.items() if value}
    return _clean({"at": at, **texts, "scope": filled})


def _clean(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_clean(str(name)): _clean(inner) for name, inner in value.items()}
    # A URL may hold any number of characters, and half a surrogate pair, which has no UTF-8.
    return str(value)[:200].encode("utf-8", "replace").decode("utf-8")


def chained(unlinked: Mapping[str, Any], previous: str) -> tuple[bytes, str]:
    """The line as it is written, and its hash."""
    linked = {**unlinked, "previous": previous}
    linked["hash"] = digest(linked)
    ordered = {key: linked[key] for key in KEYS}
    return json.dumps(ordered, ensure_ascii=False).encode() + b"\n", linked["hash"]


def digest(linked: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of all keys but `hash`."""
    content = {key: value for key, value in linked.items() if key != "hash"}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def follows(linked: Mapping[str, Any], previous: str) -> bool:
    """Whether a line is as it was written, behind the line with the hash `previous`."""
    return linked["previous"] == previous and linked["hash"] == digest(linked)


def hash_over(fragment: bytes, previous: str) -> str:
    """The hash that a line follows behind a fragment, which a writer killed in mid-line leaves."""
    return hashlib.sha256(previous.encode() + fragment.rstrip(b"\n")).hexdigest()


def parsed(line: bytes) -> dict[str, Any] | None:
    """The entry of a line; None where it is no line of this log."""
    try:
        linked = json.loads(line)
    except (ValueError, RecursionError):
        return None
    types = {key: type(value) for key, value in linked.items()} if isinstance(linked, dict) else {}
    whole = tuple(types) == KEYS and types == dict.fromkeys(KEYS, str) | {"scope": dict}
    return linked if whole else None
