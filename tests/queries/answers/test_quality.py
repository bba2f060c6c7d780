"""What can be said of the records: faults, freshness, gaps."""

from datetime import date

import polars as pl

from drawing import registry, snapshot_of
from queries.answers.quality import (
    completeness,
    freshness,
    rows_reported,
    rows_set_aside,
    stale,
)


def test_days_since_anything_was_recorded_by_table_and_county(day):
    rows = freshness(day).filter(pl.col("table").is_in(["warning", "emergency_case"]))
    assert rows.rows() == [
        ("warning", "", date(2026, 10, 30), 1),
        ("emergency_case", "", date(2026, 5, 2), 182),
    ]
    counties = freshness(day, "county").filter(table="warning")
    assert counties.select("county", "days").rows() == [("621202", 4), ("621221", 1)]
    assert freshness(day, county="621202").filter(table="warning")["days"].to_list() == [4]


def test_a_field_is_filled_in_its_share_of_rows(day):
    warnings = completeness(day).filter(table="warning", field="programme_code")
    assert warnings.select("rows", "filled", "rate").rows() == [(7, 4, 4 / 7 * 100)]
    inside = completeness(day, "621202").filter(table="warning", field="programme_code")
    assert inside.select("rows", "filled", "rate").rows() == [(4, 2, 50.0)]


def test_over_forty_days_without_a_record_a_source_is_stale(day, tmp_path):
    assert stale(day) == ["认定时段", "救助待遇时段", "急难救助"]
    raised = "warning_id | raised_at\nw1 | 2026-09-21 09:00:00"
    sent = "referral_id | sent_at\nr1 | 2026-09-20 09:00:00"
    forty = snapshot_of(registry(warning=raised, referral=sent), tmp_path, date(2026, 10, 31))
    assert stale(forty) == ["分类推送（转介）"]


def test_rows_at_fault_are_named_in_chinese_with_what_to_do(day, tmp_path):
    assert rows_set_aside(day).is_empty()
    spells = "spell_id | category_code | person_key\na | 低保 | x\nb | dibao | nobody"
    people = "person_key\nx"
    faulty = snapshot_of(
        registry(identification_spell=spells, person=people), tmp_path, date(2026, 10, 31)
    )
    aside = rows_set_aside(faulty)
    assert aside.select("table", "rule", "rows").rows() == [("认定时段", "代码不在清单内", 1)]
    assert aside["advice"].item().startswith("在视图中把源代码对应到合同清单")
    assert rows_reported(faulty).columns == aside.columns
