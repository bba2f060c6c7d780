"""What each role gets whatever it asks for: by an address, a kept selection, a recipe, a command."""

import io
import json

import openpyxl
import polars as pl
import pytest

from briefing import export, pack, release
from briefing.meeting import selection
from briefing.meeting.deck import deck
from briefing.meeting.selection import Selection
from data import settings
from every_day import every_day
from exhibits import recipe
from exhibits.coverage import matrix
from exhibits.exhibit import Recipe
from exhibits.maps.county import county_map
from exhibits.meeting.agenda import proposals
from exhibits.todo import cases as todo
from exhibits.wording import names
from marks import MARK
from pages.shared.menu import offered
from queries.__main__ import main
from queries.access import WHOLE, AccessError, access, roles
from queries.answers.coverage import coverage
from queries.answers.indicators import indicators
from queries.answers.open_cases import open_cases
from queries.answers.rates_of_others import standings
from queries.answers.response import response
from queries.answers.significance import standing
from queries.answers.topic_details import details
from queries.answers.warnings import returned_twice, warnings, without_destination
from queries.catalogue import catalogue
from queries.cubes.stage import day_number
from queries.cubes.warning_states import WITHOUT_DESTINATION
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import D

OWN, OTHER, TOWNSHIP = "621202", "621226", "621202001"

MONTH = day_number(D.replace(day=1))

FIELDS = ("area", "department", "lowest", "edition", "cases", "files", "prepares", "board", "log")

COUNTY = access("county", OWN)
IN_TOWNSHIP = access("township", township=TOWNSHIP)
HOUSING = access("department", department="housing")
PARTNER = access("partner")


@pytest.fixture(scope="module")
def seen(stored):
    """The demonstration store as a role sees it."""
    return lambda role: open_snapshot(stored("demonstration"), D, access=role)


def test_the_roles_are_those_of_the_file():
    # role: area, department, lowest, edition, lists of cases, files, prepares, figures, log
    assert {name: tuple(rule[field] for field in FIELDS) for name, rule in roles().items()} == {
        "leader": ("city", "all", "township", "exact", False, "yes", False, True, False),
        "office": ("city", "all", "township", "exact", True, "yes", True, True, False),
        "county": ("county", "all", "township", "exact", True, "yes", False, True, False),
        "county_government": (
            "county",
            "all",
            "township",
            "exact",
            False,
            "yes",
            False,
            True,
            False,
        ),
        "township": ("township", "all", "township", "exact", True, "list", False, True, False),
        "department": ("city", "own", "township", "exact", True, "yes", False, True, False),
        "analyst": ("city", "all", "township", "exact", False, "yes", False, True, False),
        "partner": ("city", "all", "county", "open", False, "yes", False, True, False),
        "auditor": ("city", "all", "county", "open", False, "no", False, False, True),
    }


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (WHOLE, "总览"),
        (access("leader"), "总览"),
        (COUNTY, "待办"),
        (access("county_government", OWN), "总览"),
        (IN_TOWNSHIP, "待办"),
        (HOUSING, "待办"),
        (access("analyst"), "总览"),
        (PARTNER, "总览"),
        (access("auditor"), "审计日志"),
    ],
)
def test_who_has_a_list_of_their_own_lands_on_it(role, first):
    pages = [title for _, title, _ in offered(role)]
    assert pages[0] == first
    assert ("待办" in pages) == role.cases


def test_a_role_that_needs_its_own_area_is_refused_without():
    missing = {
        "county": "县区代码",
        "township": "乡镇代码",
        "department": "部门代码",
        "chief": "角色",
    }
    for name, wanted in missing.items():
        with pytest.raises(AccessError, match=wanted):
            access(name)


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (COUNTY, "武都区"),
        (access("county_government", OWN), "武都区"),
        (IN_TOWNSHIP, "武都区钟楼街道"),
    ],
)
@pytest.mark.parametrize("asked", every_day(["", OWN, OTHER, f"{OTHER}101"], [OTHER]))
def test_what_is_forged_is_made_for_ones_own_region(seen, role, place, asked):
    """A recipe, a scope and a kept selection of another region."""
    made = recipe.build(seen(role), Recipe("coverage.matrix.matrix", region=asked), None)
    assert made.place == matrix.matrix(seen(role), Scope(D, region=asked)).place == place
    chosen = selection.from_json(selection.to_json(Selection(D, region=asked)))
    shown = deck(seen(role), chosen)
    assert shown.title.endswith(f"（{place}）")
    assert all(OTHER not in str(row) for e in shown.exhibits for row in e.table.rows())


