"""数据质量: can the figures be trusted?"""

from exhibits.quality import records, submissions, tables
from pages.shared import url_choice
from pages.shared.widgets import exhibit_card, scope_bar, source_line

PARTS = {
    "records": "新鲜与完整",
    "faults": "剔除与提示",
    "reports": "报送与重复",
    "tables": "接入与修订",
}

snapshot, scope = scope_bar.show("数据质量", "数据更新、完整与修订情况")
part = url_choice.part(PARTS)
builders = {
    "records": (records.fresh, records.complete),
    "faults": (tables.set_aside, tables.reported),
    "reports": (submissions.on_time, submissions.merged, submissions.overlap),
    "tables": (tables.tables, tables.revisions),
}
for build in builders[part]:
    exhibit_card.show(build(snapshot, scope))
source_line.show(snapshot)
