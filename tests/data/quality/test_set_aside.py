"""Rows that do not count leave the table; a repeated key sets aside all its rows."""

from judged import findings, kept, load


def test_a_clean_table_is_kept_whole():
    loaded = load(person="person_key | sex  | birth_month\na | male | 1990-05-01\nb | | ")
    assert kept(loaded, "person") == ["a", "b"]
    assert loaded.rows_set_aside == {}
    assert loaded.findings == []


def test_a_repeated_key_sets_aside_all_its_rows():
    loaded = load(person="person_key | sex\na | male\na | male\na | female\nb | male")
    assert kept(loaded, "person") == ["b"]
    assert loaded.rows_set_aside == {"person": {"duplicate_key": 3}}


def test_a_key_of_several_columns_is_repeated_as_a_whole():
    loaded = load(
        region_population="""
            region_code | stat_year | registered_population
            621202      | 2024      | 1
            621202      | 2025      | 2
            621221      | 2024      | 3
            621221      | 2024      | 3
            621221      |           | 3
        """
    )
    assert kept(loaded, "region_population") == [("621202", 2024), ("621202", 2025)]
    assert findings(loaded, "region_population") == [
        ("null_key", "stat_year", 1, ("621221|（空）",)),
        ("duplicate_key", "region_code+stat_year", 2, ("621221|2024", "621221|2024")),
    ]


def test_a_repeated_key_counts_rows_that_are_set_aside_for_another_reason():
    loaded = load(person="person_key | sex\na | man\na | male")
    assert loaded.rows_set_aside == {"person": {"unknown_code": 1, "duplicate_key": 2}}
    assert loaded.set_aside("person") == 2
