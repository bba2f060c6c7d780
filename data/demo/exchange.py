"""Data between departments: monthly matches, and what counties and departments hand in."""

import numpy as np
import polars as pl

from data.demo.alerts import Alerts
from data.demo.clock import DAY, FAR_TIME, add_workdays, at_office, spread, to_workday
from data.demo.columns import dates, frame, keys, labels, times
from data.demo.people import People, months_of
from data.demo.places import Places
from data.demo.profile import DEPT_CODES, LATE_DATA_COUNTY, LATE_DATA_FROM, LI
from data.demo.routes import KINDS
from data.demo.world import World

#: Department, data set, and the kinds of warning that it brings forth.
DATASETS = (
    ("civil_affairs", "死亡", ("death",)),
    ("civil_affairs", "服刑与托养", ("custody", "duplicate")),
    ("education", "在校生", ("education_cost", "graduated")),
    ("human_resources", "失业登记", ("unemployment",)),
    ("human_resources", "社保", ("stable_job", "income_over")),
    ("housing", "不动产", ("asset_over",)),
    ("health", "死亡医学证明", ()),
    ("emergency", "受灾人员", ("disaster", "accident")),
    ("rural_revitalization", "监测对象", ("income_drop", "risk_removed")),
    ("medical_security", "大病", ("major_disease",)),
    ("medical_security", "医疗费用", ("medical_cost",)),
    ("medical_security", "参保", ("uncovered_programme", "moved_out")),
    ("disabled_federation", "残疾", ("new_disability",)),
)
#: Matches that did not take place: data set, months before the last one.
SKIPPED = {(5, 8), (5, 5), (12, 14), (7, 20), (5, 2)}


def _run_days(world: World) -> np.ndarray:
    """Day of each match, by month and data set."""
    rng = world.rng("match days")
    second = add_workdays(world.month_starts - 1, np.full(world.months, 2))
    return to_workday(
        second[:, None].ravel().repeat(len(DATASETS))
        + rng.integers(0, 5, world.months * len(DATASETS))
    ).reshape(world.months, len(DATASETS))


def match_runs(world: World, warned: Alerts, folk: People) -> tuple[pl.DataFrame, np.ndarray]:
    """The table, and the number of the run behind each warning, or -1."""
    rng, days, k = world.rng("match runs"), _run_days(world), len(DATASETS)
    took_place = np.ones((world.months, k), dtype=bool)
    for dataset, back in SKIPPED:
        if back < world.months:
            took_place[world.months - 1 - back, dataset] = False
    took_place[-1] &= days[-1] <= world.last
    number = np.where(took_place.ravel(), np.cumsum(took_place.ravel()) - 1, -1).reshape(
        took_place.shape
    )
    of_kind = np.array([next(i for i, d in enumerate(DATASETS) if kind in d[2]) for kind in KINDS])
    dataset, month = of_kind[warned.kind], months_of(warned.on, world)
    month = month - (days[month, dataset] >= warned.on)
    run_of = np.where(month >= 0, number[month, dataset], -1)
    run_of = np.where(warned.channel == 0, run_of, -1)
    rows = np.flatnonzero(took_place.ravel())
    count = np.bincount(run_of[run_of >= 0], minlength=len(rows))
    at = at_office(rng, days.ravel()[rows])
    sent = np.round(world.persons * rng.normal(1, 0.01, len(rows))).astype(np.int64)
    table = frame(
        "match_run",
        {
            "run_id": keys("X", np.arange(len(rows)), 6),
            "period_month": dates(world.month_starts[rows // k]),
            "dept_code": labels([d[0] for d in DATASETS], rows % k),
            "dataset_code": labels([d[1] for d in DATASETS], rows % k),
            "run_at": times(at),
            "input_count": sent,
            "hit_count": count * 3 + rng.integers(20, 200, len(rows)),
            "warning_count": count,
        },
    )
    return table, run_of


def _whole(known: np.ndarray, values: np.ndarray) -> pl.Series:
    return pl.Series(np.where(known, values, np.nan), nan_to_null=True).round()


SETS = ("low_income_registry", "relapse_monitored", "assistance_feedback")


def submissions(world: World, folk: People, where: Places) -> pl.DataFrame:
    """Every county, data set and month, due on the 25th at the close of offices."""
    rng = world.rng("submissions")
    month, county, dataset = (
        a.ravel()
        for a in np.meshgrid(np.arange(world.months), np.arange(9), np.arange(3), indexing="ij")
    )
    n, start = len(month), world.month_starts[month]
    due = (start + 24) * DAY + 63_000
    late = rng.random(n) < np.where(dataset == 1, 0.07, 0.045)
    worse = (county == LATE_DATA_COUNTY) & (start >= LATE_DATA_FROM) & (dataset == 0)
    late |= worse & (rng.random(n) < 0.80)
    early = at_office(rng, start + 24 - rng.integers(1, 9, n))
    after = at_office(rng, start + 24 + spread(rng, 3.5, 0.6, n))
    sent = np.where(late, after, early)
    sent = np.where(rng.random(n) < 0.004, FAR_TIME, sent)
    accepted = np.where(sent < FAR_TIME, sent + rng.integers(4_000, 300_000, n), FAR_TIME)
    people = np.bincount(
        folk.county[: folk.members][folk.end[: folk.members] > world.last], minlength=9
    )
    size = people[county] * np.array([1.0, 0.115, 0.03])[dataset] * rng.normal(1, 0.012, n)
    wrong = np.where(county == LI, 0.0048, 0.0022) * rng.lognormal(0, 0.18, n)
    reported = sent < (world.last + 1) * DAY
    dept = np.where(dataset == 1, DEPT_CODES.index("rural_revitalization"), 0)
    return frame(
        "data_submission",
        {
            "submission_id": keys("U", np.arange(n), 6),
            "region_code": labels(where.counties, county),
            "dept_code": labels(DEPT_CODES, dept),
            "dataset_code": labels(SETS, dataset),
            "period_month": dates(start),
            "due_at": times(due),
            "submitted_at": times(sent),
            "accepted_at": times(accepted),
            "record_count": _whole(reported, size),
            "error_count": pl.Series(
                np.where(reported, size * wrong, np.nan), nan_to_null=True
            ).round(),
            "returned_times": np.where(reported, rng.choice(3, n, p=(0.86, 0.12, 0.02)), 0),
        },
    )
