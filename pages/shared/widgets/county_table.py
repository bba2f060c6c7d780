"""县区指标对照: the headline figures of the counties as a matrix."""

from dataclasses import replace

import streamlit as st

from exhibits.county import comparison, county_matrix
from exhibits.county.headline_figures import headline_figures
from pages.shared.markup import html
from pages.shared.widgets import exhibit_card, matrix, scope_url
from queries.region import Region
from queries.scope import Scope, Snapshot


def show(snapshot: Snapshot, scope: Scope) -> None:
    """The headline figures of the counties; a county's name leads to it."""
    exhibit = comparison.county_table(snapshot, scope)
    if exhibit.chart is None:
        exhibit_card.show(exhibit)
        return
    codes = exhibit.chart.data["code"].unique(maintain_order=True).to_list()
    links = {
        code: _link(scope, code) for code in codes if code and snapshot.access.own.contains(code)
    }
    ends = county_matrix.best_and_worst(headline_figures(snapshot, scope.period))
    with st.container(border=True, key=f"card-{exhibit.key}"):
        st.html(html.finding(exhibit.title, exhibit.finding, exhibit.when))
        matrix.show(exhibit.chart, exhibit.key, links, "y", ends)
        exhibit_card.more(exhibit, folded=True, pinned=True)


def _link(scope: Scope, code: str) -> str:
    return scope_url.link("county", replace(scope, region=Region(code)))
