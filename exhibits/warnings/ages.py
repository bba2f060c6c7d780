"""预警处置: how far warnings without a destination are over their limits, which soon will be."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import breakdown_level
from exhibits.recipe import builder
from exhibits.suppressed import total
from exhibits.warnings.unrouted import PAGE, STATE_RULE, limits_in_words, parts_in_words
from exhibits.wording import names, words
from queries.access.open_edition import SUPPRESSED
from queries.answers.wait_bands import band_names
from queries.answers.warnings import OVER_ENDS, SOON, over_limit, without_destination
from queries.cubes.warning_states import WITHOUT_DESTINATION
from queries.scope import Scope
from queries.store.snapshot import Snapshot

WITHIN = "时限内"


@builder
def age_bands(snapshot: Snapshot, scope: Scope, direction: str = "") -> Exhibit:
    """The parts of 未转办 by working days over their limits."""
    rows = over_limit(snapshot, scope.region.level, scope.region, direction)
    bands = [WITHIN, *[f"逾期{name}" for name in band_names(OVER_ENDS)]]
    named = rows.with_columns(
        band=pl.when(pl.col("band").is_null())
        .then(pl.lit(WITHIN))
        .otherwise("逾期" + pl.col("band"))
    )
    every = pl.DataFrame({"band": bands}).join(
        pl.DataFrame({"state": WITHOUT_DESTINATION}), how="cross"
    )
    joined = every.join(named, on=["band", "state"], how="left", maintain_order="left")
    data = joined.select(
        SUPPRESSED,
        label="band",
        series=pl.col("state").replace(names.STATES),
        # A band without a warning has no row; one with a hidden count has.
        value=pl.when(pl.col("group").is_null()).then(0).otherwise("warnings"),
    )
    all_of, over = total(data["value"]), total(data.filter(pl.col("label") != WITHIN)["value"])
    counts = {s: total(named.filter(state=s)["warnings"]) for s in WITHOUT_DESTINATION}
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="unrouted-ages",
        title="未转办预警逾期时间（工作日）",
        finding=f"未转办{words.count(all_of, '条')}（{parts_in_words(counts)}），"
        f"超过各自时限的{words.count(over, '条')}，占{words.share(over, all_of)}。"
        if rows.height
        else "未发生未转办预警。",
        table=data.select(
            pl.col("label").alias("逾期工作日"),
            pl.col("series").alias("状态"),
            pl.col("value").alias("未转办（条）"),
            SUPPRESSED,
        )
        if rows.height
        else pl.DataFrame(),
        chart=Chart(
            kind="bars",
            data=data,
            unit="条",
            x_title="逾期工作日",
            description="未转办预警按逾期工作日分段，待核查、待转办、待民政办理分列",
            stacked=True,
            ordered=True,
        ),
        definition=f"{STATE_RULE}各状态{limits_in_words()}。",
    )


@builder
def soon_overdue(snapshot: Snapshot, scope: Scope, direction: str = "") -> Exhibit:
    """Warnings without a destination that will be overdue in the next 1, 3 and 5 working days."""
    level = breakdown_level(snapshot, scope.region)
    all_rows = without_destination(snapshot, level, scope.region, direction)
    rows = all_rows.filter(pl.col("due_5").is_null() | (pl.col("due_5") > 0))
    name_by_code = names.region_names(snapshot)
    labelled = rows.sort("due_1", "due_3", "due_5", descending=True, nulls_last=True).with_columns(
        label=pl.col("group").replace(name_by_code)
    )
    steps = (
        ("1个工作日内", "due_1", None),
        ("2–3个工作日内", "due_3", "due_1"),
        ("4–5个工作日内", "due_5", "due_3"),
    )
    frames = [
        labelled.select(
            SUPPRESSED,
            "label",
            pl.lit(name).alias("series"),
            value=pl.col(upto) - (pl.col(less) if less else 0),
            code="group",
        )
        for name, upto, less in steps
    ]
    not_zero = pl.col("value").is_null() | (pl.col("value") > 0)
    data = pl.concat(frames).filter(not_zero) if labelled.height else pl.DataFrame()
    due = {k: words.count(total(labelled[f"due_{k}"]), "条") for k in SOON}
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="unrouted-soon",
        title="即将逾期预警",
        finding=f"如不办理，1个工作日内将逾期{due[1]}，3个工作日内{due[3]}，5个工作日内{due[5]}。"
        if labelled.height
        else "未来5个工作日内无即将逾期的待核查、待转办、待民政办理预警。",
        table=labelled.select(
            pl.col("label").alias("地区"),
            *[pl.col(f"due_{k}").alias(f"{k}个工作日内（条）") for k in SOON],
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=data,
            unit="条",
            description="未来1、3、5个工作日内将逾期的待核查、待转办、待民政办理预警",
            stacked=True,
        ),
        definition="待核查、待转办、待民政办理预警中尚未逾期、在所列工作日内仍未办理即逾期的。"
        f"各状态{limits_in_words()}。",
    )
