"""What a first visit loads, beside a bare Streamlit page with the same charts; times: benchmarks/."""

import pytest

from benchmarks import first_visit, screens


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/", "/map"])
def test_it_asks_for_five_more_at_most_and_loads_a_fifth_less(context, board, address):
    page = screens.ready(context, board + address)
    figures = page.evaluate(screens.FIGURES)
    page.close()
    with screens.floor([figures]) as floor:
        (ours, again), (bare, _) = (
            first_visit.twice(context.browser, url) for url in (board + address, floor)
        )
    assert ours.requests <= bare.requests + first_visit.MORE_REQUESTS
    assert ours.bytes <= first_visit.GOALS["bytes"] * bare.bytes
    # What a browser has kept it does not load again; the figures come with the page.
    assert again.bytes <= ours.bytes / 5
