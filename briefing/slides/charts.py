"""Native, editable charts of PowerPoint from chart descriptions."""

from collections.abc import Callable

from pptx.slide import Slide

from briefing.slides import bars, lines, scatter
from briefing.slides.page import Box
from exhibits.exhibit import Chart

#: By kind, what draws a chart in a box; the text names a single series.
NATIVE: dict[str, Callable[[Slide, Chart, Box, str], None]] = {
    "bars": bars.bars,
    "lines": lines.lines,
    "control": lines.control,
    "steps": scatter.steps,
    "funnel": scatter.funnel,
}
