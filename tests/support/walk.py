"""The walk over all that a stored day shows."""

from collections.abc import Iterator

from every_exhibit import COUNTY
from queries.answers.periods import offered
from queries.scope import Scope, comparisons, counties
from queries.store.snapshot import Snapshot
from shown import Shown, gaps, of_county, shown, units
from shown_topics import topics


def everything(day: Snapshot) -> list[Shown]:
    """What a day shows of the city and a county, of the others in their profiles, of units."""
    beside = [None, *comparisons(day.folder, day).values()]
    figures = [each for scope in _scopes(day, beside) for each in shown(day, scope)]
    for county in counties(day):
        figures += of_county(day, Scope(day.as_of, None, county))
    figures += units(day, Scope(day.as_of, beside[-1]))
    for region in ("", COUNTY):
        scope = Scope(day.as_of, None, region)
        figures += [*gaps(day, scope), *topics(day, scope)]
    return figures


def _scopes(day: Snapshot, beside: list) -> Iterator[Scope]:
    """Each period; of the month and of the time since the meeting beside each compared day."""
    for region in ("", COUNTY):
        for period in offered(day):
            several = period in ("month", "since_meeting")
            for compared in dict.fromkeys(beside if several else [None]):
                yield Scope(day.as_of, compared, region, period=period)
