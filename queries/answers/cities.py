"""Of a province's day: the cities it is the sum of, and those that have not reported."""

from queries.store.snapshot import Snapshot

#: Indicators that count persons or households, or are of those: who is in the registries of two
#: cities counts in each, where one registry would count him once. All others count cases, days or
#: money, which are of one city each; medians and P90 are of the cases of all cities.
SUMS_OF_CITIES = (
    *("I0101", "I0102", "I0103", "I0106", "I0107", "I0108", "I0109", "I0403", "I0601"),
    *("I0706", "I0801", "I0802", "I0803", "I0804", "I0805", "I0806", "I0807", "I0808", "I0809"),
    *("I0890", "I0891", "I0892", "I0893", "I0894", "I0895", "I0901", "I0902", "I0904"),
    *("I1101", "I1103", "I1202"),
)


def reported(snapshot: Snapshot) -> list[str]:
    """Names of the cities whose parcels were merged; none of a city's own day."""
    return _names(snapshot, True)


def missing(snapshot: Snapshot) -> list[str]:
    """Names of the cities that are expected and have not reported; none of a city's own day."""
    return _names(snapshot, False)


def _names(snapshot: Snapshot, sent: bool) -> list[str]:
    if "province" not in snapshot.manifest:
        return []
    rows = snapshot.cube("cities")
    return rows.filter(rows["version"].is_not_null() == sent)["name"].to_list()
