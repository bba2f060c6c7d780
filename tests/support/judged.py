"""What loading a drawn registry sets aside, reports or refuses."""

from datetime import date

from data.quality.loading import load_frames, with_report
from data.quality.plausible import implausible
from data.registry import contract
from drawing import registry

#: Columns of a referral; its number stands for {i}.
REFERRALS = {
    "referral_id": "r{i}",
    "to_dept": "health",
    "region_code": "621202001",
    "sent_at": "2026-01-05",
    "accepted_at": "2026-01-06",
}


def load(**tables):
    """What is loaded of a registry with these tables."""
    return load_frames(registry(**tables))


def kept(loaded, table):
    """Keys of the rows that count."""
    keys = contract.key_of(table)
    rows = loaded.frames[table].select(keys).sort(keys).collect().rows()
    return [row[0] if len(keys) == 1 else row for row in rows]


def findings(loaded, table):
    """rule, column, rows, examples of a table's findings."""
    return [
        (each.rule, each.column, each.rows, each.examples)
        for each in loaded.findings
        if each.table == table
    ]


#: Rules on what is not filled; a drawn registry has few columns.
UNFILLED = ("no_value", "no_county")


def unfilled(**tables):
    """Rows that lack what decides whether or where they count: column, rows, examples."""
    found = with_report(load(**tables)).findings
    told = [each for each in found if each.rule in UNFILLED]
    return {(each.rule, each.column): (each.rows, each.examples) for each in told}


def report(today="2026-10-31", **tables):
    """Findings of the rules that only report, but `UNFILLED`; nothing may be set aside by them."""
    loaded = with_report(load(**tables), date.fromisoformat(today))
    assert loaded.set_aside() == 0
    assert not any(each.set_aside for each in loaded.findings)
    told = [each for each in loaded.findings if each.rule not in UNFILLED]
    return {(each.rule, each.column): (each.rows, each.examples) for each in told}


def refused(**tables):
    """The rules that refuse a registry with these tables, and what they say in Chinese."""
    persons = drawn({"person_key": "p{i}", "birth_month": "1980-01-01"}, 90)
    tables = {"person": persons} | tables
    return [(each.rule, each.text_zh) for each in implausible(load_frames(registry(**tables)))]


def rules(**tables):
    """The rules alone."""
    return [rule for rule, _ in refused(**tables)]


def spells(rows=20, **columns):
    """Spells of as many persons; a column is a text for all, or one made of the row's number."""
    usual = {
        "spell_id": "s{i}",
        "person_key": "p{i}",
        "household_key": "h{i}",
        "category_code": "dibao",
        "region_code": "621202001",
        "valid_from": "2026-01-01",
    }
    return drawn(usual | columns, rows)


def drawn(columns, rows):
    """So many rows of these columns, as a drawn table."""
    lines = [" | ".join(text.format(i=i) for text in columns.values()) for i in range(rows)]
    return "\n".join([" | ".join(columns), *lines])
