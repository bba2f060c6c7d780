"""What a role may see: its rule, who holds it, and the rows of a cube that are its own.

Everything outside a role's own is refused below the pages, in `own_rows.narrowed`, which alone
gives out the rows of a snapshot.
"""

from queries.access.roles import access, roles
from queries.access.rule import (
    OUTSIDE,
    WHOLE,
    Access,
    AccessError,
    indicators_led,
    programmes_of,
)
from queries.access.users import User, user

__all__ = [
    "OUTSIDE",
    "WHOLE",
    "Access",
    "AccessError",
    "User",
    "access",
    "indicators_led",
    "programmes_of",
    "roles",
    "user",
]
