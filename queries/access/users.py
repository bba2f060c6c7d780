"""Who holds which role: the accounts of USERS_FILE."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data import settings
from queries.access.roles import access
from queries.access.rule import Access, AccessError


@dataclass(frozen=True)
class User:
    """Who looks: an account, the unit it belongs to, what it may see."""

    account: str
    unit: str
    access: Access


def user(account: str) -> User | None:
    """The user of an account, None for an unknown one; AccessError when the file is wrong."""
    path = Path(settings.USERS_FILE)
    if not path.exists():
        return None
    entry = _users(path, path.stat().st_mtime_ns).get(account)
    if entry is None:
        return None
    try:
        own = {name: entry.get(name, "") for name in ("county", "department", "township")}
        return User(account, str(entry.get("unit", "")), access(entry["role"], **own))
    except (KeyError, TypeError, AttributeError) as error:
        raise AccessError(f"{path.name}中“{account}”的登记有误：{error}") from error


@lru_cache(maxsize=1)
def _users(path: Path, _changed: int) -> Mapping[str, Any]:
    """Entries by account; read anew when the file changes."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise AccessError(f"{path.name}无法读取：{error}") from error
