"""Which way a figure went: what is shown as no change is none."""

#: A difference below this reads as no change; so does a count's change of fewer percent.
FLAT = 0.005

#: Units whose change is a difference; that of all others is a share of what was.
DIFFERENCES = ("%", "工作日")


def direction(now: float | None, before: float | None, unit: str) -> int:
    """1 up, −1 down; 0 for no change to be seen, and where one of both is unknown."""
    if now is None or before is None:
        return 0
    delta = now - before
    share = unit not in DIFFERENCES and before != 0
    if abs(delta) < FLAT or (share and abs(delta) / abs(before) * 100 < FLAT):
        return 0
    return 1 if delta > 0 else -1
