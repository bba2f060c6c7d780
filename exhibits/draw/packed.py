"""A figure as it is sent to a browser: its JSON compressed, and a name that changes with it."""

import gzip
import hashlib
from base64 import b64encode
from dataclasses import dataclass

from plotly.io.json import to_json_plotly

from exhibits.draw.figures import enlarged, figure
from exhibits.exhibit import Exhibit
from queries.cache import cached

#: A figure's height in pixels where it says none: Plotly's own.
HEIGHT = 450


@dataclass(frozen=True)
class Packed:
    """`text`: gzipped JSON in base64; `name`: equal for equal figures; `height` in pixels."""

    name: str
    text: str
    height: int


# A tenth of a figure's size; exhibits are cached, so they are equal by identity.
@cached(8_000_000, weigh=lambda chart: len(chart.text))
def packed(exhibit: Exhibit, scale: float = 1, height: int = 0) -> Packed:
    """
    The figure of an exhibit, for a large screen with its scale and height in pixels (`enlarged`).

    Its template is left out: every drawing says its colours itself. Columns of numbers that NumPy
    holds travel as typed arrays.
    """
    drawn = enlarged(exhibit, scale, height) if height else figure(exhibit)
    whole = drawn.to_plotly_json()
    layout = {name: value for name, value in whole["layout"].items() if name != "template"}
    text = to_json_plotly({**whole, "layout": layout}).encode()
    return Packed(
        hashlib.sha256(text).hexdigest()[:16],
        b64encode(gzip.compress(text, 6, mtime=0)).decode(),
        layout.get("height", HEIGHT),
    )
