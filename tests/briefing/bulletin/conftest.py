"""The drawn registry of the bulletin's tests."""

import pytest

from drawn_meeting import drawn


@pytest.fixture(scope="package")
def meeting(tmp_path_factory):
    """The snapshot of `drawn_meeting`; the last meeting's day and a year before are stored too."""
    return drawn(tmp_path_factory.mktemp("meeting"))
