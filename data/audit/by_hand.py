"""What commands note in the log: the operating system's user stands for the person."""

import os
import pwd
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.audit.log import append

UNIT = "命令行"


def account() -> str:
    """The operating system's user; its number where it has no name, as in a container."""
    # Not `getpass.getuser`: that believes LOGNAME, which anybody can set.
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def note(folder: Path, event: str, what: str, scope: Mapping[str, Any], role: str = "") -> None:
    """Writes one line; AuditError. Behind sudo, `options` holds the user who called it."""
    options = dict(scope.get("options", {}))
    if caller := os.environ.get("SUDO_USER"):
        options["sudo"] = caller
    texts: dict[str, Any] = {"account": account(), "unit": UNIT, "role": role, "source": ""}
    append(folder, event=event, what=what, scope={**scope, "options": options}, **texts)
