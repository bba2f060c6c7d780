"""Old months go by command alone, whole, and not before their time."""

from datetime import UTC, datetime

import time_machine

from audit_notes import note
from data.__main__ import main
from data.audit import read, verify


def test_old_months_go_by_command_alone_and_the_chain_stays_whole(tmp_path, capsys):
    for month in range(17):
        note(tmp_path, "页", datetime(2024 + month // 12, month % 12 + 1, 10, tzinfo=UTC))
        if month == 2:
            # A writer killed in mid-line, at the end of a month and at the beginning of the next.
            for name in ("audit-2024-03.jsonl", "audit-2024-04.jsonl"):
                with (tmp_path / name).open("a") as file:
                    file.write('{"at": "2024-0')
    prune = ["audit", "--folder", str(tmp_path), "prune", "--keep-days", "400"]
    with time_machine.travel(datetime(2025, 5, 11, tzinfo=UTC)):
        assert main(prune) == 0
        assert capsys.readouterr().out.count("已删除") == 3
        assert main(prune) == 0
    assert capsys.readouterr().out == ""
    assert main([*prune[:-1], "179"]) == 2
    assert "for 180 days at least, not 179" in capsys.readouterr().err
    entries = read(tmp_path)
    assert entries["event"].to_list() == ["page"] * 14 + ["prune"] * 3
    assert entries["what"].to_list()[14:] == [f"audit-2024-0{n}.jsonl" for n in (1, 2, 3)]
    assert verify(tmp_path) is None
    (tmp_path / "audit-2024-04.jsonl").unlink()
    assert verify(tmp_path).file == "audit-2024-05.jsonl"
    assert main(prune) == 1
    assert "日志不完整，未删除任何月份：audit-2024-05.jsonl第1行" in capsys.readouterr().err
