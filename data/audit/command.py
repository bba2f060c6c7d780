"""`python -m data audit`: is the log whole, what does it say, which old months go?"""

import argparse
import sys
from datetime import date
from pathlib import Path

from data import settings
from data.audit.by_hand import note
from data.audit.chain import verify
from data.audit.entry import AuditError
from data.audit.files import head
from data.audit.prune import LEAST, prune
from data.audit.records import read
from data.spreadsheets import as_text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("--folder", type=Path, default=settings.AUDIT_DIR, help="审计日志目录")
    actions = parser.add_subparsers(dest="action", required=True, metavar="操作")
    actions.add_parser("verify", help="核对日志是否完整；有问题时退出码为1")
    export = actions.add_parser("export", help="导出到标准输出，导出本身也记入日志")
    export.add_argument("--format", choices=["csv", "json"], default="csv", help="输出格式")
    for name in ("--since", "--until"):
        export.add_argument(name, type=date.fromisoformat, metavar="YYYY-MM-DD")
    removal = actions.add_parser("prune", help="删除早于保留期的整月日志，删除本身也记入日志")
    removal.add_argument("--keep-days", type=int, required=True, help=f"保留天数，不少于{LEAST}")


def run(args: argparse.Namespace) -> int:
    """0; 1 when the log is not whole, cannot be read or written; 2 for less than 180 days."""
    try:
        return {"verify": _verify, "export": _export, "prune": _prune}[args.action](args)
    except (AuditError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, ValueError) else 1


def _verify(args: argparse.Namespace) -> int:
    if fault := verify(args.folder):
        print(fault.text)
        return 1
    last = head(args.folder)
    # Kept elsewhere, this line shows later whether the whole log was written anew.
    print(f"完整，共{last.count}条，末条 {last.hash}" if last else "日志为空")
    return 0


def _export(args: argparse.Namespace) -> int:
    frame = read(args.folder, args.since, args.until)
    note(args.folder, "export", "审计日志", {})
    frame = frame.with_columns(frame["at"].dt.strftime("%Y-%m-%dT%H:%M:%S%.3fZ"))
    # An account that was refused may be called anything.
    print(as_text(frame).write_csv() if args.format == "csv" else frame.write_json(), end="")
    return 0


def _prune(args: argparse.Namespace) -> int:
    for path in prune(args.folder, args.keep_days):
        print(f"已删除 {path}")
    return 0
