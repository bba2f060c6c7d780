"""Texts of a registry: what says nothing is null, and a code stands in the contract's form.

Whatever a database hands over as text passes here, by whichever way it was read.
"""

import numpy as np
import polars as pl
import pyarrow as pa

#: Written where there is nothing, by people and by exports. Small `none` is a code of the contract.
NOTHING = [
    *("", "NULL", "Null", "null", "(NULL)", "(null)", "None", r"\N", "N/A", "n/a", "#N/A", "nil"),
    *("-", "--", "—", "——", "/", "无", "空"),
]

#: The same in a text; as a number it is no number (`wrong_type`).
NO_TEXT = [*NOTHING, "NaN", "nan"]

#: Bytes of the longest of them.
LONGEST = max(len(each.encode()) for each in NO_TEXT)

#: Control characters, spaces without width, marks of direction and of byte order.
INVISIBLE = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F\x{200B}-\x{200F}\x{2060}\x{FEFF}]"

#: Columns that hold a region's code, and its form: digits by level.
REGIONS = {"region_code", "parent_code", "county_code", "incident_region"}
REGION_FORM = r"^\d{6}(\d{3}(\d{3})?)?$"
DIGITS = {"province": 6, "city": 6, "county": 6, "township": 9, "village": 12}


def is_plain(texts: pa.Array) -> bool:
    """
    Whether all texts are of visible ASCII from `-` on, without `.` and `/`: letters, digits, `-`
    and `_` among them. Nothing stands around them.

    One look at the bytes costs a tenth of stripping every text.
    """
    if not (pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type)):
        return False
    content = texts.buffers()[2]
    if content is None:
        return True
    by = np.frombuffer(content, np.uint8)
    return not ((by - ord("-") > ord("~") - ord("-")) | (by == ord(".")) | (by == ord("/"))).any()


def bare(text: pl.Series) -> pl.Series:
    """Texts in half-width characters, without what is invisible and without spaces around them."""
    visible = text.str.normalize("NFKC").str.replace_all(INVISIBLE, "")
    return visible.str.strip_chars()


def says_nothing(text: pl.Series) -> pl.Series:
    """Where a text that should be a number or a day is blank, or says that there is none."""
    return bare(text).is_in(NOTHING)


def read(text: pl.Series, is_code: bool, plain: bool = False) -> pl.Series:
    """
    Texts without spaces around them, null where they say nothing.

    Codes are half-width, and whole where a driver wrote a number (`621202.0`). `plain`: see
    `is_plain`.
    """
    if not plain and is_code:
        text = bare(text).str.replace(r"^(\d+)\.0+$", "$1")
    elif not plain:
        text = text.str.replace_all(INVISIBLE, "").str.strip_chars()
    if not (text.str.len_bytes() <= LONGEST).any():
        return text
    nothing = text.is_in(NO_TEXT)
    return text.set(nothing, None) if nothing.any() else text


def without_zeros(keys: pl.Series) -> pl.Series:
    """Keys, null where all is 0: one household of everybody who has none."""
    zeros = keys.str.contains("^0+$")
    return keys.set(zeros, None) if zeros.any() else keys


def region_codes(codes: pl.Series) -> pl.Series:
    """
    Codes of 6, 9 or 12 digits, of which those of counties and townships were filled up with zeros.

    No township and no village has the number 000. What is in another form stays as it is.
    """
    if not codes.str.ends_with("000").any():
        return codes
    cut = codes.str.replace(r"^(\d{9})000$", "$1").str.replace(r"^(\d{6})000$", "$1")
    return without_zeros(cut)
