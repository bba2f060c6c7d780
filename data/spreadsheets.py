"""Tables for people who open them in a spreadsheet: a text that begins like a formula is text."""

import polars as pl

#: What spreadsheets take for the beginning of a formula, in full width too (OWASP's list).
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"

#: A number below nothing is no formula, such as -5.2%.
NUMBER = r"^-[\d,.]+%?$"


def as_text(table: pl.DataFrame) -> pl.DataFrame:
    """The table, with an apostrophe before each cell and name that begins like a formula."""
    text = pl.col(pl.String)
    begins = text.str.contains(FORMULA) & ~text.str.contains(NUMBER)
    safe = pl.when(begins).then(pl.lit("'") + text).otherwise(text).name.keep()
    names = pl.Series("name", table.columns, dtype=pl.String)
    risky = set(names.filter(names.str.contains(FORMULA) & ~names.str.contains(NUMBER)))
    return table.with_columns(safe).rename({name: f"'{name}" for name in risky})
