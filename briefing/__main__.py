"""Command line of the meeting's material: `python -m briefing --as-of D --out DIR`."""

import argparse
import logging
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from briefing.meeting.selection import Selection, SelectionError, from_json
from briefing.pack import pack, write_file
from briefing.release import EXACT, OPEN
from exhibits.wording.faults import in_words
from exhibits.wording.mark import Mark, marked
from exhibits.wording.names import departments
from queries.access import AccessError, audit_trail
from queries.answers.periods import PERIODS, offered
from queries.arguments import UsageError, add_role, asked, day
from queries.scope import comparable, comparisons, counties, open_snapshot, store
from queries.store.snapshot import Snapshot
from queries.store.versions import SnapshotError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m briefing", description=__doc__)
    parser.add_argument("--snapshot", type=Path, default=store())
    parser.add_argument("--as-of", type=day, required=True)
    parser.add_argument(
        "--compare", type=day, help="default: the day that the last meeting was presented"
    )
    parser.add_argument(
        "--period", choices=PERIODS, help="of flows; since_meeting where there is a meeting"
    )
    parser.add_argument("--region", default="", help="a county or township code")
    parser.add_argument("--department", default="", help="the edition of one department")
    parser.add_argument("--counties", action="store_true", help="also an edition for each county")
    parser.add_argument("--exhibits", type=Path, help="a selection saved on the meeting's page")
    parser.add_argument(
        "--open", action="store_true", help="rounded counts, counties at the lowest"
    )
    parser.add_argument("--annex", action="store_true", help="slides with what is behind them")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quiet", action="store_true")
    add_role(parser)
    return parser


def editions(args: argparse.Namespace, snapshot: Snapshot) -> Iterator[Selection]:
    """The selections asked for; UsageError for an unknown code or a file that cannot be read."""
    region_codes = {code for (code,) in snapshot.cube("regions").select("region_code").rows()}
    if args.region and args.region not in region_codes:
        raise UsageError(f"there is no region {args.region}")
    if args.department and args.department not in departments():
        raise UsageError(f"no department {args.department}: {', '.join(departments())}")
    if args.compare:
        earlier = open_snapshot(args.snapshot, args.compare)
        if earlier.definitions != snapshot.definitions:
            raise UsageError(
                f"{args.compare} is by version {earlier.definitions} of the definitions, "
                f"{args.as_of} by version {snapshot.definitions}: they do not compare"
            )
    periods = offered(snapshot)
    compared = comparisons(args.snapshot, snapshot).values()
    comparing = (day for day in compared if comparable(snapshot, day))
    chosen = _selected(args, next(iter(periods)), next(comparing, None))
    if chosen.period not in periods:
        raise UsageError(f"--period {chosen.period}: no meeting was held by {args.as_of}")
    yield chosen
    if args.counties:
        for code in counties(snapshot):
            yield replace(chosen, region=code)


def _selected(args: argparse.Namespace, period: str, compared: date | None) -> Selection:
    chosen = Selection(args.as_of, period=period)
    if args.exhibits:
        try:
            chosen = from_json(args.exhibits.read_bytes())
        except OSError as error:
            raise UsageError(f"{args.exhibits}: {error.strerror}") from error
    # Arguments take precedence over the file.
    return replace(
        chosen,
        as_of=args.as_of,
        compared=args.compare or (chosen.compared if args.exhibits else compared),
        region=args.region or chosen.region,
        department=args.department or chosen.department,
        period=args.period or chosen.period,
    )


def _note_export(args: argparse.Namespace, chosen: Selection, name: str) -> None:
    """Logs an export before its file is written; AuditError, on which it must not be."""
    fields = ("as_of", "compared", "region", "department", "period")
    scope = {field: getattr(chosen, field) for field in fields}
    own = args.own_county or args.own_township or args.own_department
    options = {"out": args.out.absolute(), **({"own": own} if own else {})}
    options |= {"edition": "open"} if args.open else {}
    audit_trail.exported(name, args.role, scope | {"options": options})


def _write_files(
    args: argparse.Namespace, snapshot: Snapshot, chosen: Selection, mark: Mark
) -> bool:
    """Writes the files of an edition, names what is left out; returns whether all could be made."""
    started, complete = time.perf_counter(), True
    files = pack(snapshot, chosen, OPEN if args.open else EXACT, args.annex)
    for line in files.left_out:
        print(f"left out: {line}", file=sys.stderr)
    for name, make in files.makers.values():
        try:
            data = make(mark)
        except Exception as error:
            complete = False
            print(f"{name}：{in_words(error)}", file=sys.stderr)
            continue
        _note_export(args, chosen, name)
        path = write_file(args.out, name, data)
        if not args.quiet:
            seconds = time.perf_counter() - started
            print(f"{path} {len(data)} bytes {seconds:.1f} s", flush=True)
        started = time.perf_counter()
    return complete


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0: all files are written and logged; 1: one cannot be; 2: wrong arguments."""
    args = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(message)s")
    try:
        snapshot = open_snapshot(args.snapshot, args.as_of, access=asked(args))
        # The log has the system's account; a file made by cron bears nobody's.
        mark = marked("", "")
        complete = [
            _write_files(args, snapshot, chosen, mark) for chosen in editions(args, snapshot)
        ]
    except (UsageError, SelectionError, AccessError, SnapshotError) as error:
        print(error, file=sys.stderr)
        return 2
    except audit_trail.AuditError as error:
        print(f"nothing more is written: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"cannot write to {args.out}: {error}", file=sys.stderr)
        return 1
    return 0 if all(complete) else 1


if __name__ == "__main__":
    sys.exit(main())
