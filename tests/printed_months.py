"""Months in the forms in which people write them, in plans that an era change falls into."""

from __future__ import annotations

from hypothesis import strategies as st

from kyodo_desktop.domain.fiscal_year import (
    Near,
    fiscal_year_label,
    fiscal_year_of,
    month_label,
    short_label,
)


def bare_forms(month):
    """Return how people write a month without its era."""
    words, short = month_label(month)[2:], short_label(month)[1:]
    return [words, f"{words}末", f"{words}28日", *(short.replace(".", sign) for sign in "./-")]


def full_forms(month):
    """Return how people write a month that says its year."""
    year, number = int(month[:4]), int(month[5:])
    words, short = month_label(month), short_label(month)
    forms = [words, f"{words}末", short, f"{short}.28", month, f"{year}/{number}"]
    forms += [f"西暦{year}年{number}月", f"{year}{number:02}", f"{year}.{number}.1"]
    fiscal, quarter = fiscal_year_label(fiscal_year_of(month)), (number - 4) % 12 // 3 + 1
    forms += [f"'{year % 100:02}/{number}"] if year >= 2000 else []
    forms += [f"{fiscal}第{quarter}四半期"] if number % 3 == 0 else []
    forms += [fiscal, f"{fiscal}末", f"{fiscal}下半期"] if number == 3 else []
    return [*forms, *([f"{fiscal}上半期"] if number == 9 else [])]


_CHANGES = [1912, 1926, 1989, 2019]


@st.composite
def plans_and_months(draw):
    """Return a plan of up to twelve years that an era change falls into, and a month of it."""
    length, change = draw(st.integers(2, 12)), draw(st.sampled_from(_CHANGES))
    first = change - draw(st.integers(0, length - 1))
    near = Near(first, first + length - 1, first + draw(st.integers(0, length - 1)))
    place = 3 + draw(st.integers(0, length * 12 - 1))
    return near, f"{first + place // 12}-{place % 12 + 1:02}"
