"""What a county gets to fill in."""

import sqlite3

import openpyxl

from data.importing.workbooks import ROWS, views, write_template
from data.registry.contract import TABLES


def test_a_template_marks_keys_offers_codes_and_explains(tmp_path):
    write_template("person", tmp_path / "person.xlsx")
    book = openpyxl.load_workbook(tmp_path / "person.xlsx")
    assert book.sheetnames == ["人员（去标识化）", "填写说明", "代码"]
    sheet = book["人员（去标识化）"]
    assert [cell.value for cell in sheet[1]] == ["人员代理键*", "性别", "出生年月", "死亡日期"]
    [rule] = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == (f"B2:B{ROWS + 1}", "代码!$C$2:$C$3")
    assert [cell.value for cell in book["代码"]["C"]] == ["性别", "男", "女"]


def test_views_are_sql_with_a_view_a_table():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE 平台的表 (x)")
    connection.executescript(views())
    for name, table in TABLES.items():
        columns = connection.execute(f"SELECT * FROM {name}").description
        assert [column[0] for column in columns] == [c.name for c in table.columns]
    connection.close()
