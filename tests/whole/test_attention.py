"""The ranking of what needs attention against a naive one, on generated registries."""

import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given

from data.quality.loading import load_frames
from generated import GENERATED, frames_of
from plain import attention as plain
from plain.set_aside import set_aside
from queries.answers import attention
from queries.cubes.engines import engine
from queries.refresh.run import refresh_loaded
from queries.scope import month_ends, open_snapshot
from queries.statistics import excess
from registries import COUNTIES, Case, cases

#: Generated registries are small: what is said of five cases is said of one half in them.
LEAST, FEWEST = 0.5, 2


@pytest.mark.slow
@GENERATED
@given(cases())
def test_the_ranking(case: Case):
    counted = set_aside(case.registry)
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(excess, "LEAST", LEAST),
        patch.object(attention, "FEWEST_MONTHS", FEWEST),
    ):
        frames = {name: frame.lazy() for name, frame in frames_of(case.registry).items()}
        loaded = load_frames(frames, Path(folder) / "loaded")
        refresh_loaded(loaded, Path(folder) / "store", case.as_of, 3, engine("polars"))
        snapshot = open_snapshot(Path(folder) / "store", case.as_of)
        ends = month_ends(snapshot)
        for county in ("", COUNTIES[0]):
            _same_cases_of_units(snapshot, counted, county)
            days = [each.as_of for each in ends]
            expected = plain.attention(counted, case.as_of, days, county, LEAST, FEWEST)
            names = ("rank", "entry", "by", "unit", "measure", "score", "since", "named")
            ours = attention.attention(snapshot, ends, county).select(names).rows()
            assert [row[:5] + row[6:] for row in ours] == [row[:5] + row[6:] for row in expected]
            assert [row[5] for row in ours] == [_near(row[5]) for row in expected]


def _same_cases_of_units(snapshot, counted, county):
    """Every figure of every unit, whether it is a candidate or not."""
    theirs = plain.judged(counted, snapshot.as_of, county, LEAST)
    ours = {
        (row["by"], row["unit"], row["measure"]): row
        for row in attention.judged(snapshot, county).to_dicts()
    }
    assert set(ours) == set(theirs)
    for key, row in theirs.items():
        for column, value in row.items():
            assert ours[key][column] == _near(value), (key, column)


def _near(value: float | None) -> object:
    return None if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)
