"""What the tests in Chromium share."""

import pytest

from browser import served


@pytest.fixture(scope="module")
def board(stored):
    """Address of a board that shows the demonstration."""
    with served(stored("demonstration")) as url:
        yield url
