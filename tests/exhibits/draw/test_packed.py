"""A figure on its way to the browser: whole, small, named by its content."""

import gzip
import json
from base64 import b64decode
from dataclasses import replace
from datetime import date

import polars as pl

from exhibits import draw
from exhibits.exhibit import Chart, Exhibit

EXHIBIT = Exhibit(
    key="k",
    page="总览",
    title="在办预警",
    finding="礼县最多。",
    table=pl.DataFrame({"县区": ["礼县", "成县"], "数量": [3, 1]}),
    chart=Chart("bars", pl.DataFrame({"label": ["礼县", "成县"], "value": [3, 1]}), unit="条"),
    definition="",
    as_of=date(2026, 10, 31),
    place="全市",
)


def unpacked(packed: draw.Packed) -> dict:
    return json.loads(gzip.decompress(b64decode(packed.text)))


def test_the_browser_gets_the_figure_without_a_template():
    drawn = draw.figure(EXHIBIT).to_plotly_json()
    sent = unpacked(draw.packed(EXHIBIT))
    assert [trace["type"] for trace in sent["data"]] == [trace["type"] for trace in drawn["data"]]
    assert sent["layout"].keys() == drawn["layout"].keys() - {"template"}


def test_equal_figures_have_one_name_and_others_another():
    other = replace(EXHIBIT, chart=replace(EXHIBIT.chart, unit="件"))
    names = [draw.packed(each).name for each in (EXHIBIT, replace(EXHIBIT, key="other"), other)]
    assert names[0] == names[1] != names[2]


def test_on_a_large_screen_it_is_as_high_as_asked():
    assert draw.packed(EXHIBIT).height == draw.figure(EXHIBIT).layout.height
    large = draw.packed(EXHIBIT, 1.65, 778)
    assert (large.height, unpacked(large)["layout"]["height"]) == (778, 778)
