"""Which groups an indicator is answered for, and whether its sources are connected."""

from dataclasses import replace

import pytest

from queries.access import access
from queries.answers.groups import grid, groups, source_status
from queries.catalogue import OF_PROGRAMMES, catalogue

HOUSING = access("department", department="housing")


def test_every_indicator_has_a_row_a_group_also_where_nothing_is_counted(day):
    counties = grid(day, "county", "").filter(id="I0701")
    assert counties.select("group", "source").rows() == [("621202", "ok"), ("621221", "ok")]
    # A number of departments has no counties.
    assert grid(day, "county", "").filter(id="I0401").is_empty()


@pytest.mark.parametrize(
    ("indicator", "status"),
    [("I0701", "ok"), ("I0104", "no_data"), ("I0403", "no_data"), ("I1004", "ok")],
)
def test_a_figure_is_unknown_until_every_table_of_it_is_connected(day, indicator, status):
    assert source_status(day, indicator, "city", "621200") == status


def test_a_department_is_answered_for_itself_and_its_programmes(day):
    own = replace(day, access=HOUSING)
    assert groups(own, catalogue()["I0723"], "department") == ["housing"]
    assert groups(own, catalogue()["I1004"], "programme") == []
    assert "P0931" in groups(own, catalogue()["I0723"], "programme")
    assert source_status(own, "I0802", "city", "621200") == "no_data"


def test_an_indicator_of_a_few_programmes_has_those_alone(day):
    assert groups(day, catalogue()["I1004"], "programme") == list(OF_PROGRAMMES["I1004"])
    assert len(groups(day, catalogue()["I0723"], "programme")) > 20


def test_an_unknown_cut_is_refused(day):
    with pytest.raises(ValueError, match="cannot group by person"):
        groups(day, catalogue()["I0101"], "person")
