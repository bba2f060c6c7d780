"""Facts as a table of persons and terms, filled in place: a quarter of a group-by's work.

A group-by of a hundred conditional days looks at each fact a hundred times; here each is looked at
once. For Polars alone: other engines do not let us at their memory.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from queries.cubes.terms import ALWAYS, NEVER


def with_days(
    people: pl.LazyFrame,
    facts: pl.LazyFrame,
    earliest: Mapping[str, int],
    latest: Mapping[str, int],
) -> pl.LazyFrame:
    """
    People (one row a `person`) and beside each the days of facts (`person`, `term`, `day`).

    `earliest`: column → number of the term of which it shows the first day, or NEVER; `latest`: the
    last day, or ALWAYS.
    """
    rows = people.collect(engine="streaming").with_row_index("row")
    terms = [*earliest.values(), *latest.values()]
    counting = (
        facts.filter(pl.col("term").is_in(terms))
        .join(rows.lazy().select("person", "row"), on="person", how="inner")
        .select("term", "row", "day")
        .collect(engine="streaming")
    )
    table = np.full((len(terms), rows.height), NEVER, np.int32)
    table[len(earliest) :] = ALWAYS
    _fill(table, terms, counting, len(earliest))
    names = [*earliest, *latest]
    days = [pl.Series(name, of_term) for name, of_term in zip(names, table, strict=True)]
    return rows.drop("row").hstack(days).lazy()


def _fill(table: np.ndarray, terms: list[int], facts: pl.DataFrame, earliest: int) -> None:
    """Into the row of each fact's term: the first day into the `earliest` ones, else the last."""
    row_of = np.zeros(max(terms, default=0) + 1, np.int64)
    row_of[terms] = np.arange(len(terms))
    of_term, person, day = (facts[name].to_numpy() for name in ("term", "row", "day"))
    row = row_of[of_term]
    # One index for both: with two, NumPy is ten times slower.
    place, is_first = row * table.shape[1] + person, row < earliest
    np.minimum.at(table.reshape(-1), place[is_first], day[is_first])
    np.maximum.at(table.reshape(-1), place[~is_first], day[~is_first])
