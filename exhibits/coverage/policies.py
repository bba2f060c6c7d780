"""覆盖缺口: where a programme that is left to the counties is switched on."""

import polars as pl

from exhibits.coverage.rows import PAGE
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.wording import names, words
from queries.access import OUTSIDE, AccessError
from queries.answers.breakdowns import regions
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def switched_on(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Counties where a programme that is left to them is switched on."""
    connected = "programme_policy" in snapshot.manifest["connected"]
    access = snapshot.access
    if access.township:
        # Where a county switched something on is listed by county.
        raise AccessError(OUTSIDE)
    counties = {c: name for c, name in regions(snapshot, "county") if c.startswith(access.county)}
    on = (
        {(r["county"], r["programme"]): r for r in _policies(snapshot).to_dicts()}
        if connected
        else {}
    )
    programmes = sorted({programme for _, programme in on})
    records = []
    for code in programmes:
        for county, name in counties.items():
            row = on.get((county, code))
            text = "已开通" if row else "未开通"
            hover = f"{name}·{names.programme(code)}：{text}"
            records.append(
                (name, names.programme(code), text, "on" if row else "off", county, hover)
            )
    schema = dict.fromkeys(("x", "y", "text", "mark", "code", "hover"), pl.String)
    data = pl.DataFrame(records, schema=schema, orient="row")
    none = [name for code, name in counties.items() if not any(c == code for c, _ in on)]
    finding = (
        f"{words.NOT_CONNECTED}。"
        if not connected
        else f"由地方政策决定的项目共{len(programmes)}项"
    )
    if connected:
        finding += (
            f"；一项也未开通的是{words.listed(none)}。" if none else "，各县区均已开通至少一项。"
        )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="switched-on",
        title="地方自主项目开通情况",
        finding=finding,
        table=data.select(
            pl.col("y").alias("项目"), pl.col("x").alias("县区"), pl.col("text").alias("是否开通")
        )
        if data.height
        else pl.DataFrame(),
        chart=Chart(
            kind="matrix",
            data=data,
            description="地方自主项目在各县区的开通情况",
            classes=(("已开通", "on"), ("未开通", "off")),
        ),
        definition="政策用语为“可”“有条件的县区”的项目，仅在县区开通（“救助项目地方政策”表）后计缺口；未开通不视为缺口。",
    )


def _policies(snapshot: Snapshot) -> pl.DataFrame:
    return snapshot.cube("policies")
