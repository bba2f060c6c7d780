"""Command line of the figures: `python -m queries refresh | indicators | coverage | …`."""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data import settings
from data.audit import AuditError
from data.reference.edited import check_edited
from data.reference.files import ConfigurationError
from data.registry.connection import RegistryError
from data.spreadsheets import as_text
from queries.access import AccessError, audit_trail
from queries.answers import attention, coverage, indicators, response, trend, warnings
from queries.answers.breakdowns import require_own_place
from queries.answers.periods import PERIODS, offered
from queries.arguments import UsageError, add_role, asked, day
from queries.catalogue import catalogue
from queries.cubes.engine import EngineError
from queries.cubes.engines import ENGINES
from queries.federation.keys import FederationError, keygen, receiver
from queries.federation.merge import merge
from queries.federation.parcel import pack
from queries.refresh import prune, termination
from queries.refresh.last_run import RefusedError
from queries.refresh.run import REMAKE_MINUTES, refresh, resume
from queries.scope import month_ends
from queries.store.snapshot import Snapshot, open_snapshot
from queries.store.versions import SnapshotError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m queries", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fresh = commands.add_parser("refresh", help="registry to snapshot")
    fresh.add_argument("--url", default=settings.REGISTRY_URL)
    fresh.add_argument("--snapshot", type=Path, default=settings.SNAPSHOT_DIR)
    fresh.add_argument("--as-of", type=day, default=None)
    fresh.add_argument("--months", type=int, default=24, help="month-ends before the day")
    fresh.add_argument(
        "--resume",
        action="store_true",
        help="only the days that a stopped refresh owes; the registry is left alone without any",
    )
    fresh.add_argument(
        "--remake-minutes",
        type=int,
        default=REMAKE_MINUTES,
        help="at most so long month-ends and cut-offs of older definitions are made anew",
    )
    fresh.add_argument("--engine", choices=ENGINES, default="polars")
    fresh.add_argument("--work", type=Path, help="a folder that every worker of Spark sees")
    fresh.add_argument("--quiet", action="store_true", help="say progress and warnings alone")
    fresh.add_argument(
        "--force",
        action="store_true",
        help="publish what is refused (a table lost, no city, a wrong day); the day says so",
    )
    thin = commands.add_parser("prune", help="old days out of the store; what meetings used stays")
    thin.add_argument("--snapshot", type=Path, default=settings.SNAPSHOT_DIR)
    thin.add_argument("--keep", required=True, help=f"for example {prune.USUAL}")
    thin.add_argument("--dry-run", action="store_true", help="only say what would be removed")
    _add_federation(commands)
    for name, breakdowns in BREAKDOWNS.items():
        command = commands.add_parser(name)
        command.add_argument("--snapshot", type=Path, default=settings.SNAPSHOT_DIR)
        if breakdowns:
            command.add_argument("--by", choices=breakdowns, default=breakdowns[0])
        command.add_argument("--format", choices=("csv", "json"), default="csv")
        add_role(command)
        command.add_argument("--as-of", type=day, required=name != "trend")
        if name in ("indicators", "response"):
            span = command.add_mutually_exclusive_group(required=name == "response")
            span.add_argument("--from", dest="since", type=day)
            span.add_argument("--period", choices=PERIODS)
        if name == "indicators":
            command.add_argument("--id", nargs="+", action="extend", dest="ids", default=[])
        if name == "response":
            command.add_argument("--curve", action="store_true")
        if name == "trend":
            command.add_argument("--id", required=True)
    return parser


def _add_federation(commands: Any) -> None:
    """A city's `keygen` and `sign`, a province's `merge`: docs/federation.md."""
    commands.add_parser("keygen", help="a private key for SIGNING_KEY, and its public key")
    signing = commands.add_parser("sign", help="a stored day's counts as a signed parcel")
    signing.add_argument("store", type=Path)
    signing.add_argument("--to", type=Path, required=True, help="folder of the city's parcels")
    merging = commands.add_parser("merge", help="cities' parcels of one day to a province's day")
    merging.add_argument("stores", type=Path, nargs="+", help="folders of parcels, one a city")
    merging.add_argument("--into", type=Path, required=True, help="the province's store")
    merging.add_argument("--cities", type=Path, required=True, help="the cities and their keys")
    for command in (signing, merging):
        command.add_argument("--day", type=day, required=True)


BREAKDOWNS: dict[str, tuple[str, ...]] = {
    "indicators": indicators.BREAKDOWNS,
    "coverage": coverage.BREAKDOWNS,
    "warnings": warnings.BREAKDOWNS,
    "response": response.BREAKDOWNS,
    "trend": indicators.BREAKDOWNS[:-1],
    "attention": (),
}


def _known(ids: Sequence[str]) -> list[str]:
    """Indicator ids, given apart or joined by commas; UsageError for an unknown one."""
    split = [part for given in ids for part in given.split(",") if part]
    unknown = [i for i in split if i not in catalogue()]
    if unknown:
        last = list(catalogue())[-1]
        raise UsageError(f"unknown indicator {', '.join(unknown)}: ids run from I0101 to {last}")
    return split


def _require_breakdown(ids: Sequence[str], by: str) -> None:
    cannot = [i for i in ids if by not in catalogue()[i].breakdowns]
    if cannot:
        breakdowns = ", ".join(catalogue()[cannot[0]].breakdowns)
        raise UsageError(f"{cannot[0]} cannot be grouped by {by}; it can by {breakdowns}")


def _opened(args: argparse.Namespace) -> Snapshot:
    snapshot_asked = open_snapshot(args.snapshot, args.as_of, access=asked(args))
    require_own_place(snapshot_asked)
    since = getattr(args, "since", None)
    if since and since > args.as_of:
        raise UsageError(f"--from {since} lies after --as-of {args.as_of}")
    return snapshot_asked


