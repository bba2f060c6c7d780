"""Templates: a workbook a table with its code lists as choices, and views to fill in."""

from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from data.importing.choices import choices
from data.importing.headers import MARK, heading
from data.registry.contract import TABLES, key_of

#: Rows for which a template offers its choices.
ROWS = 5000

HOW_TO = (
    "第一行为列名，请勿改动；从第二行起一行一条记录。",
    f"列名带{MARK}的必须填写。没有的内容留空，不填“无”“0”代替。",
    "日期写作2024-01-01、2024/1/1、20240101或2024年1月1日。",
    "有下拉列表的列，填写列表中的中文名称或对应的代码。",
    "不得填写姓名、证件号、电话、住址、银行卡号；填写的文件整体退回。",
)


def file_name(table: str) -> str:
    """Name of a table's workbook, e.g. `person_人员.xlsx`."""
    return f"{table}_{TABLES[table].info['label'].replace('/', '、')}.xlsx"


def write_template(table: str, path: Path, rows: list[list] | None = None) -> None:
    """Writes a table's workbook; `rows` stand below the headers, in the contract's order."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(TABLES[table].info["label"].replace("/", "、"))
        notes, lists = book.add_worksheet("填写说明"), book.add_worksheet("代码")
        as_text = book.add_format({"num_format": "@"})
        heads = {
            True: book.add_format({"bold": True, "bg_color": "#FFE699", "border": 1}),
            False: book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1}),
        }
        for at, column in enumerate(TABLES[table].columns):
            required = column.name in key_of(table)
            sheet.set_column(at, at, 20, as_text)
            sheet.write_string(0, at, heading(table, column.name), heads[required])
            _offer(sheet, lists, table, column.name, at)
        for number, row in enumerate(rows or [], 1):
            for at, value in enumerate(row):
                if value is not None:
                    sheet.write_string(number, at, str(value), as_text)
        sheet.freeze_panes(1, 0)
        _explain(notes, table)


def _offer(sheet: Worksheet, lists: Worksheet, table: str, column: str, at: int) -> None:
    names = choices(table, column)
    if not names:
        return
    lists.write_column(0, 2 * at, [heading(table, column).rstrip(MARK), *names])
    lists.write_column(0, 2 * at + 1, ["代码", *names.values()])
    letter = xlsxwriter.utility.xl_col_to_name(2 * at)
    source = f"=代码!${letter}$2:${letter}${len(names) + 1}"
    # A county may have codes of its own, which --codes translates: told, not forbidden.
    rule = {"validate": "list", "source": source, "error_type": "warning"}
    sheet.data_validation(1, at, ROWS, at, rule)


def _explain(sheet: Worksheet, table: str) -> None:
    sheet.set_column(0, 3, 24)
    for number, line in enumerate(HOW_TO):
        sheet.write_string(number, 0, line)
    start = len(HOW_TO) + 1
    sheet.write_row(start, 0, ["列名", "英文名", "类型", "允许值或说明"])
    for number, column in enumerate(TABLES[table].columns, start + 1):
        info = column.info
        texts = [heading(table, column.name), column.name, info["type"], info["allowed_or_note"]]
        sheet.write_row(number, 0, [text or "" for text in texts])


def views() -> str:
    """One commented view a table, to be filled in over a platform's tables."""
    return "\n".join(_view(name) for name in TABLES)


def _view(name: str) -> str:
    table = TABLES[name]
    wanted = "必需" if table.info["required"] else "没有数据源时删去本视图"
    columns = list(table.columns)
    lines = [
        f"    CAST(NULL AS {c.type}) AS {c.name}{'' if c is columns[-1] else ','}"
        f"  -- {c.info['label_zh']} {c.info['allowed_or_note'] or ''}".rstrip()
        for c in columns
    ]
    body = "\n".join(lines)
    return (
        f"-- {table.info['label']}（{wanted}）：将NULL改为平台的列，将FROM改为平台的表\n"
        f"CREATE VIEW {name} AS\nSELECT\n{body}\nFROM 平台的表;\n"
    )
