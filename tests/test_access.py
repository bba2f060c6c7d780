"""What each role gets whatever it asks for: by an address, a kept selection, a recipe, a command."""

import io
import json
from datetime import date

import openpyxl
import polars as pl
import pytest

from briefing import allowed, export, pack, selection
from briefing.deck import deck
from briefing.selection import Selection
from data import settings
from exhibits import recipe
from exhibits.coverage import matrix
from exhibits.exhibit import Recipe
from exhibits.maps.county import county_map
from exhibits.warnings.cases import cases
from marks import MARK
from queries.__main__ import main
from queries.access import WHOLE, AccessError, access, roles, user
from queries.scope import Scope, counties
from queries.snapshot import open_snapshot
from stores import D

OWN, OTHER, TOWNSHIP = "621202", "621226", "621202001"

COUNTY = access("county", OWN)


@pytest.fixture(scope="module")
def seen(stored):
    """The demonstration store as a role sees it."""
    return lambda role: open_snapshot(stored("demonstration"), D, access=role)


def test_the_roles_are_the_six_of_the_file():
    # role: whole city, all departments, lowest, exact, files, prepares, figures, log
    assert {
        name: (
            told["area"] == "whole",
            told["department"] == "all",
            told["lowest"],
            told["counts"],
            told["exports"],
            told["prepares"],
            told["board"],
            told["log"],
        )
        for name, told in roles().items()
    } == {
        "leader": (True, True, "township", "exact", True, False, True, False),
        "office": (True, True, "township", "exact", True, True, True, False),
        "county": (False, True, "township", "rounded", True, False, True, False),
        "department": (True, False, "county", "rounded", False, False, True, False),
        "analyst": (True, True, "township", "rounded", True, False, True, False),
        "auditor": (True, True, "county", "rounded", False, False, False, True),
    }


@pytest.mark.parametrize(
    ("role", "asked", "answered"),
    [
        (WHOLE, TOWNSHIP, TOWNSHIP),
        (COUNTY, "", OWN),
        (COUNTY, OTHER, OWN),
        (COUNTY, f"{OTHER}001", OWN),
        (COUNTY, OWN, OWN),
        (access("analyst"), TOWNSHIP, OWN),
        (access("department", department="education"), OTHER, OTHER),
    ],
)
def test_a_region_outside_ones_own_is_answered_by_ones_own(role, asked, answered):
    assert role.narrowed(Scope(D, region=asked)).region == answered


def test_a_rounded_role_filters_by_no_part_and_a_department_by_its_own():
    role = access("department", department="education")
    scope = role.narrowed(Scope(D, None, "", "housing", "dibao", "rural"))
    assert scope == Scope(D, None, "", "education")


def test_a_role_that_needs_its_own_area_is_refused_without():
    for name, wanted in (("county", "县区代码"), ("department", "部门代码"), ("chief", "角色")):
        with pytest.raises(AccessError, match=wanted):
            access(name)


def test_a_forged_recipe_is_made_for_ones_own_county(seen):
    forged = recipe.build(seen(COUNTY), Recipe("coverage.matrix.matrix", region=OWN), None)
    assert forged.place == "武都区"
    with pytest.raises(recipe.RecipeError, match=OTHER):
        recipe.build(seen(COUNTY), Recipe("coverage.matrix.matrix", region=OTHER), None)
    assert matrix.matrix(seen(COUNTY), Scope(D, region=OTHER)).place == "武都区"


def test_a_kept_selection_of_the_city_is_ones_own_countys_deck(seen):
    told = selection.from_json(selection.to_json(Selection(D, region=OTHER)))
    made = deck(seen(COUNTY), told)
    assert made.title.startswith("武都区")
    names = [name for code, name in counties(seen(WHOLE)).items() if code != OWN]
    said = "\n".join(
        [e.finding for e in made.exhibits]
        + [str(row) for e in made.exhibits for row in e.table.rows()]
    )
    assert [name for name in names if name in said] == []


