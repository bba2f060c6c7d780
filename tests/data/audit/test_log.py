"""The audit log: a line that is changed, removed or cut off shows; nothing of a person is in it."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest
import time_machine

from audit_notes import NOVEMBER, note
from data import settings
from data.__main__ import main
from data.audit import AuditError, Fault, address, read, verify
from data.audit.entry import GENESIS, chained
from queries.access import Access, AccessError, access, audit_trail

OCTOBER = datetime(2026, 10, 31, 23, 59, 59, 999_000, tzinfo=UTC)

NAME = "audit-2026-11.jsonl"


def written(folder: Path, count: int = 5) -> list[bytes]:
    """Lines of a log of one month."""
    for number in range(count):
        note(folder, f"页{number}")
    return (folder / NAME).read_bytes().splitlines(keepends=True)


def put(folder: Path, lines: list[bytes]) -> None:
    (folder / NAME).write_bytes(b"".join(lines))


def test_a_line_is_who_what_scope_when_and_from_where_and_nothing_else(tmp_path):
    (line,) = written(tmp_path, 1)
    entry = json.loads(line)
    previous, own = entry.pop("previous"), entry.pop("hash")
    assert entry == {
        "at": "2026-11-24T01:30:00.000Z",
        "account": "zhang",
        "unit": "市民政局",
        "role": "office",
        "event": "page",
        "what": "页0",
        "scope": {"as_of": "2026-10-31", "region": "621226", "options": {"part": "cases"}},
        "source": "10.0.0.7",
    }
    assert previous == "0" * 64
    assert len(own) == 64
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_a_scope_holds_no_other_keys_and_an_event_is_known(tmp_path):
    with pytest.raises(ValueError, match="a scope has no person_id"):
        note(tmp_path, "页", scope={"person_id": "1"})
    with pytest.raises(ValueError, match="no event 'look'"):
        note(tmp_path, "页", event="look")
    assert not (tmp_path / NAME).exists()


def test_long_and_broken_texts_are_cut_and_kept(tmp_path):
    assert verify(tmp_path / "nowhere") is None
    note(tmp_path, "长" * 5000, scope={"options": {"id": "\ud800\nx"}})
    assert read(tmp_path)["what"].item() == "长" * 200
    assert verify(tmp_path) is None


def forged(line: bytes, previous: bytes) -> bytes:
    """The line of another account, with the hash that it has behind another line."""
    return chained(json.loads(line) | {"account": "wang1"}, json.loads(previous)["hash"])[0]


@pytest.mark.parametrize(
    ("first_bad", "tampered"),
    [
        pytest.param(3, lambda x: [*x[:2], x[2].replace(b"zhang", b"wang1"), *x[3:]], id="changed"),
        pytest.param(4, lambda x: [*x[:2], forged(x[2], x[1]), *x[3:]], id="rehashed"),
        pytest.param(5, lambda x: [*x[:4], forged(x[4], x[3])], id="last rehashed"),
        pytest.param(3, lambda x: [*x[:2], b'{"at": "\n', *x[3:]], id="garbled"),
        pytest.param(3, lambda x: x[:2] + x[3:], id="removed"),
        pytest.param(1, lambda x: x[1:], id="first removed"),
        pytest.param(2, lambda x: [x[0], x[2], x[1], *x[3:]], id="reordered"),
        pytest.param(4, lambda x: [*x[:3], x[2], *x[3:]], id="repeated"),
        pytest.param(4, lambda x: [*x[:2], forged(x[4], x[1]), *x[2:]], id="inserted"),
        pytest.param(4, lambda x: x[:3], id="cut off"),
        pytest.param(1, lambda x: [], id="emptied"),
    ],
)
def test_the_first_bad_line_shows_and_the_log_is_not_whole_again(tmp_path, first_bad, tampered):
    lines = tampered(written(tmp_path))
    put(tmp_path, lines)
    before = json.loads(lines[first_bad - 2])["hash"] if first_bad > 1 else GENESIS
    assert verify(tmp_path) == Fault(NAME, first_bad, before)
    note(tmp_path, "之后")
    assert verify(tmp_path) is not None


def test_a_file_goes_on_from_the_one_before_and_a_removed_one_shows(tmp_path):
    names = [f"audit-2026-{month}.jsonl" for month in (10, 11, 12)]
    for month in (OCTOBER, NOVEMBER, datetime(2026, 12, 1, tzinfo=UTC)):
        note(tmp_path, "页", month)
    assert sorted(path.name for path in tmp_path.glob("*.jsonl")) == names
    assert verify(tmp_path) is None
    first, middle, last = ((tmp_path / name).read_bytes() for name in names)
    (tmp_path / NAME).unlink()
    assert verify(tmp_path) == Fault(names[2], 1, json.loads(first)["hash"])
    (tmp_path / NAME).write_bytes(middle)
    (tmp_path / names[2]).unlink()
    assert verify(tmp_path) == Fault(names[2], 1, json.loads(middle)["hash"])
    (tmp_path / names[2]).write_bytes(last)
    (tmp_path / names[0]).unlink()
    assert verify(tmp_path) == Fault(NAME, 1, GENESIS)


@pytest.mark.parametrize("damage", [Path.unlink, lambda head: head.write_bytes(b"{")])
def test_a_lost_head_shows_and_goes_on_showing(tmp_path, damage):
    last = json.loads(written(tmp_path)[-1])["hash"]
    damage(tmp_path / "head.json")
    assert verify(tmp_path) == Fault("head.json", 1, last)
    note(tmp_path, "之后")
    assert verify(tmp_path) == Fault(NAME, 6, last)


def test_half_a_line_shows_until_the_next_is_chained_to_it(tmp_path, caplog):
    lines = written(tmp_path)
    put(tmp_path, [*lines, lines[0][:40]])
    fault = Fault(NAME, 6, json.loads(lines[-1])["hash"])
    assert verify(tmp_path) == fault
    note(tmp_path, "之后")
    assert "a line that is not whole" in caplog.text
    assert verify(tmp_path) is None
    assert read(tmp_path)["what"].to_list() == ["页0", "页1", "页2", "页3", "页4", "之后"]
    # It is evidence like any other line.
    *_, half, last = (tmp_path / NAME).read_bytes().splitlines(keepends=True)
    put(tmp_path, [*lines, half.replace(b"2026", b"2025"), last])
    assert verify(tmp_path) == fault
    put(tmp_path, [*lines, last])
    assert verify(tmp_path) == fault


@pytest.mark.parametrize("ending", [b"\n", b""])
def test_a_line_whose_writer_was_killed_before_the_head_counts(tmp_path, ending):
    written(tmp_path, 1)
    head = (tmp_path / "head.json").read_bytes()
    lines = written(tmp_path, 1)
    (tmp_path / "head.json").write_bytes(head)
    put(tmp_path, [lines[0], lines[1].rstrip() + ending])
    assert verify(tmp_path) is None
    note(tmp_path, "之后")
    assert verify(tmp_path) is None
    # Also where it is the first of a month, which the head does not know.
    head = (tmp_path / "head.json").read_bytes()
    december = datetime(2026, 12, 1, tzinfo=UTC)
    note(tmp_path, "十二月", december)
    (tmp_path / "head.json").write_bytes(head)
    note(tmp_path, "之后", december)
    assert verify(tmp_path) is None
    assert read(tmp_path).height == 5


def test_a_full_disk_leaves_no_half_line(tmp_path, monkeypatch):
    written(tmp_path)

    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(AuditError, match="No space left on device"):
            note(tmp_path, "满")
    assert verify(tmp_path) is None
    note(tmp_path, "之后")
    assert verify(tmp_path) is None
    assert read(tmp_path).height == 6


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditError, match="cannot be written"):
        note(tmp_path / "file" / "audit", "页")


def _many(folder: Path, who: int) -> None:
    for number in range(25):
        note(folder, f"{who}-{number}")


def test_eight_processes_write_at_once(tmp_path):
    spawn = get_context("spawn")
    writers = [spawn.Process(target=_many, args=(tmp_path, who)) for who in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert verify(tmp_path) is None
    assert sorted(read(tmp_path)["what"]) == sorted(f"{w}-{n}" for w in range(8) for n in range(25))


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, "tests/support")
from audit_notes import NOVEMBER, note
while True:
    note(Path(sys.argv[1]), "页")
"""


