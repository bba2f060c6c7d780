"""What of the contract a registry has, and why one cannot be used."""

from dataclasses import replace

from data.registry import contract
from data.registry.inspection import survey_of


def present(**tables):
    """Every table with its columns in capitals, but for those given."""
    whole = {
        name: {column: column.upper() for column in contract.polars_schema(name)}
        for name in contract.TABLES
    }
    return survey_of(whole | tables)


def test_a_column_is_read_under_its_name_in_the_database():
    there = present()
    assert there.columns["person"]["person_key"] == "PERSON_KEY"
    assert list(there.columns) == list(contract.TABLES)
    assert there.refusal() is None


def test_required_tables_and_columns_that_are_missing_are_all_named():
    there = present(person=None, region={"region_code": "region_code"})
    assert "person" in there.missing_tables
    refusal = there.refusal()
    assert refusal.startswith("登记库缺少必需的表或列：person、region.")
    assert "region.region_code" not in refusal
    assert replace(there, hint="请查看架构").refusal() == f"{refusal}。请查看架构"


def test_an_optional_table_that_is_absent_or_lacks_a_column_is_not_read():
    there = present(appeal=None, application={})
    assert not {"appeal", "application"} & set(there.columns)
    assert there.refusal() is None
    assert set(there.missing_columns) == {"application"}
