"""Chart descriptions drawn with Plotly, the same on screen and in an exported image."""

from exhibits.draw.figures import enlarged, figure
from exhibits.draw.packed import Packed, packed

__all__ = ["Packed", "enlarged", "figure", "packed"]
