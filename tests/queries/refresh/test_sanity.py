"""A registry that looks like no city is not published, the first time too; a forced day says so."""

import shutil
import sqlite3
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from data import china
from data.__main__ import main as data_main
from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from drawing import registry, snapshot_of
from edited_reference import in_place
from every_day import every_day
from exhibits.quality import tables
from exhibits.quality.stale_line import FORCED, partial
from queries.__main__ import main
from queries.refresh import last_run, sanity
from queries.refresh.run import refresh
from queries.scope import Scope
from queries.store.versions import stored_days

D = date(2026, 10, 31)


@pytest.fixture(scope="module")
def clean(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    write_registry(build(World(persons=1_000, months=4)), f"sqlite:///{folder}/registry.db")
    return folder / "registry.db"


def changed(clean: Path, folder: Path, *statements: str) -> str:
    """URL of a copy of the registry after these statements."""
    file = shutil.copy(clean, folder / "changed.db")
    with sqlite3.connect(file) as db:
        for statement in statements:
            db.execute(statement)
    db.close()
    return f"sqlite:///{file}"


MOVED = "CASE WHEN {c} LIKE '6212%' THEN '3301' || substr({c}, 5) ELSE {c} END"

REFUSED = {
    "wrong years": ("UPDATE identification_spell SET valid_from = substr(valid_from, 3)",),
    "local codes": ("UPDATE identification_spell SET category_code = '低保对象'",),
    "codes of one's own": ("UPDATE region SET region_code = 'GS' || region_code",),
    "another city": (
        f"UPDATE region SET region_code = {MOVED.format(c='region_code')}",
        "UPDATE region SET region_name = '杭州市' WHERE region_level = 'city'",
    ),
    "names for codes": ("UPDATE referral SET to_dept = '市民政局'",),
    "no counties": ("DELETE FROM region WHERE region_level = 'county'",),
}


@pytest.mark.parametrize("name", every_day(REFUSED, list(REFUSED)[:1]))
def test_nothing_is_published_and_check_says_the_same(clean, tmp_path, capsys, name):
    url = changed(clean, tmp_path, *REFUSED[name])
    store = tmp_path / "store"
    asked = ["refresh", "--url", url, "--snapshot", str(store), "--as-of", "2026-10-31"]
    assert main([*asked, "--months", "0"]) == 1
    assert stored_days(store) == []
    assert "add --force when this is right" in capsys.readouterr().err
    attempt = last_run.last(store)
    assert attempt.reason.startswith("登记库内容不可信")
    assert data_main(["check", "--url", url]) == 1
    assert f"〔不予发布〕 {attempt.detail.split('。')[0]}" in capsys.readouterr().out


def test_a_forced_day_says_why_it_would_have_been_refused(clean, tmp_path):
    url = changed(clean, tmp_path, *REFUSED["local codes"])
    (day,) = refresh(url, tmp_path / "store", D, 0, force=True)
    (reason,) = day.manifest["forced"]
    assert reason.startswith("认定时段（identification_spell）读入")
    assert partial(day)[0] == f"{FORCED}，原因见“数据质量”"
    assert f"{FORCED}：{reason}" in tables.tables(day, Scope(D)).finding


def test_a_store_of_another_place_takes_no_day_and_no_note(tmp_path, capsys):
    store = snapshot_of(registry(), tmp_path / "store", D).folder
    asked = ["refresh", "--url", "sqlite:////nowhere.db", "--snapshot", str(store), "--force"]
    (tmp_path / "reference").mkdir()
    with in_place(tmp_path / "reference", "620500", "天水市"):
        assert main(asked) == 1
    assert f"{store} holds days of another place than" in capsys.readouterr().err
    assert last_run.last(store) is None


def test_a_sound_day_says_nothing(clean, tmp_path):
    (day,) = refresh(f"sqlite:///{clean}", tmp_path / "store", D, 0, force=True)
    assert day.manifest["forced"] == []
    assert not any(FORCED in phrase for phrase in partial(day))


def test_a_machine_in_utc_publishes_chinas_yesterday_and_notes_chinas_time(clean, tmp_path):
    with time_machine.travel(datetime(2026, 10, 31, 21, 30, tzinfo=ZoneInfo("UTC")), tick=False):
        (day,) = refresh(f"sqlite:///{clean}", tmp_path / "store", months=0)
        assert last_run.last(tmp_path / "store").at == datetime(2026, 11, 1, 5, 30)
        # 1 November has begun in China: it is no day to come.
        sanity.refuse_day({}, date(2026, 11, 1), china.today())
    assert day.as_of == D
    assert day.manifest["created_at"] == "2026-11-01T05:30:00"
