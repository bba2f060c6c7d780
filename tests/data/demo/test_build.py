"""The demonstration registry: the same for a seed, whole, of the right size, with its stories."""

import sqlite3
from datetime import date

import polars as pl
import psycopg
import pytest
from sqlalchemy import make_url

from data.__main__ import main
from data.demo.build import build
from data.demo.load import load
from data.demo.schema import UNKEYED, TableHoldsRows
from data.demo.world import LAST_DAY, World
from data.registry.contract import TABLES, key_of, polars_schema

PERSONS = 3_000


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    return build(World(persons=PERSONS))


@pytest.fixture(scope="module")
def larger() -> dict[str, pl.DataFrame]:
    """Large enough for shares to be near their expectation."""
    return build(World(persons=40_000))


def good(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """Without the dirty rows."""
    return frame.filter(~pl.col(key_of(table)[0]).str.starts_with("Z"))


def holding(frame: pl.DataFrame, on: date = LAST_DAY) -> pl.DataFrame:
    begun = pl.col("valid_from") <= on
    return frame.filter(begun & (pl.col("valid_to").is_null() | (pl.col("valid_to") > on)))


def register(tables: dict[str, pl.DataFrame], *categories: str) -> pl.DataFrame:
    spells = holding(good(tables["identification_spell"], "identification_spell"))
    return spells.filter(pl.col("category_code").is_in(categories)) if categories else spells


def county(column: str = "region_code") -> pl.Expr:
    return pl.col(column).str.slice(0, 6)


def test_same_seed_same_tables_other_seed_others(tables):
    again, other = build(World(persons=PERSONS)), build(World(persons=PERSONS, seed=2))
    for name, frame in tables.items():
        assert frame.equals(again[name]), name
    assert not tables["person"].equals(other["person"])
    assert tables["region"].equals(other["region"])


def test_every_table_has_the_columns_and_types_of_the_contract_and_rows(tables):
    assert list(tables) == list(TABLES)
    for name, frame in tables.items():
        assert frame.schema == polars_schema(name), name
        assert frame.height > 0, name


def test_keys_are_not_null_and_not_repeated_where_the_table_has_its_key(tables):
    for name, frame in tables.items():
        assert frame.select(pl.col(key_of(name)).null_count()).sum_horizontal().item() == 0, name
        if name not in UNKEYED:
            assert frame.select(key_of(name)).is_duplicated().sum() == 0, name


def test_regions_are_the_real_ones_in_official_order(tables):
    region = tables["region"]
    levels = dict(region.group_by("region_level").len().iter_rows())
    assert levels == {"city": 1, "county": 9, "township": 199, "village": 3290}
    counties = region.filter(region_level="county").sort("sort_order")
    assert counties["region_name"].to_list() == [
        "武都区", "成县", "文县", "宕昌县", "康县", "西和县", "礼县", "徽县", "两当县",
    ]  # fmt: skip
    # One seat is not in the source.
    assert region.filter(region_level="township")["longitude"].null_count() == 1


def test_townships_add_up_to_their_county_and_counties_to_the_city(tables):
    people = tables["region_population"].filter(stat_year=2026)
    by_level = people.group_by(pl.col("region_code").str.len_chars()).agg(
        pl.col("registered_population").sum()
    )
    sums = dict(by_level.iter_rows())
    assert sums[6] == sums[9]
    assert sums[6] == pytest.approx(2_870_000, abs=10)


@pytest.mark.parametrize(
    ("category", "expected"),
    [("dibao", 226_000), ("tekun", 12_600), ("relapse_monitored", 33_000),
     ("dibao_margin", 34_000), ("rigid_expenditure", 7_500)],
)  # fmt: skip
def test_categories_have_the_size_of_the_conventions(larger, category, expected):
    found = register(larger, category)["person_key"].n_unique() * 290_000 / 40_000
    assert found == pytest.approx(expected, rel=0.12)


def test_most_of_the_monitored_hold_dibao_or_tekun_too(larger):
    both = register(larger, "dibao", "tekun")["person_key"]
    monitored = register(larger, "relapse_monitored")["person_key"]
    assert 0.60 <= monitored.is_in(both.implode()).mean() <= 0.75


def test_mean_support_is_310_in_the_country_and_470_in_town(larger):
    paid = holding(good(larger["benefit_spell"], "benefit_spell")).filter(programme_code="P0801")
    where = register(larger, "dibao").select("person_key", "residence_type").unique()
    mean = paid.join(where, on="person_key").group_by("residence_type")
    yuan = dict(mean.agg(pl.col("monthly_amount").mean() / 100).iter_rows())
    assert yuan["rural"] == pytest.approx(310, rel=0.04)
    assert yuan["urban"] == pytest.approx(470, rel=0.04)


def test_warnings_and_emergencies_come_in_the_usual_numbers(larger):
    scale = 290_000 / 40_000
    year = pl.col("raised_at").dt.year() == 2025
    warnings = good(larger["warning"], "warning")
    assert 500 <= warnings.filter(year).height / 12 * scale <= 1_500
    cases = good(larger["emergency_case"], "emergency_case")
    reported = cases.filter(pl.col("reported_at").dt.year() == 2025).height * scale
    assert 20_000 <= reported <= 30_000


def test_five_to_fifteen_in_a_hundred_entry_warnings_end_in_relief(larger):
    entry = good(larger["warning"], "warning").filter(direction="entry")
    relief = ("enrolled", "assisted", "referred_assisted", "coordinated")
    assert 0.05 <= entry["outcome_code"].is_in(relief).mean() <= 0.15


def test_only_planted_rows_lie_after_the_last_day(tables):
    for name, frame in tables.items():
        if name in ("region", "region_population", "programme_policy"):
            continue
        plans = {"window_to", "due_on", "due_at", "grace_until"}
        days = [
            c for c, t in frame.schema.items() if t in (pl.Date, pl.Datetime) and c not in plans
        ]
        for column in days:
            late = good(frame, name).filter(pl.col(column).cast(pl.Date) > LAST_DAY)
            assert late.height == 0, (name, column)


def test_approved_applications_are_those_of_the_spells_that_name_them(tables):
    spells = good(tables["identification_spell"], "identification_spell").drop_nulls(
        "application_id"
    )
    first = spells.group_by("application_id").agg(pl.col("valid_from").min())
    joined = first.join(good(tables["application"], "application"), on="application_id")
    assert joined.height == first.height
    assert (joined["valid_from"] >= joined["decided_on"]).all()
    assert set(joined["result_code"]) == {"approved"}


def test_liangdang_never_started_the_help_to_find_work(larger):
    spells = good(larger["benefit_spell"], "benefit_spell").filter(programme_code="P0946")
    found = dict(spells.group_by(county()).len().iter_rows())
    assert "621228" not in found
    assert len(found) == 8


def test_housing_answers_late_from_march_2026(larger):
    sent = good(larger["referral"], "referral").filter(
        pl.col("responded_at").is_not_null(), to_dept="housing"
    )
    days = (pl.col("responded_at") - pl.col("sent_at")).dt.total_days()
    late = (pl.col("sent_at") >= date(2026, 3, 1)) & (pl.col("sent_at") < date(2026, 9, 1))
    before = pl.col("sent_at") < date(2026, 3, 1)
    assert sent.filter(late).select(days.median()).item() > 1.7 * (
        sent.filter(before).select(days.median()).item()
    )


def test_lixian_leaves_warnings_unrouted_from_june_2026(larger):
    open_ones = good(larger["warning"], "warning").filter(
        pl.col("closed_at").is_null(), pl.col("raised_at") >= date(2026, 6, 1)
    )
    counted = dict(open_ones.group_by(county()).len().iter_rows())
    assert max(counted, key=counted.get) == "621226"


def test_optional_extensions_are_off_in_most_counties(tables):
    opened = tables["programme_policy"].filter(programme_code="P1203")["region_code"]
    assert set(opened) == {"621202", "621221", "621227"}


def test_wenxian_hands_in_late_from_september_2025(tables):
    rows = tables["data_submission"].filter(dataset_code="low_income_registry")
    since = rows.filter(pl.col("period_month") >= date(2025, 9, 1))
    late = since.group_by("region_code").agg((pl.col("submitted_at") > pl.col("due_at")).mean())
    shares = dict(late.iter_rows())
    assert shares.pop("621222") > 0.5 > max(shares.values())


def test_xihe_visits_few_of_its_targets(larger):
    quarter = pl.format("{}Q{}", pl.col("visited_on").dt.year(), pl.col("visited_on").dt.quarter())
    done = larger["field_visit"].select("household_key", period_code=quarter).unique()
    goal = larger["visit_target"].filter(pl.col("period_code") < "2026Q4")
    reached = goal.join(
        done.with_columns(seen=True), on=["household_key", "period_code"], how="left"
    )
    share = dict(reached.group_by(county()).agg(pl.col("seen").fill_null(False).mean()).iter_rows())
    assert min(share, key=share.get) == "621225"
    assert share["621225"] < 0.65


def test_dangchang_is_slow_with_first_aid(larger):
    cases = good(larger["emergency_case"], "emergency_case").filter(
        pl.col("mode_code").is_in(["small_amount_first", "assist_first"])
    )
    in_a_day = (pl.col("first_aid_at") - pl.col("reported_at")).dt.total_hours() < 24
    share = dict(cases.group_by(county("incident_region")).agg(in_a_day.mean()).iter_rows())
    assert min(share, key=share.get) == "621223"


def insured_share(tables: dict[str, pl.DataFrame], *categories: str) -> float:
    held = holding(good(tables["circumstance_spell"], "circumstance_spell"))
    insured = held.filter(circumstance_code="resident_insurance")["person_key"]
    return register(tables, *categories)["person_key"].unique().is_in(insured.implode()).mean()


def test_nearly_everybody_is_in_residents_insurance_but_for_employees(larger):
    assert 0.94 <= insured_share(larger, "dibao") <= 0.97
    assert 0.96 <= insured_share(larger, "tekun") <= 0.99


def test_kangxian_pays_one_for_the_whole_household(larger):
    spells = holding(good(larger["benefit_spell"], "benefit_spell")).filter(programme_code="P0801")
    paid = register(larger, "dibao").join(spells, on="person_key", how="left", suffix="_paid")
    homes = paid.group_by("household_key", county()).agg(
        some=pl.col("programme_code").is_not_null().any(),
        all=pl.col("programme_code").is_not_null().all(),
    )
    in_part = homes.group_by("region_code").agg((pl.col("some") & ~pl.col("all")).mean())
    shares = dict(in_part.iter_rows())
    assert max(shares, key=shares.get) == "621224"
    assert shares.pop("621224") > 0.03 > max(shares.values())


def test_a_fifth_of_the_emergency_cases_are_of_expenditure(larger):
    cases = good(larger["emergency_case"], "emergency_case")
    shares = cases["programme_code"].value_counts(normalize=True)
    assert dict(shares.iter_rows())["P1003"] == pytest.approx(0.2, abs=0.02)


def test_dirty_rows_are_there(tables):
    referral = tables["referral"]
    assert referral.filter(pl.col("responded_at") < pl.col("sent_at")).height == 2
    assert tables["data_submission"]["submission_id"].is_duplicated().sum() == 4
    orphan = tables["benefit_event"].join(tables["person"], on="person_key", how="anti")
    assert orphan.height == 2


def text_rows(values) -> list[str]:
    """Rows as text, without the rows that only SQLite can hold."""
    return sorted("|".join("" if v is None else str(v) for v in row) for row in values)


def test_the_command_writes_all_tables_and_unreadable_days_into_sqlite(tmp_path, capsys):
    file = tmp_path / "new" / "demo.db"
    assert main(["demo", "--url", f"sqlite:///{file}", "--persons", "400", "--months", "13"]) == 0
    assert "rows" in capsys.readouterr().err
    assert [path.name for path in file.parent.iterdir()] == ["demo.db"]
    connection = sqlite3.connect(file)
    for name in TABLES:
        assert connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] > 0, name
    moment = connection.execute("SELECT raised_at FROM warning").fetchone()[0]
    assert len(moment) == len("2026-10-31 09:30:00")
    unreadable = "SELECT count(*) FROM benefit_event WHERE occurred_on = '2026-02-30'"
    assert connection.execute(unreadable).fetchone()[0] == 2
    connection.close()


