"""How fresh each source is: who has stopped sending, and whose code is no county."""

import polars as pl

from exhibits.quality import records

ROWS = pl.DataFrame(
    {
        "place": ["武都区", "成县", "未知621229"],
        "source": ["预警", "走访", "救助待遇时段"],
        "days": [1, 50, 364],
    }
)


def test_a_code_that_is_no_county_is_explained_and_not_called_stopped():
    assert records._stale_words(3, ROWS) == "成县走访超过40日没有新记录，请核实是否停报。"
    assert records._unknown_words({"621202": "武都区", "621229": "未知621229"}) == (
        "记录中有区划表没有的县区代码621229（列为“未知”加代码），"
        "请报送单位核对更正；更正前计入全市，不计入任何县区。"
    )
    assert records._unknown_words({"621202": "武都区"}) == ""
