"""The audit log in Chinese: who saw or exported what, when, from where; whether it is intact."""

import polars as pl

from exhibits.wording import names, periods
from queries.access import roles
from queries.access.audit_trail import Fault

EVENTS = {
    "page": "查看",
    "export": "导出",
    "sign_in": "登录",
    "sign_out": "退出",
    "refused": "拒绝",
    "import": "导入",
    "thin": "删除旧快照",
    "prune": "删除旧日志",
}

#: Column of the log → what it is called on screen and in files, in their order.
COLUMNS = {
    "at": "时间",
    "account": "账号",
    "unit": "单位",
    "role": "角色",
    "event": "事件",
    "what": "页面或文件",
    "as_of": "截至日",
    "compared": "对比日",
    "region": "县区代码",
    "department": "部门",
    "category": "类别",
    "residence": "城乡",
    "period": "时段",
    "options": "其他选项",
    "source": "来源地址",
}

DEFINITION = (
    "只记谁、何时、从何处、看了什么页面或导出了什么文件及其范围，不记任何救助对象的信息；"
    "时间为北京时间；每条含上一条的校验值，改动、删除、调换均能发现；至少保留180日"
)


def as_table(entries: pl.DataFrame) -> pl.DataFrame:
    """Entries in Chinese, the newest first."""
    time = pl.col("at").dt.convert_time_zone("Asia/Shanghai").dt.strftime("%Y-%m-%d %H:%M:%S")
    texts_by_code = {
        "role": {key: role["name"] for key, role in roles().items()},
        "event": EVENTS,
        "department": names.departments(),
        "category": names.categories(),
        "residence": names.RESIDENCES,
        "period": periods.NAMES,
    }
    texts = [pl.col(name).replace(words) for name, words in texts_by_code.items()]
    newest = entries.reverse().with_columns(time.alias("at"), *texts)
    return newest.select(*COLUMNS).rename(COLUMNS)


def narrowed(table: pl.DataFrame, **wanted: list[str]) -> pl.DataFrame:
    """Rows whose column is one of the wanted values; an empty list filters nothing."""
    for name, values in wanted.items():
        if values:
            table = table.filter(pl.col(name).is_in(values))
    return table


def counts(table: pl.DataFrame) -> list[tuple[str, str, bool]]:
    """Each event, how often it occurs, and whether it needs attention."""
    count_by_event = dict(table.group_by("事件").len().rows())
    refusals = count_by_event.get(EVENTS["refused"], 0)
    return [
        (name, f"{count_by_event.get(name, 0)}条", name == EVENTS["refused"] and refusals > 0)
        for name in EVENTS.values()
    ]


def finding(table: pl.DataFrame, total: int) -> str:
    """显示3条，共5条，涉及2个账号"""
    accounts = table["账号"].n_unique()
    return f"显示{table.height}条，共{total}条，涉及{accounts}个账号。" if total else "暂无记录。"


def state(fault: Fault | None) -> tuple[bool, str]:
    """Whether the log is whole, and that in words with a shape beside them."""
    if fault is None:
        return True, "● 日志完整：各条首尾相接，未发现改动、删除或调换。"
    return False, f"▼ 日志不完整：{fault.text}。"
