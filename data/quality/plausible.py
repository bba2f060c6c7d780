"""Whether what was read may be published, the first time too, or looks like no city."""

from collections.abc import Iterator

from data.quality import column_rules, key_rules, place_rules, state_rules
from data.quality.loading import Loaded
from data.quality.refusal import Refusal, label
from data.registry.inspection import Survey

#: In the order in which they are told.
RULES = (
    *(column_rules.lost_rows, column_rules.empty_tables, column_rules.empty_columns),
    *(place_rules.top_region, place_rules.other_places),
    *(place_rules.unplaced_rows, place_rules.level_sums),
    *(column_rules.unknown_names, key_rules.unknown_persons),
    *(state_rules.same_states, state_rules.one_day_of_death, key_rules.one_key),
)


def implausible(loaded: Loaded) -> list[Refusal]:
    """Why a registry is not to be published; empty when it may be, and for one without any row."""
    hidden = list(_hidden(loaded))
    if not any(loaded.rows_read.values()):
        return hidden
    return hidden + [refusal for rule in RULES for refusal in rule(loaded)]


def missing(survey: Survey) -> Refusal:
    """The refusal of a registry that lacks required tables or columns."""
    return Refusal("missing", str(survey.refusal()), str(survey.refusal()))


def _hidden(loaded: Loaded) -> Iterator[Refusal]:
    if loaded.hidden:
        tables = ", ".join(loaded.hidden)
        yield Refusal(
            "row_security",
            f"row-level security shows this account no row of {tables} (0%). Add a policy that "
            "lets it read them (CREATE POLICY … FOR SELECT TO …), or read a view of their owner",
            f"{'、'.join(map(label, loaded.hidden))}启用了行级安全，本账户一行也看不到。"
            "请由库管理员为本账户建立可读策略（CREATE POLICY … FOR SELECT TO …），"
            "或改读由表所有者建立的视图",
        )
