"""Where the registry and the snapshots are. Both come from the environment."""

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent

#: SQLAlchemy URL of the registry database; it is only ever read.
REGISTRY_URL = os.environ.get("REGISTRY_URL", f"sqlite:///{ROOT / 'var' / 'demo.db'}")

#: Seconds without an answer or another batch of rows after which reading it is given up.
REGISTRY_TIMEOUT = float(os.environ.get("REGISTRY_TIMEOUT", "600"))

#: Folder of the snapshots, one per as-of day.
SNAPSHOT_DIR = Path(os.environ.get("SNAPSHOT_DIR", ROOT / "var" / "snapshot"))

#: Days after which the newest stored day is an alarm: each morning stores the day before.
OLD_DAYS = 3

#: The office's own reference tables; where it has none, the shipped ones (docs/user-guide.md).
REFERENCE_DIR = Path(os.environ.get("REFERENCE_DIR", ROOT / "data" / "reference"))

#: Who holds which role (docs/access.md); none outside the demonstration means nobody gets in.
USERS_FILE = Path(os.environ.get("USERS_FILE", ROOT / ".streamlit" / "users.toml"))

#: Folder of the audit log, one file a month; the board and commands write it.
AUDIT_DIR = Path(os.environ.get("AUDIT_DIR", ROOT / "var" / "audit"))

#: Minutes without a click, and hours since signing in, after which one has to sign in again.
IDLE_MINUTES = float(os.environ.get("IDLE_MINUTES", "30"))
SESSION_HOURS = float(os.environ.get("SESSION_HOURS", "10"))

#: Claim of the ID token that is the account; no other stands in for it.
ACCOUNT_CLAIM = os.environ.get("ACCOUNT_CLAIM", "email")

#: Name of the header in which a trusted reverse proxy passes the account on; empty without one.
TRUSTED_USER_HEADER = os.environ.get("TRUSTED_USER_HEADER", "")

#: Where that proxy signs people out, such as /oauth2/sign_out; without it no sign-out is offered.
SIGN_OUT_URL = os.environ.get("SIGN_OUT_URL", "")
