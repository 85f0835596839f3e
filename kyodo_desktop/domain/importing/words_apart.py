"""The words of a column apart from the years in them, by which next year's column is known."""

from __future__ import annotations

import re

from kyodo_desktop.domain.importing.plain import squeezed

_YEARS = re.compile(
    r"(?:令和|平成|昭和|(?<![a-z])[rhs](?=[0-9元]))?(?:元|[0-9]{1,4})(?:年度|年|fy)?(?:[~～\-]|末)?"
)


def without_years(words: str) -> str:
    """Return a key that is the same for 平成27年度の実績 and 平成28年度の実績."""
    return _YEARS.sub("", squeezed(words))