def test_a_forged_department_is_answered_for_ones_own(seen):
    made = recipe.build(seen(HOUSING), Recipe("response.rates.rate", department="education"), None)
    assert made.recipe.department == "housing"
    shown = deck(seen(HOUSING), Selection(D, department="education"))
    assert "市住建局" in shown.title


def test_the_partner_forges_no_township(seen):
    made = recipe.build(seen(PARTNER), Recipe("coverage.matrix.matrix", region=TOWNSHIP), None)
    assert made.place == "武都区"
    assert made.table["地区"].unique().to_list() == ["武都区"]


# What each role sees: figures.


def test_a_county_sees_itself_exactly_and_the_city(seen):
    for ask in (indicators, coverage, warnings):
        for by in ("county", "township"):
            exact = ask(seen(WHOLE), by).filter(pl.col("group").str.starts_with(OWN))
            shown = ask(seen(COUNTY), by).filter(pl.col("group").str.starts_with(OWN))
            assert shown.equals(exact), (ask, by)
        assert ask(seen(COUNTY), "city").equals(ask(seen(WHOLE), "city"))


def test_of_other_counties_a_county_sees_rates_of_30_and_more_alone(seen):
    exact = {(r["id"], r["group"]): r for r in indicators(seen(WHOLE), "county").to_dicts()}
    others = indicators(seen(COUNTY), "county").filter(pl.col("group") != OWN)
    assert others["group"].n_unique() == 8
    assert others.select(pl.col("numerator", "denominator", "lower", "upper").null_count()).row(
        0
    ) == ((others.height,) * 4)
    for row in others.to_dicts():
        known = exact[row["id"], row["group"]]
        told = known["unit"] == "%" and known["status"] == "ok" and known["denominator"] >= 30
        assert row["value"] == (known["value"] if told else None), row
    assert others["value"].drop_nulls().len() > 50


def test_how_others_stand_is_told_with_their_rates(seen):
    city = {r["id"]: r for r in indicators(seen(WHOLE), "city").to_dicts()}
    rows = {(r["id"], r["group"]): r for r in indicators(seen(WHOLE), "county").to_dicts()}
    marks = standings(seen(COUNTY), "county", D.replace(day=1))
    assert {"improvement", "concern", "usual"} >= set(marks.values())
    for (indicator, group), mark in marks.items():
        about = catalogue()[indicator]
        if group in city[indicator]["group"]:
            continue
        assert mark == standing(about, rows[indicator, group], city[indicator])


def test_in_the_open_edition_of_a_county_nothing_of_others_is_shown(seen):
    """Their stored rates are of counts as they are, also of 1–7."""
    shown = seen(COUNTY.in_open_edition())
    others = indicators(shown, "county").filter(pl.col("group") != OWN)
    assert set(others["status"]) == {"suppressed"}
    assert standings(shown, "county", D.replace(day=1)) == {}
    with pytest.raises(AccessError):
        shown.cube("rates.county")


def test_the_cubes_of_others_hold_rates_alone(seen):
    for name in ("rates.county", "rates.department"):
        assert seen(WHOLE).cube(name).columns == ["id", "group", "since", "value", "standing"]


def test_a_township_sees_itself_and_of_all_others_rates_alone(seen):
    snapshot = seen(IN_TOWNSHIP)
    for ask in (indicators, coverage, warnings):
        exact = ask(seen(WHOLE), "township").filter(group=TOWNSHIP)
        assert ask(snapshot, "township").equals(exact), ask
    for by in ("city", "county"):
        rows = indicators(snapshot, by)
        assert rows.filter(
            pl.col("numerator").is_not_null() | pl.col("lower").is_not_null()
        ).is_empty()
        assert set(rows.drop_nulls("value")["unit"]) == {"%"}
        for ask in (coverage, warnings):
            with pytest.raises(AccessError):
                ask(snapshot, by)


def test_a_departments_median_is_the_offices_of_that_department(seen):
    for code in ("education", "housing", "medical_security"):
        own = seen(access("department", department=code))
        for since in (D.replace(day=1), D.replace(month=1, day=1)):
            exact = response(seen(WHOLE), "department", since).filter(group=code)
            assert response(own, "department", since).equals(exact), code
        shown = indicators(own, "department").filter(group=code)
        exact = indicators(seen(WHOLE), "department").filter(group=code)
        # Of bases that the department has no programme of it reads 数据源未接入.
        assert shown.filter(pl.col("id").is_in(exact["id"].implode())).equals(exact)
        assert {"I0721", "I0722", "I0723"} <= set(exact["id"])


