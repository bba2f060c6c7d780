"""Values of a registry that may be shown to whoever mends it: never what may be personal."""

import re

import narwhals as nw

from data.registry.frames import Native, collected

HIDDEN = "■"

#: Values or codes that are named, and how long they may be: an address is longer.
MOST, LONGEST = 5, 24

#: Mobile numbers; ID numbers and bank cards; what begins with a family name that is no usual word.
NUMBERS = r"(?<!\d)(86)?1[3-9]\d{9}(?!\d)|\d{15,}"
NAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂"
    "焦向柳邢岳齐梅莫庄辛管祝左涂谷祁耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
)

#: So many rows with one value: no name identifies anybody then.
USUAL = 10


def shown(value: str, rows: int = 1) -> str:
    """A value, or ■ where it may be a number or name of somebody, or an address."""
    compact = re.sub(r"[\s·.\-—_]", "", value)
    is_name = re.fullmatch(f"[{NAMES}][一-鿿]{{1,3}}", compact) and rows < USUAL
    personal = len(value) > LONGEST or re.search(NUMBERS, compact) or is_name
    return HIDDEN if personal else value


def sample(column: str, values: list[str]) -> tuple[str, ...]:
    """Values that a type cannot hold; of the days of persons the form alone."""
    if column in ("birth_month", "death_date"):
        values = [re.sub(r"\d", "9", each) for each in values]
    return tuple(dict.fromkeys(map(shown, values)))[:MOST]


def counted(column: str, broken: Native) -> tuple[str, ...]:
    """The codes that occur in a column of these rows, the most frequent first, with their rows."""
    counts = collected(
        nw.from_native(broken)
        .select(code=nw.col(column).cast(nw.String))
        .drop_nulls()
        .group_by("code")
        .agg(rows=nw.len())
        .sort("rows", "code", descending=[True, False])
        .head(MOST + 1)
    ).rows()
    named = tuple(f"{shown(code, rows)}（{rows:,}）" for code, rows in counts[:MOST])
    return (*named, "…") if len(counts) > MOST else named
