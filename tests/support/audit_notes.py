"""Lines of the audit log as tests write them."""

from datetime import UTC, date, datetime
from pathlib import Path

from data.audit import append

#: The file of the month that `note` writes to.
NAME = "audit-2026-11.jsonl"

NOVEMBER = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
SCOPE = {"as_of": date(2026, 10, 31), "region": "621226", "options": {"part": "cases"}}


def note(folder: Path, what: str, now: datetime = NOVEMBER, scope=SCOPE, event="page") -> None:
    append(
        folder,
        account="zhang",
        unit="市民政局",
        role="office",
        event=event,
        what=what,
        scope=scope,
        source="10.0.0.7",
        now=now,
    )


def written(folder: Path, count: int = 5) -> list[bytes]:
    """Lines of a log of one month."""
    for number in range(count):
        note(folder, f"页{number}")
    return (folder / NAME).read_bytes().splitlines(keepends=True)


def put(folder: Path, lines: list[bytes]) -> None:
    """Replaces the file by these lines."""
    (folder / NAME).write_bytes(b"".join(lines))
