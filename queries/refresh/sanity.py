"""Whether what was read, and the day asked for, may be published; `--force` says that they may."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import narwhals as nw

from data.quality.loading import Loaded
from data.quality.plausible import implausible
from data.reference.place import path
from data.registry.contract import TABLES
from data.registry.frames import Native, collected, opened
from queries.access import AccessError
from queries.answers.breakdowns import require_own_place
from queries.cubes.record_quality import DAYS
from queries.refresh.last_run import (
    ClockError,
    ImplausibleError,
    PlaceError,
    RefusedError,
    ShrunkError,
)
from queries.store.snapshot import open_snapshot
from queries.store.versions import SnapshotError, stored_days

log = logging.getLogger(__name__)

#: A table of at least `FEWEST` rows that keeps no more than `LEAST` of them is not published.
FEWEST, LEAST = 100, 0.5

#: The name under which the rows of all tables are counted.
ALL = "all tables"

#: Days between the last record and the as-of day: a registry fed monthly, and two months late.
FAR = 92

#: Rows that make a day one on which the registry was written; fewer may be slips of the pen.
FEW = 10


def refuse_other_place(folder: Path) -> None:
    """PlaceError for a store of another place; `--force` does not lift it: two cities in one."""
    days = stored_days(folder)
    # A damaged day is what a refresh mends.
    with suppress(SnapshotError):
        try:
            for day in days[-1:]:
                require_own_place(open_snapshot(folder, day))
        except AccessError as error:
            raise PlaceError(
                f"{folder} holds days of another place than {path()} names. Nothing is published; "
                "correct that file, or name another folder (SNAPSHOT_DIR, --snapshot)",
                str(error),
            ) from error


def yesterday(folder: Path, today: date) -> date:
    """The day to publish when none is named; ClockError when later ones are stored already."""
    day = today - timedelta(days=1)
    days = stored_days(folder)
    # Today's figures may have been asked for by hand.
    if days and days[-1] > today:
        raise ClockError(
            f"the machine's clock says {today}, but {days[-1]} is stored already. Nothing is "
            "published; set the clock, or name the day with --as-of. A day stored under a wrong "
            f"clock is taken back by removing {folder / days[-1].isoformat()}",
            f"服务器时钟为{_said(today)}，而{_said(days[-1])}已入库",
        )
    return day


def refuse_day(
    frames: Mapping[str, Native], as_of: date, today: date, made_up: bool = False
) -> None:
    """ClockError for a day yet to come, or so late that the clock must be wrong."""
    if as_of > today and not made_up:
        raise ClockError(
            f"the as-of day {as_of} is later than today, {today}. Nothing is published; check "
            "the machine's clock and --as-of, and add --force when this is right",
            f"截至日{_said(as_of)}晚于服务器当日{_said(today)}",
        )
    last = last_recorded(frames, as_of)
    if last and (as_of - last).days > FAR:
        raise ClockError(
            f"nothing is recorded in the registry after {last}, {(as_of - last).days} days before "
            f"the as-of day {as_of}. Nothing is published; check the machine's clock (today is "
            f"{today}) and the registry, and add --force when this is right",
            f"截至日{_said(as_of)}，登记库最后记录于{_said(last)}",
        )


def last_recorded(frames: Mapping[str, Native], as_of: date) -> date | None:
    """The last day by D on which the registry was written; None when hardly anything is in it."""
    # The first of a table's days alone: that a spell ends may be known years before.
    begun = [
        frame.select(day=nw.col(DAYS[name][0]).cast(nw.Date))
        for name, frame in opened(frames).items()
        if name in DAYS
    ]
    if not begun:
        return None
    by_then = nw.concat(begun).filter(nw.col("day") <= as_of)
    newest = collected(by_then.sort("day", descending=True).head(FEW))["day"]
    return newest[-1] if len(newest) == FEW else None


def shrunk(loaded: Loaded, folder: Path) -> dict[str, tuple[int, int]]:
    """Tables, and all together, with half or less of the newest day's rows: before, now."""
    days = stored_days(folder)
    if not days:
        return {}
    before = open_snapshot(folder, days[-1]).manifest.get("rows_kept", {})
    counted = before | {ALL: sum(before.values())}
    now = loaded.rows_kept | {ALL: sum(loaded.rows_kept.values())}
    return {
        table: (rows, now.get(table, 0))
        for table, rows in counted.items()
        if rows >= FEWEST and now.get(table, 0) <= rows * LEAST
    }


def refuse_shrunk(loaded: Loaded, folder: Path) -> None:
    """ShrunkError, with each loss, for a registry that lost half of a table or of all rows."""
    if lost := shrunk(loaded, folder):
        losses = "; ".join(f"{table}: {was} rows, now {now}" for table, (was, now) in lost.items())
        labels = {table: TABLES[table].info["label"] for table in lost if table in TABLES}
        raise ShrunkError(
            f"the registry lost half or more of {losses}. Nothing is published; "
            "check the registry, and add --force when this is right",
            "，".join(
                f"{labels.get(table, '各表合计')}由{was:,}行降至{now:,}行"
                for table, (was, now) in lost.items()
            ),
        )


def refuse_implausible(loaded: Loaded) -> None:
    """ImplausibleError for what no city looks like, whether a day is stored already or not."""
    if refusals := implausible(loaded):
        raise ImplausibleError(
            f"{'; '.join(each.text for each in refusals)}. Nothing is published; run "
            "python -m data check, and add --force when this is right",
            "；".join(each.text_zh for each in refusals),
        )


def overridden(loaded: Loaded, folder: Path, as_of: date, today: date, made_up: bool) -> list[str]:
    """Why a registry and day would be refused, in Chinese; empty when they may be published."""
    reasons = []
    for refuse in (
        lambda: refuse_day(loaded.frames, as_of, today, made_up),
        lambda: refuse_shrunk(loaded, folder),
        lambda: refuse_implausible(loaded),
    ):
        try:
            refuse()
        except RefusedError as refused:
            log.warning("published by --force: %s", refused)
            reasons.append(refused.reason_zh)
    return reasons


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
