"""Where a table stands: the office's file, if it can be read, else the shipped one."""

import pytest

from data.reference import policy_tables
from data.reference.edited import check_edited
from data.reference.edited import replaced as replaced_tables
from data.reference.files import ConfigurationError
from edited_reference import FEEDBACK, changed, in_folder, replaced


def test_a_file_of_the_office_replaces_the_shipped_one_and_no_other(tmp_path):
    with replaced(tmp_path, {"sla": changed("sla", FEEDBACK, limit_value="15")}):
        check_edited()
        assert policy_tables.limits()["referral.feedback"] == 15
        assert policy_tables.targets()["I0723"] == (90.0, "系统默认")
        assert replaced_tables() == ["sla.csv"]
    assert policy_tables.limits()["referral.feedback"] == 20


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "notes.csv").write_bytes("indicator,group,day,text\n会议".encode("gb18030"))
    with (
        in_folder(tmp_path),
        pytest.raises(ConfigurationError, match=r"notes.csv：无法读取，须为UTF-8"),
    ):
        check_edited()


def test_a_file_as_a_spreadsheet_writes_it_is_read(tmp_path):
    """With a byte-order mark and Windows' ends of lines."""
    text = "indicator,group,day,text\r\nI0711,621200,2026-03-01,新系统上线\r\n"
    (tmp_path / "notes.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    with in_folder(tmp_path):
        check_edited()
