"""A province's day by commands: keys, parcels, the merged figures, what is refused, what is said."""

import csv
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from briefing.meeting.deck import identity
from cities import Senders
from drawing import draw, registry, snapshot_of
from exhibits.make import city_table
from exhibits.maps.county import county_map
from exhibits.methods import definitions
from exhibits.quality.stale_line import partial
from exhibits.wording.names import region_name
from queries.__main__ import main
from queries.answers.figures import figures
from queries.federation.keys import FederationError, receiver
from queries.federation.merge import merge
from queries.scope import Scope
from queries.store.snapshot import Snapshot, open_snapshot

D = date(2026, 10, 31)

LONGNAN, TIANSHUI, DINGXI = "621200", "620500", "621100"

TIANSHUI_REGIONS = """
    region_code | parent_code | region_level | region_name | sort_order
    620500      |             | city         | 天水市      | 0
    620502      | 620500      | county       | 秦州区      | 1
    620502001   | 620502      | township     | 大城街道    | 1
"""

SPELLS = """
    spell_id | person_key | category_code | region_code | residence_type | valid_from
    1        | a          | dibao         | {place}     | rural          | 2026-01-01
    2        | b          | tekun         | {place}     | rural          | 2026-01-01
"""

#: Answered after 1, 2 and 9 working days, and one of another city after 3.
LONGNAN_REFERRALS = """
    referral_id | region_code | to_dept   | programme_code | sent_at             | responded_at
    r1          | 621202001   | education | P0921          | 2026-10-12 09:00:00 | 2026-10-13 09:00:00
    r2          | 621202001   | education | P0921          | 2026-10-12 09:00:00 | 2026-10-14 09:00:00
    r3          | 621221001   | education | P0921          | 2026-10-12 09:00:00 | 2026-10-23 09:00:00
"""

TIANSHUI_REFERRALS = """
    referral_id | region_code | to_dept   | programme_code | sent_at             | responded_at
    r1          | 620502001   | education | P0921          | 2026-10-12 09:00:00 | 2026-10-15 09:00:00
    r2          | 620502001   | education | P0921          | 2026-10-12 09:00:00 | 2026-10-15 09:00:00
"""


def stores(folder: Path, **others: str) -> dict[str, Path]:
    """Stores of two cities; `others` are tables of Tianshui's beside."""
    longnan = registry(
        identification_spell=SPELLS.format(place="621202001"), referral=LONGNAN_REFERRALS
    )
    tianshui = registry(
        identification_spell=SPELLS.format(place="620502001"), referral=TIANSHUI_REFERRALS, **others
    )
    tianshui["region"] = draw("region", TIANSHUI_REGIONS)
    both = {LONGNAN: longnan, TIANSHUI: tianshui}
    return {code: snapshot_of(frames, folder / code, D).folder for code, frames in both.items()}


@pytest.fixture(scope="module")
def cities(tmp_path_factory) -> dict[str, Path]:
    return stores(tmp_path_factory.mktemp("cities"))


@pytest.fixture
def senders(tmp_path) -> Senders:
    return Senders(tmp_path, (LONGNAN, TIANSHUI, DINGXI))


def province(senders: Senders, cities: dict[str, Path], *codes: str) -> Snapshot:
    parcels = [senders.folder / "parcels" / code for code in codes]
    for code, parcel in zip(codes, parcels, strict=True):
        if not parcel.exists():
            senders.parcel(code, cities[code], D)
    return merge(parcels, senders.folder / "province", D, senders.listed)


def values(snapshot: Snapshot, *ids: str) -> dict[str, float | None]:
    rows = figures(snapshot, "city", date(2026, 10, 1)).to_dicts()
    return {row["id"]: row["value"] for row in rows if row["id"] in ids}


def test_commands_make_keys_a_parcel_and_a_province(cities, tmp_path, monkeypatch, capsys):
    assert main(["keygen"]) == 0
    private, public = (line.split(": ")[-1] for line in capsys.readouterr().out.splitlines())
    monkeypatch.setenv(*private.split("=", 1))
    listed = tmp_path / "cities.toml"
    listed.write_text(
        f'code = "620000"\nname = "甘肃省"\n[cities.{LONGNAN}]\nname = "陇南市"\nkey = "{public}"\n'
    )
    parcels, into = f"{tmp_path}/parcels", f"{tmp_path}/province"
    day = ["--day", D.isoformat()]
    assert main(["sign", f"{cities[LONGNAN]}", *day, "--to", parcels]) == 0
    assert main(["merge", parcels, *day, "--into", into, "--cities", f"{listed}"]) == 0
    capsys.readouterr()
    assert main(["indicators", "--snapshot", into, "--as-of", D.isoformat(), "--id", "I0101"]) == 0
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["group"], row["value"]) == ("620000", "2.0")
    # Down to the city: its parcel is a store beside.
    assert main(["warnings", "--snapshot", f"{into}/cities/{LONGNAN}", "--as-of", f"{D}"]) == 0
    assert main(["merge", f"{tmp_path}", *day, "--into", into, "--cities", f"{listed}"]) == 1
    assert "holds no parcel of 2026-10-31" in capsys.readouterr().err


def test_counts_add_up_and_medians_are_of_all_cases(senders, cities):
    one = open_snapshot(cities[LONGNAN], D)
    both = province(senders, cities, LONGNAN, TIANSHUI)
    # 1, 2, 9 working days; with 3, 3: not the mean of the cities' medians.
    assert values(one, "I0101", "I0721") == {"I0101": 2, "I0721": 2}
    assert values(both, "I0101", "I0721") == {"I0101": 4, "I0721": 3}