def test_a_department_sees_its_referrals_and_programmes_down_to_townships(seen):
    for by in ("county", "township"):
        own = coverage(seen(HOUSING), by)
        exact = coverage(seen(WHOLE), by).filter(
            pl.col("programme_code").is_in(["P0931", "P0932", "P0933"])
        )
        assert own.equals(exact)
        rows = indicators(seen(HOUSING), by).filter(id="I0723")
        flow = (
            seen(WHOLE)
            .cube(f"flow.{by}")
            .filter(
                pl.col("id") == "I0723", pl.col("department") == "housing", pl.col("day") >= MONTH
            )
        )
        assert rows["denominator"].sum() == flow.drop_nulls("region")["denominator"].sum()


def test_a_department_sees_what_its_task_rows_count_by_county_and_no_more(seen):
    # Task row 1-2 is led by rural_revitalization: I0106; row 8 by civil affairs: I0801.
    role = access("department", department="rural_revitalization")
    shown, exact = indicators(seen(role), "county"), indicators(seen(WHOLE), "county")
    assert shown.filter(id="I0106").equals(exact.filter(id="I0106"))
    assert set(shown.filter(id="I0801")["status"]) == {"suppressed"}
    assert set(indicators(seen(role), "township").filter(id="I0106")["status"]) == {"suppressed"}
    assert (
        indicators(seen(role)).filter(id="I0801").equals(indicators(seen(WHOLE)).filter(id="I0801"))
    )
    for ask in (warnings, without_destination):
        assert ask(seen(role), "city").equals(ask(seen(WHOLE), "city"))
        with pytest.raises(AccessError):
            ask(seen(role), "county")


def test_of_other_departments_a_department_sees_the_rate_on_time_alone(seen):
    others = indicators(seen(HOUSING), "department").filter(pl.col("group") != "housing")
    assert set(others["id"]) == {"I0723"}
    exact = indicators(seen(WHOLE), "department").filter(
        pl.col("id") == "I0723", pl.col("denominator") >= 30
    )
    known = dict(exact.select("group", "value").rows())
    assert {g: v for g, v in others.select("group", "value").rows() if v is not None} == {
        g: v for g, v in known.items() if g != "housing"
    }
    assert (
        others.select(pl.col("numerator", "denominator", "lower", "upper").null_count()).row(0)
        == (9,) * 4
    )


def test_decisions_match_runs_and_submissions_of_a_department_are_its_own(seen):
    snapshot = seen(access("department", department="education"))
    assert set(snapshot.cube("decisions")["lead_dept"]) == {"education"}
    since = D.replace(month=1, day=1)
    assert details(snapshot, "match", since)["group"].to_list() == ["education"]
    own = seen(WHOLE).cube("flow.city").filter(id="submission", department="education")
    shown = snapshot.cube("flow.city").filter(id="submission")
    assert shown.sort(shown.columns).equals(own.sort(own.columns))


def test_leaders_and_analysts_see_what_the_office_sees_but_no_case(seen):
    for name in ("leader", "analyst"):
        for by in ("city", "county", "township", "department"):
            assert indicators(seen(access(name)), by).equals(indicators(seen(WHOLE), by))


# Lists of open cases.


def test_lists_of_cases_are_those_of_the_own_area_and_department(seen):
    every = open_cases(seen(WHOLE))
    assert open_cases(seen(COUNTY)).equals(every.filter(pl.col("region").str.starts_with(OWN)))
    assert open_cases(seen(IN_TOWNSHIP)).equals(every.filter(region=TOWNSHIP))
    referrals = open_cases(seen(WHOLE), item="referral")
    medical = seen(access("department", department="medical_security"))
    assert open_cases(medical, item="referral").equals(referrals.filter(holder="medical_security"))
    for role in (
        HOUSING,
        access("leader"),
        access("county_government", OWN),
        access("analyst"),
        PARTNER,
    ):
        with pytest.raises(AccessError, match="逐件清单"):
            open_cases(seen(role))


@pytest.mark.parametrize("county", ["621202", "621226", "621228"])
def test_a_countys_overdue_list_is_as_long_as_its_card_says(seen, county):
    snapshot = seen(access("county", county))
    card = indicators(snapshot, "county").filter(id="I0708", group=county)["value"].item()
    nowhere = pl.col("state").is_in(WITHOUT_DESTINATION)
    late = open_cases(snapshot).filter(nowhere, urgency="overdue")
    assert late.height == card
    listed = todo.cases(snapshot, Scope(D)).table
    states = [names.STATES[state] for state in WITHOUT_DESTINATION]
    in_one = pl.col("状态").is_in(states)
    assert listed.filter(in_one, pl.col("时限") == "■ 逾期").height == card


