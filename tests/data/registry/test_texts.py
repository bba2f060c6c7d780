"""What says nothing is null, and a code stands in the contract's form."""

import polars as pl
import pyarrow as pa
import pytest

from data.registry.texts import bare, is_plain, read, region_codes, says_nothing, without_zeros


def texts(*values):
    return pl.Series(values, dtype=pl.String)


@pytest.mark.parametrize("nothing", ["", " ", "NULL", "（null）", "N/A", "--", "无", r"\N", "NaN"])
def test_what_people_and_exports_write_for_nothing_is_null(nothing):
    assert read(texts(nothing), is_code=True).to_list() == [None]


def test_small_none_is_a_code():
    assert read(texts("none", "None"), is_code=True).to_list() == ["none", None]


def test_a_code_is_half_width_and_whole_and_a_text_is_as_it_was_written():
    given = texts(" ６２１２０２ ", "621202.0", "\ufeffdibao\u200b")
    assert read(given, is_code=True).to_list() == ["621202", "621202", "dibao"]
    assert read(texts(" １号楼 "), is_code=False).to_list() == ["１号楼"]


def test_what_is_invisible_goes_and_a_number_that_says_nothing_is_none():
    assert bare(texts("\u200e１２ ")).to_list() == ["12"]
    assert says_nothing(texts("－", "0", "空")).to_list() == [True, False, True]


@pytest.mark.parametrize(
    ("text", "plain"),
    [("aZ_09-", True), ("a b", False), ("621202.0", False), ("N/A", False), ("号", False)],
)
def test_plain_is_what_nothing_has_to_be_taken_away_from(text, plain):
    assert is_plain(pa.array([text])) is plain


def test_regions_filled_up_with_zeros_are_cut_to_their_level():
    filled = texts("621202000000", "621202001000", "621202001003", "621202000", "621200", "000000")
    assert region_codes(filled).to_list() == [
        *("621202", "621202001", "621202001003", "621202", "621200", None)
    ]


def test_a_key_of_zeros_is_nobodys():
    assert without_zeros(texts("000", "0x0", "10")).to_list() == [None, "0x0", "10"]
