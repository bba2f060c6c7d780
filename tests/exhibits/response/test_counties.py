"""部门×地区: the colour is beside all departments and the target, the arrow beside its own level."""

from datetime import date

from drawing import registry, snapshot_of
from exhibits.response.counties import by_county
from queries.access import access
from queries.scope import Scope
from queries.store.snapshot import open_snapshot

D = date(2026, 10, 31)

#: Department, region, in time, due on 30 October. The city: 2,059 of 2,329, 88.4 %.
CELLS = (
    ("education", "621202001", 1000, 1000),
    ("education", "621221001", 900, 1000),
    ("health", "621202001", 50, 200),
    ("health", "621221001", 40, 60),
    ("housing", "621202001", 29, 29),
    ("housing", "621221001", 40, 40),
)


def referrals() -> str:
    lines = ["referral_id | region_code | to_dept | sent_at | responded_at"]
    for department, region, in_time, due in CELLS:
        for i in range(due):
            answered = "2026-10-30 09:00:00" if i < in_time else ""
            lines.append(
                f"{department}{region}{i} | {region} | {department} | 2026-09-28 | {answered}"
            )
    return "\n".join(lines)


def test_the_worst_is_marked_wherever_its_own_level_is_bad_too(tmp_path):
    snapshot = snapshot_of(registry(referral=referrals()), tmp_path, D)
    exhibit = by_county(snapshot, Scope(D))
    cells = exhibit.chart.data.select("y", "x", "text", "mark").sort("y", "x").rows()
    assert sorted(cells) == sorted([
        ("市教育局", "武都区", "100▲↑", "improvement"),
        ("市教育局", "成县", "90↓", "usual"),
        ("市卫生健康委", "武都区", "25▼↓", "concern"),
        ("市卫生健康委", "成县", "67▼↑", "concern"),
        ("市住建局", "武都区", "100", "few"),
        ("市住建局", "成县", "100▲", "improvement"),
    ])  # fmt: skip
    assert exhibit.finding == (
        "显著低于目标90%和全市各部门合计的是市卫生健康委（武都区、成县）；"
        "另有低于本部门自身全市水平的市教育局（成县）。"
    )
    own = access("department", department="health")
    alone = by_county(open_snapshot(snapshot.folder, D, access=own), Scope(D))
    assert alone.finding == "显著低于目标90%的是市卫生健康委（武都区、成县）。"
