"""`python -m data doctor` and /healthz: what is wrong with this machine, and what to do."""

import json
from datetime import date
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from browser import served
from data import doctor
from data.__main__ import main
from stores import D, written


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    return written(tmp_path_factory.mktemp("registry"))


def test_a_machine_that_is_fit(registry, stored, capsys):
    arguments = ["doctor", "--url", registry, "--snapshot", str(stored("demonstration"))]
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert told.count("\n") == 12
    assert "✔ 登记库：可读，选接表17/17张已接入" in told
    assert "最新2026-10-31" in told
    assert "✘" not in told


def test_a_machine_that_is_not(tmp_path, capsys):
    url = f"sqlite:///{tmp_path}/nowhere.db"
    assert main(["doctor", "--url", url, "--snapshot", str(tmp_path / "empty")]) == 1
    told = capsys.readouterr().out
    assert "✘ 登记库：" in told
    assert "！ 快照：尚无。首次运行 python -m queries refresh 后即有" in told


def test_a_store_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    assert doctor.writable(tmp_path / "file" / "store").fatal


def test_an_old_day_and_a_clock_that_jumped(tmp_path):
    (tmp_path / D.isoformat()).mkdir()
    (tmp_path / D.isoformat() / "current").write_text("1")
    assert doctor.snapshots(tmp_path, date(2026, 11, 3)).advice == ""
    assert "refresh" in doctor.snapshots(tmp_path, date(2026, 11, 4)).advice
    assert "refresh" in doctor.snapshots(tmp_path, date(2027, 1, 5)).advice
    assert "系统时钟" in doctor.snapshots(tmp_path, date(2026, 1, 5)).advice


def test_without_chromium_and_fonts_it_says_what_to_install(monkeypatch):
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "chromium" in doctor.browser().advice
    assert "fonts-noto-cjk" in doctor.fonts().advice


def test_a_wrong_limit_is_told_with_its_file(monkeypatch):
    def refuse():
        raise doctor.ConfigurationError("sla.csv, warning.verify: 'x' is no number")

    monkeypatch.setattr("data.reference.edited.check_edited", refuse)
    assert doctor.configuration().fatal
    assert "sla.csv" in str(doctor.configuration())


@pytest.mark.slow
def test_health_of_a_board_that_serves_and_of_one_that_cannot(stored, tmp_path):
    with served(stored("demonstration")) as url, urlopen(f"{url}/healthz") as answer:
        told = json.load(answer)
    assert told["as_of"] == "2026-10-31"
    assert told["broken_days"] == []
    with served(tmp_path / "nothing") as url, pytest.raises(HTTPError) as failure:
        urlopen(f"{url}/healthz")
    assert failure.value.code == 503
    failure.value.close()
