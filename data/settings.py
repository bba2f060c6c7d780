"""Where the registry and the snapshots are. Both come from the environment."""

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent

#: SQLAlchemy URL of the registry database; it is only ever read.
REGISTRY_URL = os.environ.get("REGISTRY_URL", f"sqlite:///{ROOT / 'var' / 'demo.db'}")

#: Folder of the snapshots, one per as-of day.
SNAPSHOT_DIR = Path(os.environ.get("SNAPSHOT_DIR", ROOT / "var" / "snapshot"))
