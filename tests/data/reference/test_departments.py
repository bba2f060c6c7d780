"""Members of the joint meeting and successors, as of a day."""

from datetime import date

from data.reference.departments import members, operators, own_codes, successors, suppliers
from edited_reference import AGRICULTURE, replaced, shipped

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)
FINANCE = AGRICULTURE | {
    "dept_code": "finance",
    "full_name": "市财政局",
    "short_name_seed": "市财政局",
    "sort_order": "13",
}


def departments(*added, **successor):
    """The shipped table with successors and more rows."""
    rows = shipped("departments")
    return [row | {"successor_code": successor.get(row["dept_code"], "")} for row in rows] + [
        *added
    ]


TABLES = {"departments": departments(AGRICULTURE, FINANCE, rural_revitalization="agriculture")}


def test_as_shipped_ten_departments_are_members_and_nine_supply_data():
    assert successors(AFTER) == {}
    assert (len(members(AFTER)), len(suppliers(AFTER))) == (10, 9)
    assert members(AFTER)[0] == "civil_affairs" and "civil_affairs" not in suppliers(AFTER)
    assert "county_governments" not in members(AFTER)


def test_a_department_joins_and_another_is_succeeded_on_a_day(tmp_path):
    with replaced(tmp_path, TABLES):
        assert successors(BEFORE) == {}
        assert "rural_revitalization" in members(BEFORE) and "finance" not in members(BEFORE)
        assert len(suppliers(BEFORE)) == 9
        assert successors(AFTER) == {"rural_revitalization": "agriculture"}
        assert members(AFTER)[6:] == [
            "agriculture",
            "medical_security",
            "disabled_federation",
            "women_federation",
            "finance",
        ]
        assert len(suppliers(AFTER)) == 10


def test_a_successor_may_be_succeeded(tmp_path):
    later = FINANCE | {"dept_code": "rural_affairs", "valid_from": "2027-01-01"}
    tables = departments(
        AGRICULTURE | {"successor_code": "rural_affairs"}, later, rural_revitalization="agriculture"
    )
    with replaced(tmp_path, {"departments": tables}):
        assert successors(AFTER) == {"rural_revitalization": "agriculture"}
        assert successors(date(2027, 1, 1)) == dict.fromkeys(
            ("rural_revitalization", "agriculture"), "rural_affairs"
        )
        assert own_codes("rural_affairs") == {
            "rural_affairs",
            "agriculture",
            "rural_revitalization",
        }


def test_programmes_are_operated_by_the_successor(tmp_path):
    with replaced(tmp_path, {"departments": departments(AGRICULTURE, emergency="agriculture")}):
        assert operators(BEFORE)["P0951"] == "emergency"
        assert operators(AFTER)["P0951"] == "agriculture"
        assert operators(AFTER)["P0801"] == "civil_affairs"
