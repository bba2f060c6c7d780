"""What has no name in the registry is called so: no sentence and no label is left blank."""

import re
import sqlite3
from datetime import date

import polars as pl
import pytest

from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from data.quality.loading import load
from every_exhibit import BUILDERS
from exhibits.wording import names
from queries.cubes.engines import engine
from queries.refresh.run import refresh_loaded
from queries.scope import Scope

D = date(2026, 10, 31)

BLANKS = (
    "UPDATE region SET region_name = ' ' WHERE region_code IN ('621202', '621221001')",
    "UPDATE referral SET to_dept = '' WHERE rowid % 3 = 0",
    "UPDATE referral SET return_reason = '　' WHERE rowid % 2 = 0",
    "UPDATE warning SET source_channel = '' WHERE rowid % 3 = 0",
    "UPDATE warning SET kind_code = '' WHERE rowid % 3 = 1",
    "UPDATE identification_spell SET residence_type = '' WHERE rowid % 3 = 0",
)

#: An empty name before its number, beside another, or at the end; or Python's word for it.
EMPTY = re.compile(r"是（|是、|是。|、（|、、|、。|：（|None|null")


def test_codes_without_a_name_stand_for_themselves_and_nothing_has_a_word():
    codes = pl.DataFrame({"code": ["a", "b", "", None]})
    named = codes.select(names.named("code", {"a": "甲"}, "未填"))
    assert named.to_series().to_list() == ["甲", "b", "未填", "未填"]


@pytest.fixture(scope="module")
def nameless(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nameless")
    write_registry(build(World(persons=4_000, months=6)), f"sqlite:///{folder}/registry.db")
    with sqlite3.connect(folder / "registry.db") as db:
        for statement in BLANKS:
            db.execute(statement)
    db.close()
    loaded = load(f"sqlite:///{folder}/registry.db", folder / "read")
    return refresh_loaded(loaded, folder / "store", D, 0, engine("polars"))[-1]


@pytest.mark.slow
@pytest.mark.parametrize("region", ["", "621202"])
@pytest.mark.parametrize("name", BUILDERS)
def test_no_sentence_and_no_label_is_blank(nameless, name, region):
    exhibit = BUILDERS[name](nameless, Scope(D, region=region))
    assert not EMPTY.search(exhibit.finding)
    if exhibit.chart and "label" in exhibit.chart.data.columns:
        labels = exhibit.chart.data["label"].cast(pl.String)
        assert not labels.is_null().any()
        assert not (labels.str.strip_chars() == "").any()
