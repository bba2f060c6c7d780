"""The sparkline of a card: the last point is marked, a signal of it stands above the point."""

from base64 import b64decode
from types import SimpleNamespace

from exhibits import palette
from exhibits.overview.headlines import Spark
from pages.shared.markup import sparkline
from queries.catalogue import catalogue


def drawn(*signals: str) -> str:
    spark = Spark((1.0, 2.0, 9.0), signals, 3.0, 1.0, 5.0)
    card = SimpleNamespace(indicator=catalogue()["I0708"], spark=spark, variation_text="▼ 异常变差")
    source = sparkline.image(card).partition("base64,")[2].partition('"')[0]
    return b64decode(source).decode()


def test_the_last_point_and_the_limits_are_drawn():
    svg = drawn("", "", "")
    assert svg.count("<circle") == 1
    assert svg.count("<rect") == 1
    assert "<polygon" not in svg


def test_the_signal_of_the_last_point_is_not_covered():
    svg = drawn("", "", "concern")
    assert svg.index("<circle") < svg.index("<polygon")
    assert palette.CONCERN in svg