def test_what_is_each_city_s_own_is_not_connected(senders, tmp_path):
    runs = "run_id | dept_code | run_at\n1 | housing | 2026-10-12 09:00:00"
    cities = stores(tmp_path / "cities", match_run=runs)
    assert values(province(senders, cities, TIANSHUI), "I0401", "I1301", "I1302") == {
        "I0401": None,
        "I1301": None,
        "I1302": None,
    }


def test_a_city_that_has_not_sent_is_named_everywhere(senders, cities):
    one = province(senders, cities, LONGNAN)
    whole, short = "“全市”指甘肃省", "缺2个市：620500市、621100市"
    assert partial(one)[:2] == [whole, short]
    assert f"；{whole}；{short}" in identity(one)
    exhibit = definitions(one, Scope(D))
    assert exhibit.definition.endswith(
        f"本级为1个市上报数据之和（{whole}，{short}）；按人、按户计的指标为各市之和，"
        "同一人（户）在两个市的在各市各计一次。"
    )
    notes = dict(exhibit.table.select("编号", "注意事项").rows())
    assert notes["I0101"].startswith("各市之和：") and "各市" not in notes["I0723"]
    assert region_name(one, "") == exhibit.place == "甘肃省"


def test_a_map_says_which_counties_it_does_not_draw(senders, cities):
    both = province(senders, cities, LONGNAN, TIANSHUI)
    said = "；地图无此区划界线：秦州区，见数据表"
    assert county_map(both, Scope(D), "I0101").chart.credit.endswith(said)
    alone = county_map(open_snapshot(cities[LONGNAN], D), Scope(D), "I0101")
    assert "无此区划界线" not in alone.chart.credit


def test_a_city_that_sends_later_makes_the_next_version(senders, cities):
    assert province(senders, cities, LONGNAN).version == 1
    assert province(senders, cities, LONGNAN).version == 1
    both = province(senders, cities, LONGNAN, TIANSHUI)
    assert both.version == 2
    assert partial(both)[1] == "缺1个市：621100市"


def test_a_city_s_own_day_speaks_of_no_cities(cities):
    one = open_snapshot(cities[LONGNAN], D)
    assert not any("省" in said or "缺" in said for said in partial(one))
    made = city_table(
        one, Scope(D), "", key="k", title="", finding="", table=pl.DataFrame(), definition=""
    )
    assert made.definition == ""


def test_cities_of_different_tables_are_refused_by_name(senders, tmp_path):
    cities = stores(tmp_path / "cities", match_run="run_id | run_at\n1 | 2026-10-12 09:00:00")
    with pytest.raises(FederationError, match="missing from city 621200: match_run"):
        province(senders, cities, LONGNAN, TIANSHUI)


def test_two_parcels_of_one_city_are_refused(senders, cities):
    with pytest.raises(FederationError, match="another parcel of city 621200"):
        province(senders, cities, LONGNAN, LONGNAN)


def test_a_city_s_own_store_is_no_place_to_merge_into(senders, cities):
    parcel = senders.parcel(LONGNAN, cities[LONGNAN], D)
    with pytest.raises(FederationError, match="holds 2026-10-31 of a registry"):
        merge([parcel], cities[LONGNAN], D, senders.listed)


def test_population_is_of_the_latest_year_that_all_cities_know(senders, tmp_path):
    frames = stores_with_population(tmp_path)
    assert values(province(senders, frames, LONGNAN, TIANSHUI), "I0102") == {"I0102": 4.0}


def stores_with_population(folder: Path) -> dict[str, Path]:
    """Longnan knows 2026, Tianshui 2025 alone: 4 of 60 + 40."""
    years = {LONGNAN: ("621202", {2025: 60, 2026: 1}), TIANSHUI: ("620502", {2025: 40})}
    made = {}
    for code, (county, people) in years.items():
        rows = "\n".join(f"{county} | {year} | {n}" for year, n in people.items())
        frames = registry(
            identification_spell=SPELLS.format(place=f"{county}001"),
            region_population=f"region_code | stat_year | registered_population\n{rows}",
        )
        if code == TIANSHUI:
            frames["region"] = draw("region", TIANSHUI_REGIONS)
        made[code] = snapshot_of(frames, folder / code, D).folder
    return made


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no list of cities"),
        ('code = "621200"\nname = "甘肃省"\n[cities.621200]\nname = "a"\nkey = "{0}"', "name a province"),
        ('code = "620000"\nname = "甘肃省"\n[cities.610100]\nname = "a"\nkey = "{0}"', "610100 is no city of 620000"),
        ('code = "620000"\nname = "甘肃省"\n[cities.621200]\nname = "a"\nkey = "x"', "key of 621200 is no Ed25519 key"),
        (
            'code = "620000"\nname = "甘肃省"\n[cities.621200]\nname = "a"\nkey = "{0}"\n[cities.620500]\nname = "b"\nkey = "{0}"',
            "two cities have one key",
        ),
    ],
)  # fmt: skip
def test_a_list_of_cities_that_cannot_be_is_refused(tmp_path, text, why):
    listed = tmp_path / "cities.toml"
    listed.write_text(text.format("A" * 43 + "="))
    with pytest.raises(FederationError, match=why):
        receiver(listed)
