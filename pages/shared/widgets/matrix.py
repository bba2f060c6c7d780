"""A matrix on a page: a table that is sorted by the column clicked, on a phone a list."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from exhibits.exhibit import Chart
from pages.shared.markup import matrix
from queries.region import Region

_sorting = st.components.v2.component(
    "matrix", html="", js=Path(__file__).with_name("matrix.js").read_text("utf-8")
)


def show(
    chart: Chart,
    key: str,
    links: Mapping[str, str] | None = None,
    regions: Literal["x", "y"] = "x",
    ends: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    """The matrix of a chart; without `links` regions lead to the same page there."""
    if links is None:
        codes = chart.data["code"].drop_nulls().unique()
        links = {code: _here(code) for code in codes if Region(code).county}
    st.html(matrix.table(chart, links, regions, ends))
    _sorting(key=f"matrix-{key}")


def _here(code: str) -> str:
    """The URL of this page for a region."""
    region = Region(code)
    where = {"region": region.county, "township": region.township}
    query = {**st.query_params.to_dict(), **where}
    return f"?{urlencode({name: value for name, value in query.items() if value})}"
