"""Superset as its guide sets it up, for one machine; cached or not as SUPERSET_CACHED says.

Its charts appear at once, without the animation that it has by default: ours do too.
"""

import os
from pathlib import Path

from superset.config import THEME_DEFAULT

FOLDER = Path(os.environ["SUPERSET_HOME"])

SECRET_KEY = "of a benchmark that nobody else reaches"
SQLALCHEMY_DATABASE_URI = f"sqlite:///{FOLDER}/superset.db"
#: The script that defines the dashboard speaks to the API from this machine alone.
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
DATA_CACHE_CONFIG = (
    {
        "CACHE_TYPE": "FileSystemCache",
        "CACHE_DIR": str(FOLDER / "cache"),
        "CACHE_DEFAULT_TIMEOUT": 86400,
    }
    if os.environ["SUPERSET_CACHED"] == "1"
    else {"CACHE_TYPE": "NullCache"}
)
THEME_DEFAULT = THEME_DEFAULT | {"echartsOptionsOverrides": {"animation": False}}
THEME_DARK = None
