"""How long it takes until aid: the curves are those of the sentence."""

import re

import pytest

from exhibits.coverage import reach
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import D


@pytest.mark.parametrize("basis", ["firm", "suspected"])
def test_what_the_sentence_names_is_drawn(stored, basis):
    exhibit = reach.how_long(open_snapshot(stored("demonstration"), D), Scope(D), basis)
    named = re.findall(r"[是、](.+?)（\d+日）", exhibit.finding)
    assert named
    assert set(named) <= set(exhibit.chart.data["series"])
    assert exhibit.chart.data["series"].n_unique() <= reach.CURVES
