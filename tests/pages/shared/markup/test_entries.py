"""A long table of texts: a line an entry, the rest at one tap."""

import polars as pl

from pages.shared.markup.entries import entries

TABLE = pl.DataFrame(
    {
        "编号": ["I0891"],
        "指标": ["救助<覆盖率>"],
        "单位": ["%"],
        "当前值": ["95.38%"],
        "分母": [""],
        "时限": [None],
    }
)


def test_a_line_shows_the_main_columns_and_opens_to_those_that_say_something():
    assert entries(TABLE, ("编号", "指标", "当前值")) == (
        '<div class="entries" style="--more:1" tabindex="0">'
        '<p class="entry"><span>编号</span><span>指标</span><span>当前值</span></p>'
        '<details><summary class="entry"><span data-name="编号">I0891</span>'
        '<span data-name="指标">救助&lt;覆盖率&gt;</span>'
        '<span data-name="当前值">95.38%</span></summary>'
        "<dl><dt>单位</dt><dd>%</dd></dl></details></div>"
    )
