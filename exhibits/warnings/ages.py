"""预警处置: how long unrouted warnings wait, and which are about to be overdue."""

import polars as pl

from data.reference.policy_tables import limits
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import breakdown_level
from exhibits.recipe import builder
from exhibits.suppressed import total
from exhibits.warnings.unrouted import PAGE, STATE_RULE
from exhibits.wording import names, words
from exhibits.wording.definitions import limit
from queries.access.open_edition import SUPPRESSED
from queries.answers.wait_bands import band_names
from queries.answers.warnings import SOON, ages, unrouted, wait_ends
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def age_bands(snapshot: Snapshot, scope: Scope, direction: str = "") -> Exhibit:
    """Unrouted warnings by working days waited."""
    rows = ages(snapshot, scope.region.level, scope.region, direction)
    late, ends = limits()["warning.route"], wait_ends()
    bands = band_names(ends)
    joined = pl.DataFrame({"band": bands}).join(rows, on="band", how="left", maintain_order="left")
    data = joined.select(
        SUPPRESSED,
        label="band",
        # A band without a warning has no row; one with a hidden count has.
        value=pl.when(pl.col("group").is_null()).then(0).otherwise("warnings"),
        mark=pl.Series(["concern" if i > ends.index(late) else "q3" for i in range(len(bands))]),
    )
    waiting = total(data["value"])
    over = total(data.filter(mark="concern")["value"])
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="unrouted-ages",
        title="未转办预警_等待时间",
        question="已经等了多久？",
        finding=f"等待超过{late}个工作日的{words.count(over, '条')}，"
        f"占{words.share(over, waiting)}。"
        if rows.height
        else "未发生未转办预警。",
        table=data.select(
            pl.col("label").alias("等待工作日"), pl.col("value").alias("未转办（条）"), SUPPRESSED
        )
        if rows.height
        else pl.DataFrame(),
        chart=Chart(
            kind="bars",
            data=data,
            unit="条",
            x_title="等待工作日",
            description="按等待工作日分段的未转办预警，超过时限的各段为橙色",
        ),
        definition=f"{STATE_RULE}橙色为超过时限的各段。{limit('warning.route')}。",
    )


@builder
def soon_overdue(snapshot: Snapshot, scope: Scope, direction: str = "") -> Exhibit:
    """Unrouted warnings that will be overdue in the next 1, 3 and 5 working days."""
    level = breakdown_level(snapshot, scope.region)
    all_rows = unrouted(snapshot, level, scope.region, direction)
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
        title="即将超时预警",
        question="哪些即将超时？",
        finding=f"如不转办，1个工作日内将超时{due[1]}，3个工作日内{due[3]}，5个工作日内{due[5]}。"
        if labelled.height
        else "未来5个工作日内无即将超时的未转办预警。",
        table=labelled.select(
            pl.col("label").alias("地区"),
            *[pl.col(f"due_{k}").alias(f"{k}个工作日内（条）") for k in SOON],
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=data,
            unit="条",
            description="未来1、3、5个工作日内将超时的未转办预警",
            stacked=True,
            horizontal=True,
        ),
        definition=f"尚未超时、在所列工作日内仍未转办即超时的预警。{limit('warning.route')}。",
    )
