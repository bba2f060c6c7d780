"""The report that goes back to the county: its own table, each refused cell marked with why."""

from pathlib import Path

import xlsxwriter

from data.importing.cells import Refusal
from data.importing.files import Sheet
from data.importing.privacy import name_looks_like

REASON = "退回原因"
HIDDEN = "■"


def write_report(sheet: Sheet, refusals: list[Refusal], path: Path) -> None:
    """Writes the file's cells as a workbook; a private cell is ■ and nothing of it is kept."""
    columns = {name: at for at, name in enumerate(sheet.cells.columns)}
    reasons: dict[tuple[int, int], str] = {}
    lines: dict[int, list[str]] = {}
    for each in refusals:
        header = HIDDEN if name_looks_like(each.header) else each.header
        lines.setdefault(each.row, []).append(f"{header}：{each.reason}")
        if each.header in columns:
            reasons[each.row, columns[each.header]] = each.reason
    hidden = {(r.row, columns[r.header]) for r in refusals if r.private and r.header in columns}
    with xlsxwriter.Workbook(path) as book:
        out = book.add_worksheet(REASON)
        marked = book.add_format({"bg_color": "#F8CBAD", "border": 1})
        out.set_column(0, len(columns), 20)
        rows = [sheet.cells.columns, *sheet.cells.rows()]
        for row, values in enumerate(rows, 1):
            for at, value in enumerate(values):
                shown = (
                    not name_looks_like(value) if row == 1 else not {(row, at), (1, at)} & hidden
                )
                text = value if shown else HIDDEN
                out.write_string(row - 1, at, text, marked if (row, at) in reasons else None)
                if (row, at) in reasons:
                    out.write_comment(row - 1, at, reasons[row, at])
            reason = "；".join(lines.get(row, [REASON] if row == 1 else []))
            out.write_string(row - 1, len(columns), reason)
        out.freeze_panes(1, 0)
