"""The roles of `roles.toml`, and the access of one."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from queries.access.rule import Access, AccessError
from queries.region import LEVELS, Region

ROLES = Path(__file__).with_name("roles.toml")


@cache
def roles() -> dict[str, dict[str, Any]]:
    """The roles of `roles.toml`."""
    return tomllib.loads(ROLES.read_text(encoding="utf-8"))


def access(role: str, county: str = "", department: str = "", township: str = "") -> Access:
    """The access of a role; AccessError for an unknown one, or one whose own area is not named."""
    if role not in roles():
        raise AccessError(f"没有“{role}”这一角色，角色有：{'、'.join(roles())}")
    rule = roles()[role]
    if rule["area"] == "county" and not _is_code(county, LEVELS["county"]):
        raise AccessError(f"{rule['name']}须写明县区代码（6位）")
    if rule["area"] == "township" and not _is_code(township, LEVELS["township"]):
        raise AccessError(f"{rule['name']}须写明乡镇代码（9位）")
    if rule["department"] == "own" and not department:
        raise AccessError(f"{rule['name']}须写明部门代码")
    own_township = township if rule["area"] == "township" else ""
    return Access(
        role,
        rule["name"],
        county=county if rule["area"] == "county" else Region(own_township).county,
        township=own_township,
        department=department if rule["department"] == "own" else "",
        lowest=rule["lowest"],
        open=rule["edition"] == "open",
        cases=rule["cases"],
        files=rule["files"],
        prepares=rule["prepares"],
        board=rule["board"],
        log=rule["log"],
    )


def _is_code(code: str, digits: int) -> bool:
    return code.isascii() and code.isdecimal() and len(code) == digits
