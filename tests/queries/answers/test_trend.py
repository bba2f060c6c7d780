"""After a level that the office confirmed: `docs/definitions.md`, “Uncertainty and signals”."""

from datetime import date

import polars as pl
import pytest

from data.reference.calendar import month_ends
from edited_reference import replaced
from queries.answers.trend import judged_months

#: Twelve months about 10, then twelve about 40.
VALUES = [*[9.0, 11.0] * 6, *[39.0, 41.0] * 6]
DAYS = month_ends(date(2026, 10, 31), 24)

LEVEL = {"indicator": "I0711", "group": "621200", "reason": "预警阈值下调"}


def judged(values=VALUES, group="621200", region=""):
    ends = pl.DataFrame({"as_of": DAYS[: len(values)], "value": values})
    ends = ends.with_columns(id=pl.lit("I0711"), group=pl.lit(group))
    return judged_months(ends, ("I0711",), "city", region)


def last(rows):
    return rows.select("mean", "rule", "level_from").row(-1)


def test_without_a_level_the_mean_is_of_all_months():
    assert last(judged()) == (25.0, "outside", None)


def test_after_a_level_mean_and_limits_are_of_the_months_from_that_day_on(tmp_path):
    day = DAYS[12]
    with replaced(tmp_path, {"levels": [LEVEL | {"from": day.isoformat()}]}):
        rows = judged()
        assert rows["as_of"].to_list() == DAYS[12:]
        assert last(rows) == (40.0, "", day)
        assert rows.select("lower", "upper").row(-1) == pytest.approx((34.68, 45.32))
        # It is of this series alone, and of the whole group.
        assert last(judged(group="621202")) == (25.0, "outside", None)
        assert last(judged(region="621202")) == (25.0, "outside", None)


def test_with_fewer_than_twelve_months_since_there_are_no_limits(tmp_path):
    with replaced(tmp_path, {"levels": [LEVEL | {"from": DAYS[13].isoformat()}]}):
        rows = judged()
        assert rows.select("mean", "lower", "upper", "unjudged").row(-1) == (
            *(None, None, None),
            "few",
        )


def test_a_level_that_is_still_to_come_does_not_count_and_of_two_the_latest_does(tmp_path):
    levels = [LEVEL | {"from": DAYS[n].isoformat()} for n in (0, 12)]
    with replaced(tmp_path, {"levels": levels}):
        assert last(judged(VALUES[:12])) == (10.0, "", DAYS[0])
        assert last(judged()) == (40.0, "", DAYS[12])
