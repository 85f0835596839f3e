from __future__ import annotations

import pytest

from kyodo_desktop.pages import looks


@pytest.mark.parametrize(
    ("value", "shape", "shown"),
    [
        (0, looks.INTEGER, "0"),
        (1234, looks.INTEGER, "1234"),
        (-3, looks.INTEGER, "-3"),
        (12.25, looks.PERCENT, "12.3"),  # to the even digit it would be 12.2
        (17.0588, looks.PERCENT, "17.1"),
        (100, looks.PERCENT, "100.0"),
        (0.05, looks.PERCENT, "0.1"),
        (1, looks.SUBTRACTED, "1"),
        (0, looks.SUBTRACTED, "0"),
        (-12, looks.SUBTRACTED, "▲12"),
        (2015, looks.TEXT, "2015"),
        (0.5, looks.TEXT, "0.5"),
    ],
)
def test_a_number_reads_the_same_wherever_it_is_drawn(value, shape, shown):
    assert looks.number_text(value, shape) == shown
