"""Files as people send them, XLSX, XLS and CSV, as texts beneath the headers that stand in them."""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from data.importing.headers import named

WORKBOOKS = (".xlsx", ".xls")
KINDS = (*WORKBOOKS, ".csv")


class CannotImport(Exception):
    """Nothing was stored; the message says why in a line, in Chinese."""


@dataclass(frozen=True)
class Sheet:
    """One file of one table: its cells as text, and the SHA-256 of its bytes."""

    path: Path
    table: str
    cells: pl.DataFrame
    digest: str


def found(paths: list[Path]) -> list[Path]:
    """The files themselves, and those in the folders."""
    files = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        files += [each for each in inside if each.suffix.lower() in KINDS and each.name[0] != "~"]
    return files


def read(path: Path) -> Sheet:
    """The first sheet of a workbook, or a CSV; CannotImport when it is no table of the contract."""
    try:
        content = path.read_bytes()
        sheet, rows = (
            _workbook(content) if path.suffix.lower() in WORKBOOKS else ("", _csv(content))
        )
    except UnicodeDecodeError as error:
        # Never read by halves: what stands for a lost character would be stored as a value.
        raise CannotImport(f"{path.name}既不是UTF-8也不是GBK编码，请另存为其中一种") from error
    except (OSError, CalamineError, csv.Error) as error:
        raise CannotImport(f"{path.name}无法读取：{error}") from error
    table = named(path.stem) or named(sheet)
    if table is None:
        raise CannotImport(f"{path.name}：文件名和工作表名都不是登记库的表名，请用模板的文件名")
    return Sheet(path, table, _framed(path, rows), hashlib.sha256(content).hexdigest())


def _workbook(content: bytes) -> tuple[str, list[list[str]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = book.get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    return sheet.name, [[_text(value) for value in row] for row in rows]


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    return list(csv.reader(io.StringIO(text, newline="")))


def _framed(path: Path, rows: list[list[str]]) -> pl.DataFrame:
    """Cells beneath the first row; rows that are blank stay, so that row numbers are the file's."""
    if not rows:
        raise CannotImport(f"{path.name}是空文件")
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    names = [name.strip() or f"（第{at}列无列名）" for at, name in enumerate(padded[0], 1)]
    # By number: where the header row is missing, a name is somebody's.
    if repeated := [str(at) for at, name in enumerate(names, 1) if names.count(name) > 1]:
        raise CannotImport(f"{path.name}第{'、'.join(repeated)}列的列名重复")
    columns: list[Sequence[str]] = list(zip(*padded[1:], strict=True)) or [()] * width
    values = dict(zip(names, columns, strict=True))
    return pl.DataFrame(values, schema=dict.fromkeys(names, pl.String), strict=False)
