"""`python -m data audit`: what it prints, and with which exit code."""

import json

from audit_notes import put, written
from data.__main__ import main
from data.audit import read


def test_verify_says_where_and_the_last_hash(tmp_path, capsys):
    lines = written(tmp_path)
    last = json.loads(lines[-1])["hash"]
    assert main(["audit", "--folder", str(tmp_path), "verify"]) == 0
    assert capsys.readouterr().out == f"完整，共5条，末条 {last}\n"
    put(tmp_path, [*lines[:2], lines[2].replace(b"zhang", b"wang1"), *lines[3:]])
    assert main(["audit", "--folder", str(tmp_path), "verify"]) == 1
    before = json.loads(lines[1])["hash"][:12]
    assert capsys.readouterr().out == (
        f"audit-2026-11.jsonl第3行缺失或与原记录不符，应接在校验值{before}之后\n"
    )


def test_the_export_is_a_table_and_is_logged(tmp_path, capsys):
    written(tmp_path, 1)
    assert main(["audit", "--folder", str(tmp_path), "export", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "at,account,unit,role,event,what,as_of,compared,region,department,category,residence,period,options,source",
        '2026-11-24T01:30:00.000Z,zhang,市民政局,office,page,页0,2026-10-31,"",621226,"","","","","{""part"": ""cases""}",10.0.0.7',
    ]
    assert read(tmp_path)["event"].to_list() == ["page", "export"]
