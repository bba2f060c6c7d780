"""A flow in layers: a node of one name stands once a layer."""

import polars as pl

from exhibits.draw.flow import flow
from exhibits.exhibit import Chart

LINKS = pl.DataFrame(
    {
        "layer": [0, 0, 1],
        "source": ["走访", "比对", "住建"],
        "target": ["住建", "住建", "走访"],
        "n": [3, None, 10],
        "suppressed": [False, True, False],
    }
)


def test_links_lead_from_layer_to_layer_and_a_hidden_one_is_a_stub():
    (sankey, *_), _ = flow(Chart("flow", LINKS, unit="件"))
    links = sankey["link"]
    names = sankey["node"]["label"]
    assert [name.split("<")[0].split(" ")[0] for name in names] == ["走访", "比对", "住建", "走访"]
    assert (links["source"], links["target"]) == ([0, 1, 2], [2, 2, 3])
    # 2 % of the widest.
    assert links["value"] == [3, 0.2, 10]
