"""Benefits that run: households in dibao, persons paid after their death, persons paid twice."""

from collections.abc import Iterator
from datetime import timedelta

import narwhals as nw

from queries.cubes.benefits import BASIC_LIVING, Levels, holding
from queries.cubes.counting import Context, distinct, mark
from queries.cubes.numbers import alone
from queries.cubes.stage import EPOCH, day_number

DIBAO = ["P0801", "P0803", "P0804"]
HOUSING = ["P0931", "P0932"]

#: What one person may hold once: a basic living benefit, and one of the two of housing.
EXCLUSIVE = {"basic": BASIC_LIVING, "housing": HOUSING[:1], "rent": HOUSING[1:]}


def stocks(context: Context) -> Iterator[Levels]:
    """I0806, I0808, I0809."""
    running = holding(context)
    yield _dibao_households(running)
    yield _paid_after_death(running, context)
    yield _duplicates(running)


def _dibao_households(running: nw.LazyFrame) -> Levels:
    """I0806: households with a dibao spell; without a household the person is one."""
    dibao = running.filter(nw.col("programme_code").is_in(DIBAO))
    keyed = dibao.with_columns(household=nw.coalesce(nw.col("household_key"), alone(dibao)))
    return distinct(keyed, "I0806", "household")


def _paid_after_death(running: nw.LazyFrame, context: Context) -> Levels:
    """I0808 死亡未停发: died before the month of D, and a basic living spell holds."""
    month = day_number((EPOCH + timedelta(days=context.day)).replace(day=1))
    dead = context.staged["lifetime"].filter(nw.col("death_date") < month)
    basic = running.filter(nw.col("programme_code").is_in(BASIC_LIVING))
    paid = basic.join(dead.select("person"), left_on="person_key", right_on="person", how="semi")
    return distinct(paid, "I0808", "person_key")


def _duplicates(running: nw.LazyFrame) -> Levels:
    """I0809 重复享受: two basic living spells, or public housing and a rental subsidy at once."""
    code = nw.col("programme_code")
    counted = running.group_by("person_key").agg(
        *[mark(code.is_in(codes)).sum().alias(name) for name, codes in EXCLUSIVE.items()]
    )
    both = running.join(
        counted.rename({"person_key": "of"}), left_on="person_key", right_on="of", how="inner"
    )
    basic = code.is_in(BASIC_LIVING) & (nw.col("basic") >= 2)
    housed = code.is_in(HOUSING) & (nw.col("housing") > 0) & (nw.col("rent") > 0)
    return distinct(both.filter(basic | housed), "I0809", "person_key")