def test_sqlite_and_postgresql_hold_equal_rows(tmp_path, postgres_url):
    frames = build(World(persons=400, months=14))
    load(frames, f"sqlite:///{tmp_path / 'demo.db'}")
    load(frames, postgres_url)
    lite = sqlite3.connect(tmp_path / "demo.db")
    with psycopg.connect(
        make_url(postgres_url).set(drivername="postgresql").render_as_string(False)
    ) as server:
        for name, table in TABLES.items():
            columns = ", ".join(f'"{c.name}"' for c in table.columns)
            key = key_of(name)[0]
            query = f'SELECT {columns} FROM "{name}" WHERE "{key}" NOT LIKE \'ZX%\''
            one = pl.DataFrame(
                lite.execute(query).fetchall(), orient="row", infer_schema_length=None
            )
            two = server.execute(query.replace("%", "%%")).fetchall()
            assert text_rows(map(plain, one.iter_rows())) == text_rows(map(plain, two)), name
    lite.close()


def plain(row) -> tuple:
    """Numbers as floats, days and moments as text."""
    return tuple(
        v if v is None or isinstance(v, str) else str(v) if hasattr(v, "year") else float(v)
        for v in row
    )


def test_full_tables_in_postgresql_are_refused_unless_replaced(postgres_url):
    frames = build(World(persons=400, months=14))
    load(frames, postgres_url)
    with pytest.raises(TableHoldsRows, match=r"benefit_event.*--replace"):
        load(frames, postgres_url)
    load(frames, postgres_url, replace=True)
