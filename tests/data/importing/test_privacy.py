"""No personal data gets in, wherever it stands. The numbers are invented."""

import hashlib
import hmac

import polars as pl
import pytest

from data.importing.cells import Refusal
from data.importing.privacy import looks_like, refused, with_keys

ID = "11010519491231002X"  # the example of GB 11643


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ID, "疑似居民身份证号"),
        (f"户主{ID.lower()}", "疑似居民身份证号"),
        ("13800138000", "疑似手机号"),
        ("电13800138000", "疑似手机号"),
        ("6222021234567890128", "疑似银行卡号"),
        ("110105194912310021", None),
        ("110105194912310000", "疑似被表格截断的证件号"),
        ("1.10105E+17", "疑似被表格截断的证件号"),
        ("621202100001", None),
        ("20240101", None),
    ],
)
def test_numbers_are_known_by_their_look(text, reason):
    assert looks_like(text) == reason


def test_headers_and_cells_are_refused_in_every_column():
    cells = pl.DataFrame(
        {
            "人员代理键": ["p1", "138 0013 8000"],
            "姓名": ["甲", "乙"],
            "备注": ["１１０１０５１９４９１２３１００２Ｘ", ""],
        }
    )
    assert [(r.row, r.header, r.private) for r in refused("person", cells, {})] == [
        (1, "姓名", True),
        (3, "人员代理键", True),
        (2, "备注", True),
    ]


def test_an_id_number_becomes_a_key_in_memory_and_a_wrong_one_is_refused():
    cells = pl.DataFrame({"身份证号": [ID, "123"], "性别": ["男", "女"]})
    keyed, wrong = with_keys("person", cells, {}, b"secret")
    key = hmac.new(b"secret", ID.encode(), hashlib.sha256).hexdigest()[:32]
    assert keyed["person_key"].to_list() == [key, ""]
    assert wrong == [Refusal(3, "person_key", "不是有效的居民身份证号", private=True)]
    assert refused("person", keyed, {}) == []
