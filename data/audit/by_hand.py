"""What the log has of the command line: the operating system's user stands for the person."""

import os
import pwd
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from data.audit.log import append

UNIT = "命令行"


def account() -> str:
    """
    The operating system's user; its number where it has no name, as in a container.

    Not `getpass.getuser`: that believes LOGNAME, which anybody can set.
    """
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def note(folder: Path, event: str, what: str, scope: Mapping[str, Any], role: str = "") -> None:
    """Writes one line; AuditError. Who came by sudo, as deploying tells to, stands in `options`."""
    options = dict(scope.get("options", {}))
    if behind := os.environ.get("SUDO_USER"):
        options["sudo"] = behind
    append(
        folder,
        account=account(),
        unit=UNIT,
        role=role,
        event=event,
        what=what,
        scope={**scope, "options": options},
        source="",
    )
