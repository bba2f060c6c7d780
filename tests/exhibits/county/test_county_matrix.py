"""The counties beside the city: counts by their share, rates by significance, first and last."""

from exhibits.county.county_matrix import best_and_worst, cells, finding
from exhibits.county.headline_figures import HeadlineFigures
from queries.catalogue import catalogue

NAMES = {"621202": "武都区", "621221": "成县", "621226": "礼县"}

LATE, BELOW, COVERED = (catalogue()[i] for i in ("I0708", "I0895", "I0891"))


def count(i: str, group: str, value: float) -> dict:
    bounds = dict.fromkeys(("lower", "upper", "denominator"))
    unit = catalogue()[i].unit
    return {"id": i, "group": group, "value": value, "status": "ok", "unit": unit, **bounds}


def rate(group: str, value: float, lower: float, upper: float, of: int) -> dict:
    limits = {"lower": lower, "upper": upper, "denominator": of}
    return count("I0891", group, value) | limits


def figures() -> HeadlineFigures:
    counties = {
        "621202": (4, 3, rate("621202", 97.0, 96.0, 98.0, 900)),
        "621221": (6, 0, rate("621221", 95.0, 94.0, 96.0, 900)),
        "621226": (40, 1, rate("621226", 40.0, 10.0, 80.0, 5)),
    }
    return HeadlineFigures(
        indicators=[LATE, BELOW, COVERED],
        names={i.id: i.name for i in (LATE, BELOW, COVERED)},
        city={
            "I0708": count("I0708", "621200", 50),
            "I0895": count("I0895", "621200", 3),
            "I0891": rate("621200", 97.0, 96.5, 97.5, 1805),
        },
        counties={
            code: {
                "I0708": count("I0708", code, late),
                "I0895": count("I0895", code, below),
                "I0891": covered,
            }
            for code, (late, below, covered) in counties.items()
        },
        name_by_code=NAMES,
    )


def test_a_count_is_marked_by_its_share_of_the_city_a_rate_against_it():
    rows = cells(figures()).select("y", "x", "text", "mark").rows()
    assert rows == [
        ("全市", "未转办逾期预警数", "50", "plain"),
        ("全市", "覆盖率未达标项目数", "3", "plain"),
        ("全市", "救助覆盖率", "97.00", "plain"),
        ("武都区", "未转办逾期预警数", "4", "plain"),
        # Programmes of a county are no part of the city's.
        ("武都区", "覆盖率未达标项目数", "3", "plain"),
        ("武都区", "救助覆盖率", "97.00", "plain"),
        ("成县", "未转办逾期预警数", "6", "share1"),
        ("成县", "覆盖率未达标项目数", "0", "plain"),
        ("成县", "救助覆盖率", "95.00▼", "concern"),
        ("礼县", "未转办逾期预警数", "40", "share3"),
        ("礼县", "覆盖率未达标项目数", "1", "plain"),
        ("礼县", "救助覆盖率", "40.00", "few"),
    ]


def test_the_share_is_said_beside_the_count():
    (hover,) = cells(figures()).filter(y="礼县", x="未转办逾期预警数")["hover"]
    assert hover == "礼县：未转办逾期预警数 40条<br>全市 50条（占80.00%）"


def test_rates_of_enough_cases_have_a_first_and_a_last_county_counts_have_none():
    assert best_and_worst(figures()) == {
        "未转办逾期预警数": ("—", "—"),
        "覆盖率未达标项目数": ("—", "—"),
        "救助覆盖率": ("97.00 武都区", "95.00 成县"),
    }


def test_the_sentence_names_what_stands_out():
    assert finding(figures()) == (
        "礼县未转办逾期预警数占全市80.00%；显著劣于全市的有救助覆盖率（成县）。"
    )
