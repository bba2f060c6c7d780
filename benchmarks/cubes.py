"""The same group-bys as in `peers.py`, by the product's own cube code."""

import narwhals as nw

from queries.cubes import discovery, referrals, register, warning_cubes, warning_states
from queries.cubes.counting import Context
from queries.cubes.engine import Engine


def run(name: str, engine: Engine, context: Context) -> int:
    """Runs a cube of `peers.QUERIES` on an engine; returns its rows."""
    return len(engine.collect(_frame(name, context)))


def _frame(name: str, context: Context) -> nw.LazyFrame:
    match name:
        case "register":
            members = register.members(context.staged, context.day)
            cell = members.with_columns(township=nw.col("region").str.slice(0, 9))
            return cell.group_by("township", "category", "residence").agg(nw.len())
        case "facts":
            counting = context.staged["fact"].filter(register.on(context.day))
            persons = counting.select("person").unique()
            return register.with_terms(persons, context.staged, context.day, context.connected)
        case "responses":
            return referrals.responses(context)
        case "warnings":
            return warning_cubes.states(warning_states.with_state(context))
        case "visits":
            return discovery.visits(context)
    raise ValueError(name)
