"""A machine's clock that jumps, years ahead or back: what is published, kept and let in."""

import json
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from audit_notes import note
from data import doctor, settings
from data.__main__ import main as data_main
from data.audit import read, verify
from data.audit.files import months
from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from pages.shared.server import health
from pages.shared.sign_in import sessions
from pages.shared.sign_in.sessions import Session
from queries.__main__ import main
from queries.refresh import last_run
from queries.refresh.run import refresh
from queries.scope import latest
from queries.store.versions import stored_days
from stores import D

IN_2031 = datetime(2031, 1, 15, 6, tzinfo=UTC)
TODAY = datetime(2026, 11, 5, 6, tzinfo=UTC)
IN_2020 = datetime(2020, 1, 15, 6, tzinfo=UTC)

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """A registry that does not call itself a demonstration, written up to 31 October 2026."""
    url = f"sqlite:///{tmp_path_factory.mktemp('registry')}/registry.db"
    write_registry(build(World(persons=2_000, months=4)), url)
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE region_population SET source_note = '统计公报'"))
    return url


@pytest.fixture(scope="module")
def last_good(url, tmp_path_factory):
    """A store of the last good day."""
    store = tmp_path_factory.mktemp("last_good") / "store"
    with time_machine.travel(TODAY):
        refresh(url, store, D, 0)
    return store


@pytest.fixture
def store(last_good, tmp_path):
    """A copy of it."""
    return shutil.copytree(last_good, tmp_path / "store")


def refused(url, store, capsys, *options: str) -> str:
    """The one line of a refresh that publishes nothing."""
    asked = ["refresh", "--url", url, "--snapshot", str(store), "--months", "0", *options]
    assert main(asked) == 1
    assert stored_days(store) == [D]
    assert "截至日不可信" in last_run.last(store).reason
    (line,) = [each for each in capsys.readouterr().err.splitlines() if "error:" in each]
    return line


def test_by_itself_yesterday_is_published(url, store):
    with time_machine.travel(TODAY):
        assert [stored.as_of for stored in refresh(url, store, months=0)] == [date(2026, 11, 4)]


def test_a_clock_years_ahead_publishes_nothing_that_would_be_the_newest_for_ever(
    url, store, capsys
):
    with time_machine.travel(IN_2031):
        told = refused(url, store, capsys)
    assert "nothing is recorded in the registry after 2026-10-3" in told
    assert "today is 2031-01-15" in told
    assert "--force" in told
    assert last_run.last(store).detail.startswith(
        "截至日2031年1月14日，登记库最后记录于2026年10月3"
    )


