"""数据质量: can the figures be trusted?"""

from exhibits import quality
from pages.shared import exhibit_card, scope_bar, source_line

snapshot, scope = scope_bar.show("数据质量", "数据新不新、全不全、改过没有？")
for build in (
    quality.tables,
    quality.set_aside,
    quality.on_time,
    quality.overlap,
    quality.revisions,
):
    exhibit_card.show(build(snapshot, scope))
source_line.show(snapshot)
