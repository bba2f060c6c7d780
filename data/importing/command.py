"""`python -m data import`: files of a county into the registry, all of them or none."""

import argparse
import os
import re
import sys
from pathlib import Path

from data import china, settings
from data.audit import AuditError
from data.audit.by_hand import account, note
from data.importing.batches import Batch
from data.importing.cells import Local
from data.importing.files import CannotImport, found
from data.importing.maps import LocalHeaders, local_codes, local_headers
from data.importing.report import write_report
from data.importing.run import Judged, judge, note_returns, remembered, store
from data.reference.place import place


def _month(text: str) -> str:
    if not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError("月份应写作2026-03")
    return text


def _county(text: str) -> str:
    if not re.fullmatch(r"\d{6}", text):
        raise argparse.ArgumentTypeError("县区代码应为6位数字，市级表填市的代码")
    return text


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="DIR|FILE")
    parser.add_argument("--into", required=True, metavar="URL", help="registry that is written")
    parser.add_argument("--county", required=True, type=_county, help="code of who sent the files")
    parser.add_argument("--month", required=True, type=_month, help="YYYY-MM")
    parser.add_argument("--codes", type=Path, help="CSV: table, column, local, code")
    parser.add_argument("--headers", type=Path, help="CSV: table, column, header; remembered")
    parser.add_argument("--full", action="store_true", help="the county's whole list")
    parser.add_argument("--report", type=Path, default=Path("退回"), help="where refused files go")


def run(args: argparse.Namespace) -> int:
    try:
        headers = local_headers(args.headers)
        judged = _judged(args, headers)
        refused = any(each.refusals for each, _ in judged)
        _noted(args, judged)
        if not refused and store(args.into, judged, headers):
            for each, _ in judged:
                print(f"{each.sheet.path.name}：{each.rows.height}条已导入{_unread(each)}")
            return 0
        _send_back([each for each, _ in judged if each.refusals], args.report)
        note_returns(args.into, [(each, batch) for each, batch in judged if each.refusals])
    except (CannotImport, AuditError) as refusal:
        print(f"未导入：{refusal}", file=sys.stderr)
    return 1


def _judged(args: argparse.Namespace, headers: LocalHeaders) -> list[tuple[Judged, Batch]]:
    """Every file with the batch it would be; CannotImport when two are of one table."""
    ours = place()
    if not args.county.startswith(ours.prefix):
        raise CannotImport(f"{args.county}不属于{ours.name}（{ours.code}）")
    known = remembered(args.into)
    both = {table: known.get(table, {}) | headers.get(table, {}) for table in known | headers}
    prefix = ours.prefix if args.county == ours.code else args.county
    local = Local(local_codes(args.codes), both, prefix)
    secret = os.environ.get("IMPORT_KEY", "").encode() or None
    at, by = china.now().replace(microsecond=0), account()
    judged: list[tuple[Judged, Batch]] = []
    for path in found(args.paths):
        each = judge(path, local, secret)
        table, digest = each.sheet.table, each.sheet.digest
        if any(table == batch.table for _, batch in judged):
            raise CannotImport(f"{path.name}与另一份文件是同一张表，请合并后导入")
        batch = Batch(args.county, args.month, table, digest, at, by, args.full)
        judged.append((each, batch))
    if not judged:
        raise CannotImport("没有找到XLSX、XLS或CSV文件")
    return judged


def _noted(args: argparse.Namespace, judged: list[tuple[Judged, Batch]]) -> None:
    """A line a file in the audit log, before anything is stored: whose, which, how many rows."""
    for each, batch in judged:
        options = {
            "county": batch.county,
            "month": batch.month,
            "table": batch.table,
            "file_hash": batch.digest,
            "rows": each.rows.height,
            "refused": each.refused_rows,
            "full": "yes" if batch.full else "",
        }
        note(settings.AUDIT_DIR, "import", "data import", {"options": options})


def _unread(each: Judged) -> str:
    """；以下列不是登记库的列，未导入：备注 — or nothing."""
    if not each.unread:
        return ""
    return f"；以下列不是登记库的列，未导入：{'、'.join(each.unread)}（是的，用--headers对照）"


def _send_back(refused: list[Judged], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    print("未导入：以下文件有退回的单元格，全部文件均未写入", file=sys.stderr)
    for each in refused:
        path = folder / f"退回_{each.sheet.path.stem}.xlsx"
        write_report(each.sheet, each.refusals, path)
        print(f"{each.sheet.path.name}：{len(each.refusals)}处，见{path}", file=sys.stderr)
