"""Local policy: which county has switched which programme on, for whom and since when."""

from datetime import date

import numpy as np
import polars as pl

from data.demo.clock import FAR, day
from data.demo.places import Places
from data.demo.profile import CHENG, DANGCHANG, HUI, KANG, LI, LIANGDANG, WEN, WUDU, XIHE
from data.registry.contract import polars_schema

_ALL = tuple(range(9))
_OLD = date(2023, 1, 1)
#: Programme, counties, categories, standard (yuan), first day, last day.
RULES = (
    ("P0912", _ALL, ("dibao_margin", "relapse_monitored"), 200, _OLD, None),
    ("P0912", (WUDU, CHENG, KANG, HUI, LIANGDANG), ("rigid_expenditure",), 150, _OLD, None),
    ("P1201", (WUDU, CHENG, HUI), ("any",), 400, _OLD, None),
    ("P1201", (DANGCHANG, XIHE, LI), ("dibao", "tekun"), 360, _OLD, None),
    ("P1201", (LIANGDANG,), ("tekun",), 300, _OLD, date(2024, 10, 1)),
    ("P1201", (LIANGDANG,), ("dibao", "tekun"), 360, date(2024, 10, 1), None),
    ("P1202", (WUDU, CHENG, WEN, KANG, XIHE, HUI), ("any",), 800, _OLD, None),
    ("P1203", (WUDU, HUI), ("dibao_margin",), 110, _OLD, None),
    ("P1203", (CHENG,), ("dibao_margin",), 100, date(2025, 7, 1), None),
    ("P1204", (WUDU, CHENG, KANG, HUI, LI), ("dibao_margin",), 15000, _OLD, None),
    ("P1205", (WUDU, KANG), ("dibao_margin",), 3500, _OLD, None),
    ("P1205", (HUI,), ("dibao_margin",), 4000, date(2024, 4, 1), None),
)


def policies(where: Places) -> pl.DataFrame:
    rows = [
        (programme, where.counties[county], category, 1, amount * 100, since, until)
        for programme, counties, categories, amount, since, until in RULES
        for county in counties
        for category in categories
    ]
    return pl.DataFrame(rows, schema=polars_schema("programme_policy"), orient="row")


def in_scope_since(programme: str, category: str) -> np.ndarray:
    """By county, the first day on which the programme is open to the category; FAR if never."""
    since = np.full(9, FAR)
    for code, counties, categories, _, start, end in RULES:
        if code == programme and end is None and ("any" in categories or category in categories):
            since[list(counties)] = day(start.year, start.month, start.day)
    return since
