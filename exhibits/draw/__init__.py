"""Chart descriptions drawn with Plotly, the same on screen and in an exported image."""

from exhibits.draw.figures import enlarged, figure

__all__ = ["enlarged", "figure"]