def test_what_was_sent_back_twice_is_counted_for_who_has_no_list(seen):
    listed = open_cases(seen(WHOLE)).filter(returned_twice=1)
    by_county = listed.group_by(group=pl.col("region").str.slice(0, 6)).agg(
        warnings=pl.len().cast(pl.Int64),
        overdue=(pl.col("urgency") == "overdue").sum().cast(pl.Int64),
    )
    counted = returned_twice(seen(access("leader")), "county").select(
        "group", "warnings", "overdue"
    )
    assert counted.sort("group").equals(by_county.sort("group"))
    assert proposals(seen(access("leader")), Scope(D)) == proposals(seen(WHOLE), Scope(D))


def test_no_list_of_cases_goes_into_the_material_of_a_meeting(seen):
    pinned = (Recipe("todo.cases.cases"), Recipe("warnings.cases.cases"))
    made = deck(seen(WHOLE), Selection(D, pinned=pinned))
    assert len([line for line in made.left_out if "只供承办单位" in line]) == 2
    assert not [e for e in made.exhibits if "编号" in e.table.columns]


# Files.


@pytest.mark.parametrize(
    ("role", "build", "refused"),
    [
        # role, exhibit; why not exactly, why not in the open edition
        (WHOLE, matrix.matrix, ("", "")),
        (WHOLE, todo.cases, ("", release.NO_CASES_OUTSIDE)),
        (access("leader"), matrix.matrix, ("", "")),
        (COUNTY, matrix.matrix, ("", "")),
        (COUNTY, todo.cases, ("", release.NO_CASES_OUTSIDE)),
        (access("county_government", OWN), matrix.matrix, ("", "")),
        (IN_TOWNSHIP, matrix.matrix, (release.ONLY_OWN_LIST, release.ONLY_OWN_LIST)),
        (IN_TOWNSHIP, todo.cases, ("", release.NO_CASES_OUTSIDE)),
        (HOUSING, matrix.matrix, ("", "")),
        (access("analyst"), matrix.matrix, ("", "")),
        (PARTNER, matrix.matrix, ("",)),
    ],
)
def test_what_may_leave_as_a_file(seen, role, build, refused):
    item = {"item": "referral"} if build is todo.cases and role.department else {}
    exhibit = build(seen(role), role.narrowed(Scope(D)), **item)
    assert tuple(release.editions(exhibit).values()) == refused


def test_a_file_of_the_open_edition_is_rounded_and_the_screen_is_not(stored, seen, monkeypatch):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", stored("demonstration"))
    on_screen = county_map(seen(WHOLE), Scope(D), "I0101")
    assert (on_screen.table[:, 1] % 5 != 0).any()
    for edition, rounded in ((release.OPEN, True), (release.EXACT, False)):
        made = export.exhibit_file(on_screen, "xlsx", MARK, edition)
        rows = openpyxl.load_workbook(io.BytesIO(made)).active.iter_rows(
            min_row=7, values_only=True
        )
        counts = [row[1] for row in rows if isinstance(row[1], int | float)]
        assert len(counts) == 9
        assert all(count % 5 == 0 for count in counts) == rounded
    with pytest.raises(AccessError, match="只到县区"):
        export.exhibit_file(
            county_map(seen(WHOLE), Scope(D, region=TOWNSHIP), "I0101"), "csv", MARK, release.OPEN
        )


def test_no_pack_of_a_role_without_files_leaves(seen):
    with pytest.raises(AccessError, match="不能导出"):
        pack.pack(seen(IN_TOWNSHIP), Selection(D))


# Who is who.


def test_the_command_line_is_narrowed_by_role(stored, capsys):
    asked = ["--snapshot", str(stored("demonstration")), "--as-of", str(D)]
    own = ["--role", "county", "--own-county", OWN]
    for role, known in (([], 9), (own, 1)):
        assert (
            main(
                ["indicators", *asked, "--by", "county", "--id", "I0101", "--format", "json", *role]
            )
            == 0
        )
        values = [row["value"] for row in json.loads(capsys.readouterr().out)]
        assert len([value for value in values if value is not None]) == known
    township = ["--role", "township", "--own-township", TOWNSHIP]
    assert main(["coverage", *asked, "--by", "township", "--format", "json", *township]) == 0
    assert {row["group"] for row in json.loads(capsys.readouterr().out)} == {TOWNSHIP}
    assert main(["coverage", *asked, "--by", "county", *township]) == 2
    assert main(["warnings", *asked, "--by", "county", "--role", "partner"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header == "group,direction,state,warnings,overdue,oldest_workdays,status"
    assert any(row.endswith(",suppressed") for row in rows)
    assert main(["indicators", *asked, "--role", "auditor"]) == 2
    assert "sees no figures" in capsys.readouterr().err
