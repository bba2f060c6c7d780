"""Limits and targets: a wrong value is refused with its file, row and value."""

import polars as pl
import pytest

from data.reference.policy_tables import (
    ConfigurationError,
    limits,
    read_limits,
    read_targets,
    targets,
)
from queries.__main__ import main


def drawn(**columns):
    return pl.DataFrame({name: [value] for name, value in columns.items()})


def test_a_target_is_a_number_of_a_known_indicator():
    assert read_targets(drawn(id="I0723", target="92.5", basis="外省参照")) == {
        "I0723": (92.5, "外省参照")
    }
    assert read_targets(drawn(id="I0723", target="0", basis=None)) == {"I0723": (0.0, "系统默认")}


@pytest.mark.parametrize("value", ["ninety", "", None, "-1", "inf", "nan"])
def test_a_target_that_is_no_number_is_refused(value):
    with pytest.raises(ConfigurationError, match=r"targets.csv, I0723: .* is no number"):
        read_targets(drawn(id="I0723", target=value, basis="系统默认"))


def test_a_target_of_no_indicator_is_refused():
    with pytest.raises(ConfigurationError, match="there is no indicator 'I9999'"):
        read_targets(drawn(id="I9999", target="1", basis=""))


@pytest.mark.parametrize("value", ["2.5", "x", "-3"])
def test_a_limit_that_is_no_whole_number_is_refused(value):
    with pytest.raises(ConfigurationError, match=r"sla.csv, referral.feedback"):
        read_limits(drawn(step_code="referral.feedback", limit_value=value))


def test_the_files_as_they_are_can_be_read():
    assert limits()["referral.feedback"] == 20
    assert targets()["I0723"] == (90.0, "系统默认")


def test_a_refresh_does_not_begin_with_a_wrong_limit(monkeypatch, tmp_path, capsys):
    def refuse() -> None:
        raise ConfigurationError("sla.csv, warning.verify: 'x' is no number of 0 or more")

    monkeypatch.setattr("queries.__main__.check_edited", refuse)
    assert main(["refresh", "--snapshot", str(tmp_path / "store")]) == 1
    assert "sla.csv, warning.verify: 'x'" in capsys.readouterr().err
    assert not (tmp_path / "store").exists()
