"""What the command line notes: who really ran it, in a log that the board can go on with."""

import os
import pwd

from data.audit import by_hand, read

ME = pwd.getpwuid(os.getuid()).pw_name


def test_the_account_is_the_systems_and_not_what_a_variable_says(monkeypatch):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "leader@longnan.gov.cn")
    assert by_hand.account() == ME


def test_a_user_without_a_name_is_a_number(monkeypatch):
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    assert by_hand.account() == str(os.getuid())


def test_without_sudo_nobody_stands_behind(tmp_path, monkeypatch):
    monkeypatch.delenv("SUDO_USER", raising=False)
    by_hand.note(tmp_path, "export", "a.csv", {})
    assert read(tmp_path).select("account", "unit", "options").rows() == [(ME, "命令行", "")]


def test_a_file_that_root_begins_belongs_to_the_owner_of_the_folder(tmp_path, monkeypatch):
    given = []
    owner = tmp_path.stat()
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("os.fchown", lambda _, *ids: given.append(ids))
    for _ in range(2):
        by_hand.note(tmp_path, "export", "a.csv", {})
    assert given == [(owner.st_uid, owner.st_gid)]