def test_the_command_line_is_narrowed_by_role(stored, capsys):
    asked = ["--snapshot", str(stored("demonstration")), "--as-of", str(D), "--by", "county"]
    for role, groups in (([], 9), (["--role", "county", "--own-county", OWN], 1)):
        assert main(["indicators", *asked, "--id", "I0101", "--format", "json", *role]) == 0
        assert len(json.loads(capsys.readouterr().out)) == groups
    assert main(["indicators", *asked, "--role", "auditor"]) == 2
    assert "sees no figures" in capsys.readouterr().err


def test_single_cases_are_not_for_rounded_roles(seen):
    assert cases(seen(WHOLE), Scope(D)).table.height > 0
    assert cases(seen(access("analyst")), Scope(D)).table.is_empty()
    assert "不提供逐件清单" in cases(seen(access("analyst")), Scope(D)).finding


def test_files_below_county_level_are_rounded_for_everybody(stored, seen, monkeypatch):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", stored("demonstration"))
    on_screen = county_map(seen(WHOLE), Scope(D, region=OWN), "I0101")
    assert allowed.differs(on_screen)
    book = openpyxl.load_workbook(io.BytesIO(export.made(on_screen, "xlsx", MARK)))
    cells = [row[1] for row in book.active.iter_rows(min_row=7, values_only=True)]
    assert {c % 5 for c in cells if isinstance(c, int)} == {0}
    counted = on_screen.table[:, 1].drop_nulls()
    assert (counted % 5 != 0).any()
    # Of counties they leave as they are.
    assert not allowed.differs(county_map(seen(WHOLE), Scope(D), "I0101"))


@pytest.mark.parametrize(
    ("role", "scope", "why"),
    [
        (WHOLE, Scope(D, region=TOWNSHIP), allowed.NARROWED),
        (WHOLE, Scope(D, region=OWN, category="dibao"), allowed.NARROWED),
        (WHOLE, Scope(D, category="dibao"), ""),
        (access("department", department="education"), Scope(D), allowed.NONE),
        (COUNTY, Scope(D), ""),
    ],
)
def test_what_may_leave_as_a_file(seen, role, scope, why):
    assert allowed.refusal(matrix.matrix(seen(role), scope)) == why


def test_no_list_of_cases_and_no_pack_of_a_role_without_files_leaves(seen):
    assert allowed.refusal(cases(seen(WHOLE), Scope(D))) == allowed.SINGLE
    with pytest.raises(AccessError, match="不能导出"):
        pack.makers(seen(access("department", department="education")), Selection(D))


def test_who_somebody_is_stands_in_a_file_that_is_read_anew(tmp_path, monkeypatch):
    file = tmp_path / "users.toml"
    monkeypatch.setattr(settings, "USERS_FILE", file)
    assert user("li@example.cn") is None
    file.write_text('["li@example.cn"]\nrole = "county"\ncounty = "621226"\nunit = "礼县民政局"\n')
    assert user("li@example.cn").access == access("county", OTHER)
    assert user("wang@example.cn") is None
    file.write_text('["li@example.cn"]\nrole = "analyst"\nunit = "数据中心"\n# changed\n')
    assert user("li@example.cn").access == access("analyst")
    file.write_text('["li@example.cn"]\nunit = "no role at all"\n')
    with pytest.raises(AccessError, match=r"li@example\.cn"):
        user("li@example.cn")
    file.write_text("[half a line")
    with pytest.raises(AccessError, match="无法读取"):
        user("li@example.cn")


def test_a_period_is_the_month_where_counts_are_rounded():
    assert WHOLE.since(date(2026, 1, 1), D) == date(2026, 1, 1)
    assert COUNTY.since(date(2026, 1, 1), D) == date(2026, 10, 1)


def test_a_cube_holds_no_other_county():
    cube = pl.DataFrame({"region": ["621202001", "621226001", None], "n": [3, 4, 5]})
    assert COUNTY.cube("warnings.township", cube).rows() == [("621202001", 3)]
