"""Native, editable charts of PowerPoint from chart descriptions."""

from collections.abc import Callable

from pptx.slide import Slide

from briefing.slides import bars, lines, scatter
from exhibits.exhibit import Chart

NATIVE: dict[str, Callable[[Slide, Chart], None]] = {
    "bars": bars.bars,
    "lines": lines.lines,
    "control": lines.control,
    "steps": scatter.steps,
    "funnel": scatter.funnel,
}
