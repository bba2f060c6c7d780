"""Personal data is refused before anything is stored: by header, and by look in every column."""

import hashlib
import hmac
import re
from collections.abc import Mapping

import polars as pl

from data.importing.cells import Refusal
from data.importing.headers import MARK, matched
from data.registry.contract import TABLES
from data.registry.texts import bare

#: What a header says that no registry may hold.
FORBIDDEN = re.compile(
    "姓名|身份证|证件号|电话|手机|联系方式|住址|地址|门牌|银行卡|银行账|账号|开户"
    r"|^(full_?)?name$|id_?(card|no|number)|phone|mobile|telephone|address|bank",
    re.IGNORECASE,
)

#: Headers of the number from which the importer makes a person's key.
ID_HEADER = re.compile("^(公民)?身份(证|证件)?(号|号码)$|^证件号码?$")

ID = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
MOBILE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
CARD = re.compile(r"(?<!\d)(?:62\d{14,17}|[345]\d{15})(?!\d)")

#: A long number whose last digits a spreadsheet lost: it keeps fifteen of them.
CUT = re.compile(rf"(?={ID.pattern})\d{{15}}(?:00\d|99\d)|\d(?:\.\d+)?[eE]\+?1[4-9]")

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_forbidden(header: str) -> bool:
    """Whether a header says, or is, what no registry may hold."""
    return bool(FORBIDDEN.search(header) or name_looks_like(header))


def refused(table: str, cells: pl.DataFrame, local: Mapping[str, str]) -> list[Refusal]:
    """The headers and cells that show personal data, to be sent back as ■; `local`: `matched`."""
    ours = matched(table, cells.columns, local)
    headers = [
        Refusal(1, name, "不得报送姓名、证件号、电话、住址、银行账号", private=True)
        for name in cells.columns
        if name not in ours and FORBIDDEN.search(name)
    ]
    headers += [
        Refusal(1, name, f"列名{reason}", private=True)
        for name in cells.columns
        if (reason := name_looks_like(name))
    ]
    return headers + [
        Refusal(row, name, reason, private=True)
        for name in cells.columns
        for row, text in enumerate(_joined(cells[name]), 2)
        if text and (reason := looks_like(text))
    ]


def name_looks_like(header: str) -> str | None:
    """Which personal number stands where a file without headers has its first row."""
    text = _joined(pl.Series([header]))[0]
    return looks_like(text) if text else None


def _joined(text: pl.Series) -> pl.Series:
    """Texts in half width, digits in groups drawn together; null where no number is long."""
    joined = bare(text).str.replace_all(r"(\d)[\s\-]+", "$1")
    return joined.set(~joined.str.contains(r"\d{11}|\d[eE]\+?1"), None)


def looks_like(text: str) -> str | None:
    """Which personal number a text holds, if it holds one."""
    if any(is_id(number) for number in ID.findall(text)):
        return "疑似居民身份证号"
    if MOBILE.search(text):
        return "疑似手机号"
    if any(_luhn(number) for number in CARD.findall(text)):
        return "疑似银行卡号"
    if CUT.fullmatch(text):
        return "疑似被表格截断的证件号"
    return None


def is_id(number: str) -> bool:
    """Whether this is an ID number of 18 digits with the right check digit (GB 11643)."""
    if not ID.fullmatch(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def with_keys(
    table: str, cells: pl.DataFrame, local: Mapping[str, str], secret: bytes
) -> tuple[pl.DataFrame, list[Refusal]]:
    """
    A column of ID numbers replaced by the persons' keys, where the file has no key of its own.

    A key is 32 hexadecimal digits of HMAC-SHA256 under `secret`; a number that is none is refused.
    """
    numbers = [name for name in cells.columns if ID_HEADER.match(name.rstrip(MARK))]
    has_key = "person_key" in matched(table, cells.columns, local).values()
    if len(numbers) != 1 or has_key or "person_key" not in TABLES[table].columns:
        return cells, []
    [name] = numbers
    ids = bare(cells[name]).str.to_uppercase().to_list()
    wrong = [
        Refusal(row, "person_key", "不是有效的居民身份证号", private=True)
        for row, number in enumerate(ids, 2)
        if number and not is_id(number)
    ]
    keys = [_key(number, secret) if is_id(number) else "" for number in ids]
    column = pl.Series("person_key", keys, dtype=pl.String)
    return cells.with_columns(column.alias(name)).rename({name: "person_key"}), wrong


def _key(number: str, secret: bytes) -> str:
    return hmac.new(secret, number.encode(), hashlib.sha256).hexdigest()[:32]
