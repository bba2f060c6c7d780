"""Who gets in: the sign-in, and the accounts that hold a role (docs/access.md)."""

import stat
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

from data import settings
from data.checkup.result import Result

#: Where Streamlit looks for secrets unless told otherwise on its command line.
SECRETS = (settings.ROOT / ".streamlit" / "secrets.toml", Path("~/.streamlit/secrets.toml"))

#: Characters of the secret that signs the cookie; the board does not start with a shorter one.
SHORTEST = 32

ROLES = settings.ROOT / "queries" / "access" / "roles.toml"

UNREADABLE = (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError)


def sign_in(is_demonstration: bool) -> Result:
    """Whether the board knows who asks; without it only the demonstration is shown."""
    provider: dict[str, Any] = {}
    header = settings.TRUSTED_USER_HEADER
    for path in filter(Path.is_file, map(Path.expanduser, SECRETS)):
        try:
            provider = _read(path).get("auth", {}) or provider
        except UNREADABLE as error:
            return Result("登录", f"{path} 无法读取（{error}）", "更正该文件", True)
        if provider and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            return Result("登录", f"{path} 可被其他账户读取", f"chmod 600 {path}", True)
    if provider and header:
        return Result("登录", "[auth] 与 TRUSTED_USER_HEADER 都已设置", "只保留一种", True)
    if provider and len(provider.get("cookie_secret", "")) < SHORTEST:
        return Result("登录", "cookie_secret 过短", f"不少于{SHORTEST}个字符", True)
    if provider:
        return Result("登录", "统一身份认证（OpenID）")
    if header:
        return Result("登录", f"由反向代理识别，请求头{header}")
    if is_demonstration:
        return Result("登录", "没有，仅在本机显示演示数据")
    advice = "配置统一身份认证或 TRUSTED_USER_HEADER（docs/access.md），否则看板不启动"
    return Result("登录", "没有", f"{advice}；以 --secrets.files 另行指定的除外")


def users(is_demonstration: bool) -> Result:
    """How many accounts hold which role; an entry that gives nobody a role."""
    path = Path(settings.USERS_FILE)
    if not path.exists():
        state = f"没有用户文件 {path}"
        return Result(
            "用户", state, "" if is_demonstration else "按 docs/access.md 登记，否则无人可看"
        )
    try:
        entries, known = _read(path), _read(ROLES)
    except UNREADABLE as error:
        return Result("用户", f"{path} 无法读取（{error}）", "更正该文件", True)
    roles = [
        str(entry.get("role", "")) if isinstance(entry, dict) else "" for entry in entries.values()
    ]
    wrong = sum(role not in known for role in roles)
    if wrong:
        advice = f"角色应为：{'、'.join(known)}"
        return Result("用户", f"{path} 有{wrong}个账户没有角色或角色不存在", advice, True)
    counts = "，".join(f"{known[role]['name']}{n}" for role, n in Counter(roles).items())
    advice = "" if entries else "按 docs/access.md 登记，否则无人可看"
    return Result("用户", f"{len(entries)}个账户{f'：{counts}' if counts else ''}", advice)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