def _since(args: argparse.Namespace, snapshot: Snapshot) -> date:
    """First day of the period asked for, of the month without one."""
    if args.since:
        return args.since
    period = offered(snapshot).get(args.period or "month")
    if period is None:
        raise UsageError(f"--period {args.period}: no meeting was held by {args.as_of}")
    return period.since


def answer(args: argparse.Namespace) -> pl.DataFrame:
    """The rows that a command prints."""
    match args.command:
        case "indicators":
            ids = _known(args.ids)
            _require_breakdown(ids, args.by)
            snapshot = _opened(args)
            rows = indicators.indicators(snapshot, args.by, _since(args, snapshot))
            return rows.filter(pl.col("id").is_in(ids)) if ids else rows
        case "coverage":
            return coverage.coverage(_opened(args), args.by)
        case "warnings":
            return warnings.warnings(_opened(args), args.by)
        case "response":
            snapshot = _opened(args)
            asked_for = response.curve if args.curve else response.response
            return asked_for(snapshot, args.by, _since(args, snapshot))
        case "trend":
            ids = _known([args.id])
            _require_breakdown(ids, args.by)
            return trend.trend(args.snapshot, ids[0], args.by, args.as_of, asked(args))
        case "attention":
            snapshot = _opened(args)
            return attention.attention(snapshot, month_ends(snapshot))
    raise UsageError(f"unknown command {args.command}")


def _noted(args: argparse.Namespace) -> None:
    """Notes an answer before it is printed; AuditError, on which it is not."""
    owns = ("own_county", "own_township", "own_department")
    names = ("by", "since", "period", "curve", "format", *owns)
    options = {each: getattr(args, each) for each in names if getattr(args, each, None)}
    ids = args.ids if args.command == "indicators" else [getattr(args, "id", "")]
    options["id"] = " ".join(ids)
    scope = {"as_of": args.as_of, "options": {k: v for k, v in options.items() if v}}
    audit_trail.exported(f"queries {args.command}", args.role, scope)


def _with_status(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of the open edition say which of them hold a hidden figure, which is empty."""
    if "suppressed" not in rows.columns:
        return rows
    own = pl.col("status") if "status" in rows.columns else pl.lit("ok")
    status = pl.when("suppressed").then(pl.lit("suppressed")).otherwise(own)
    return rows.with_columns(status=status).drop("suppressed")


def _print(rows: pl.DataFrame, form: str) -> None:
    answer = _with_status(rows)
    if form == "csv":
        sys.stdout.write(as_text(answer).write_csv())
        return
    dated = answer.with_columns(pl.col(pl.Date).dt.to_string())
    json.dump(dated.to_dicts(), sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n")


def _log(quiet: bool) -> None:
    """Everything, or of what goes well only how far it is."""
    form = "%(message)s" if quiet else "%(levelname)s %(message)s"
    level = logging.WARNING if quiet else logging.INFO
    logging.basicConfig(level=level, format=form, stream=sys.stderr)
    if quiet:
        logging.getLogger("queries.refresh.run").setLevel(logging.INFO)


def _refresh(args: argparse.Namespace) -> None:
    if args.months < 0:
        raise UsageError("--months: 0 or more")
    if args.remake_minutes < 0:
        raise UsageError("--remake-minutes: 0 or more")
    if args.resume:
        days = resume(args.url, args.snapshot, args.engine, args.remake_minutes, args.work)
    else:
        options = (args.as_of, args.months, args.engine, args.force, args.remake_minutes)
        days = refresh(args.url, args.snapshot, *options, args.work)
    for stored in [] if args.quiet else days:
        print(stored.as_of, f"version {stored.version}")


def _prune(args: argparse.Namespace) -> None:
    removed, keep = [], prune.kept(args.keep)
    if not args.dry_run:
        audit_trail.thinned([each.day for each in prune.prune(args.snapshot, keep, dry_run=True)])
    for each in prune.prune(args.snapshot, keep, args.dry_run):
        removed.append(each)
        print(each.day, f"{each.versions} versions, {each.size / 1e6:.1f} MB", flush=True)
    verb = "would be removed" if args.dry_run else "removed"
    size = sum(each.size for each in removed) / 1e6
    print(
        f"{len(removed)} days, {size:.1f} MB {verb}; {prune.staying(args.snapshot, removed)} stay"
    )


def _federate(args: argparse.Namespace) -> None:
    """Runs `keygen`, `sign` or `merge`; that a parcel is made is noted before it is."""
    match args.command:
        case "keygen":
            private, public = keygen()
            print(f"SIGNING_KEY={private}\npublic key: {public}")
        case "sign":
            audit_trail.exported("queries sign", "office", {"as_of": args.day})
            print(pack(args.store, args.day, args.to))
        case "merge":
            merged = merge(args.stores, args.into, args.day, receiver(args.cities))
            print(merged.as_of, f"version {merged.version}")


#: After these nothing is published or handed over.
FAILURES = (
    *(RegistryError, RefusedError, FederationError, EngineError),
    *(OSError, AuditError, ConfigurationError),
)

FEDERATION = ("keygen", "sign", "merge")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0; 1 when nothing can be published or noted; 2, in one line, for what has no answer."""
    args = _parser().parse_args(arguments)
    _log(getattr(args, "quiet", False))
    try:
        check_edited()
        if args.command == "refresh":
            _refresh(args)
        elif args.command == "prune":
            _prune(args)
        elif args.command in FEDERATION:
            _federate(args)
        else:
            rows = answer(args)
            _noted(args)
            _print(rows, args.format)
    except FAILURES as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except (UsageError, AccessError, SnapshotError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    termination.clean()
    sys.exit(main())