def test_a_writer_killed_in_the_middle_leaves_a_log_that_goes_on(tmp_path):
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)]) as writer:
            while not (tmp_path / NAME).exists() or read(tmp_path).height < 5:
                assert writer.poll() is None
            writer.kill()
    note(tmp_path, "之后")
    assert verify(tmp_path) is None
    assert read(tmp_path)["what"][-1] == "之后"


def test_days_are_those_of_china(tmp_path):
    note(tmp_path, "十月", OCTOBER)  # 7:59 on 1 November in China
    note(tmp_path, "十一月")
    day = date(2026, 11, 1)
    assert read(tmp_path, day, day)["what"].to_list() == ["十月"]
    assert read(tmp_path, date(2026, 11, 2))["what"].to_list() == ["十一月"]
    assert read(tmp_path, until=date(2026, 10, 31)).is_empty()


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


@pytest.mark.parametrize(
    ("header", "direct", "forwarded", "client"),
    [
        ("", "10.0.0.7", "1.2.3.4", "10.0.0.7"),
        ("", None, "1.2.3.4", "127.0.0.1"),
        ("X-User", None, "1.2.3.4, 10.0.0.7", "10.0.0.7"),
        ("X-User", "10.0.0.1", "evil", "10.0.0.1"),
        ("X-User", None, "", "127.0.0.1"),
        ("", "::ffff:10.0.0.7", "", "10.0.0.7"),
        ("", "2001:db8::7", "", "2001:db8::7"),
        ("", "unix:", "", "127.0.0.1"),
    ],
)
def test_the_last_hop_counts_behind_a_trusted_proxy_alone(
    monkeypatch, header, direct, forwarded, client
):
    monkeypatch.setattr(settings, "TRUSTED_USER_HEADER", header)
    assert address(direct, forwarded) == client


def test_the_audit_role_alone_sees_it(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "AUDIT_DIR", tmp_path)
    lines = written(tmp_path)
    day = date(2026, 11, 24)
    auditor = access("auditor")
    assert audit_trail.entries(auditor, day, day).height == 5
    assert audit_trail.fault(auditor) is None
    put(tmp_path, lines[:4])
    os.utime(tmp_path / NAME, (1, 1))
    assert audit_trail.fault(auditor).line == 5
    for ask in (
        lambda: audit_trail.entries(Access(), day, day),
        lambda: audit_trail.fault(Access()),
    ):
        with pytest.raises(AccessError, match="仅供审计角色"):
            ask()
