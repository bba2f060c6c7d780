"""`python -m data template`: a workbook a table to fill in, and `views.sql`."""

import argparse
from pathlib import Path

from data.atomic_write import atomic_write
from data.importing.workbooks import file_name, views, write_template
from data.registry.contract import TABLES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")


def run(args: argparse.Namespace) -> int:
    args.out.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        write_template(table, args.out / file_name(table))
    atomic_write(args.out / "views.sql", views())
    print(f"{args.out}：{len(TABLES)}张工作簿，views.sql")
    return 0