def test_a_spell_that_ends_in_2031_or_one_slip_of_the_pen_does_not_hide_it(
    url, store, capsys, tmp_path
):
    file = shutil.copy(url.removeprefix("sqlite:///"), tmp_path / "copy.db")
    with create_engine(f"sqlite:///{file}", poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE benefit_spell SET valid_to = '2031-01-10'"))
        slip = "UPDATE warning SET raised_at = '2031-01-10 10:00:00' WHERE rowid = 1"
        connection.execute(text(slip))
    with time_machine.travel(IN_2031):
        assert "after 2026-10-3" in refused(f"sqlite:///{file}", store, capsys)


@pytest.mark.slow
def test_a_day_to_come_is_refused_unless_forced(url, store, capsys):
    with time_machine.travel(TODAY):
        told = refused(url, store, capsys, "--as-of", "2026-11-06")
        assert "2026-11-06 is later than today, 2026-11-05" in told
        refresh(url, store, date(2026, 11, 6), 0, force=True)
    assert stored_days(store) == [D, date(2026, 11, 6)]


def test_a_clock_set_back_does_not_revise_an_old_day(url, store, capsys):
    with time_machine.travel(IN_2020):
        told = refused(url, store, capsys)
    assert "clock says 2020-01-15, but 2026-10-31 is stored already" in told
    assert "--as-of" in told


@pytest.mark.slow
def test_the_demonstrations_day_may_lie_ahead(tmp_path):
    write_registry(build(World(persons=2_000, months=4)), f"sqlite:///{tmp_path}/demo.db")
    with time_machine.travel(IN_2020):
        refresh(f"sqlite:///{tmp_path}/demo.db", tmp_path / "store", D, 0)
    assert stored_days(tmp_path / "store") == [D]


@pytest.mark.parametrize(
    ("now", "age", "behind"),
    [(TODAY, 5, False), (IN_2031, 1537, False), (IN_2020, -2481, True)],
    ids=["right", "ahead", "back"],
)
def test_health_is_loud_whichever_way_the_clock_went(store, monkeypatch, now, age, behind):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", store)
    with time_machine.travel(now):
        told = json.loads(json.dumps(health.health()))
        assert (told["age_days"], told["clock_behind"]) == (age, behind)
        assert told["is_old"] == (age > 3)
        assert latest(store).as_of == D


def test_a_refresh_noted_by_a_clock_ahead_is_seen_by_a_right_one(store, monkeypatch):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", store)
    with time_machine.travel(IN_2031):
        last_run.note(store)
    with time_machine.travel(TODAY):
        assert health.health()["clock_behind"]


def test_the_doctor_says_which_day_a_wrong_clock_stored(store):
    told = doctor.snapshots(store, date(2026, 10, 1)).advice
    assert "系统时钟" in told
    assert str(store / "2026-10-31") in told


@pytest.fixture
def traveller(monkeypatch):
    """The clock, which can be set, and the seconds since the start, which run on regardless."""
    running = [5_000.0]
    monkeypatch.setattr("time.monotonic", lambda: running[0])
    with time_machine.travel(TODAY, tick=False) as clock:

        def later(seconds: float, set_to: datetime | None = None) -> None:
            running[0] += seconds
            clock.move_to(set_to) if set_to else clock.shift(seconds)

        yield later


def signed_in(key: str) -> Session:
    now = datetime.now(UTC).timestamp()
    return Session("zhang", now, now + 36_000, key)


def test_a_clock_set_back_prolongs_no_sign_in(traveller):
    session, idle = signed_in("back"), signed_in("idle")
    for each in (session, idle):
        sessions.use(each)
    traveller(60, IN_2020)
    assert sessions.over(session) == ""
    for _ in range(30):
        traveller(20 * 60)
        sessions.use(session)
    assert sessions.over(session).startswith("登录已到期")
    assert sessions.over(idle).startswith(("超过30分钟", "登录已到期"))


def test_a_clock_set_back_does_not_count_as_clicks(traveller):
    session = signed_in("unused")
    sessions.use(session)
    traveller(29 * 60, IN_2020)
    assert sessions.over(session) == ""
    traveller(60)
    assert sessions.over(session).startswith("超过30分钟")


def test_a_clock_ahead_ends_sign_ins_and_brings_none_back_that_was_ended(traveller):
    stays, ended = signed_in("stays"), signed_in("ended")
    sessions.use(stays)
    sessions.use(ended)
    sessions.end(ended)
    traveller(1, IN_2031)
    assert sessions.over(stays).startswith("登录已到期")
    # Somebody signs in by the wrong clock, and what is old is dropped.
    sessions.use(signed_in("wrong"))
    traveller(1, TODAY + timedelta(seconds=2))
    assert sessions.over(stays) == ""
    assert sessions.over(ended).startswith("您已退出")


def test_a_sign_in_of_a_clock_ahead_lasts_no_longer_when_it_is_right_again(traveller):
    traveller(1, IN_2031)
    session = signed_in("ahead")
    sessions.use(session)
    traveller(1, TODAY)
    assert sessions.over(session) == ""
    for _ in range(30):
        traveller(20 * 60)
        sessions.use(session)
    assert sessions.over(session).startswith("登录已到期")


def test_a_click_does_not_undo_a_sign_out(traveller):
    session = signed_in("two tabs")
    sessions.end(session)
    sessions.use(session)
    assert sessions.over(session).startswith("您已退出")


def test_sign_ins_are_forgotten_when_no_cookie_of_them_is_left(traveller):
    sessions.use(signed_in("old"))
    traveller(31 * 86_400)
    sessions.use(signed_in("new"))
    assert "old" not in sessions._records
    assert "new" in sessions._records


def pruned(folder, now: datetime) -> int:
    with time_machine.travel(now):
        return data_main(["audit", "--folder", str(folder), "prune", "--keep-days", "180"])


def months_of_work(folder) -> list[str]:
    """A line each ten days of four months; the files."""
    for days in range(0, 120, 10):
        note(folder, f"第{days}日", TODAY - timedelta(days=120 - days))
    return sorted(path.name for path in folder.glob("*.jsonl"))


@pytest.mark.parametrize("wrong", [IN_2031, IN_2020], ids=["ahead", "back"])
def test_a_wrong_clock_removes_nothing_of_the_log_that_is_younger_than_180_days(
    tmp_path, capsys, wrong
):
    files = months_of_work(tmp_path)
    assert pruned(tmp_path, wrong) == 0
    assert sorted(path.name for path in tmp_path.glob("*.jsonl")) == files
    # Also when the board has written by that clock for some time.
    for days in range(3):
        note(tmp_path, "错", wrong + days * DAY)
    assert pruned(tmp_path, wrong + 4 * DAY) == 0
    assert {path.name for path in tmp_path.glob("*.jsonl")} >= set(files)
    assert capsys.readouterr().out == ""
    assert verify(tmp_path) is None


def test_what_is_old_by_its_own_lines_goes_though_the_clock_once_jumped(tmp_path, capsys):
    months_of_work(tmp_path)
    note(tmp_path, "错", IN_2020)
    for days in range(0, 240, 10):
        note(tmp_path, "后", TODAY + days * DAY)
    assert pruned(tmp_path, TODAY + 240 * DAY) == 0
    assert "audit-2026-07.jsonl" in capsys.readouterr().out
    assert verify(tmp_path) is None


def test_the_log_is_whole_and_its_days_are_found_whichever_way_the_clock_went(tmp_path):
    # As `append` writes it without being told the time.
    for now in (TODAY, IN_2031, TODAY + DAY, IN_2020, TODAY + 30 * DAY):
        with time_machine.travel(now):
            note(tmp_path, f"{now:%Y-%m-%d}", None)
    assert [path.stem for path in months(tmp_path)] == ["audit-2026-11", "audit-2031-01"]
    assert verify(tmp_path) is None
    assert read(tmp_path)["what"].to_list() == [
        *("2026-11-05", "2031-01-15", "2026-11-06", "2020-01-15", "2026-12-05")
    ]
    day = (TODAY + DAY).date()
    # It stands in the file of 2031, behind the line that opened it.
    assert read(tmp_path, day, day)["what"].to_list() == ["2026-11-06"]
    assert read(tmp_path, day)["what"].to_list() == ["2031-01-15", "2026-11-06", "2026-12-05"]
    assert read(tmp_path, until=date(2025, 1, 1))["what"].to_list() == ["2020-01-15"]
