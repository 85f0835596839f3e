"""Reads the cells of 開始年度 and 完了予定, in whatever form they are."""

from __future__ import annotations

import re
from functools import lru_cache

from kyodo_desktop.domain.checks.dates import dates_in, narrow
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import NoSuchDayError, fiscal_year_of, parse_month
from kyodo_desktop.domain.importing.rounds import span_in, year_of


@lru_cache(4096)
def read_months(text: str, near: int) -> tuple[int | None, str | None]:
    """Return (fiscal year of the beginning, month of the end); None is what it does not say."""
    span = span_in(text, near)
    if span is not None:
        return span.first, f"{span.last + 1}-03"
    month = _month(text, near)
    if month is None:
        return None, None
    return fiscal_year_of(month), month


def _month(text: str, near: int) -> str | None:
    try:
        return parse_month(text.replace("予定", "").replace("まで", ""), era_from=near)
    except NoSuchDayError:
        return None  # to be looked at, and not to be read as half of what it says
    except InvalidInputError:
        pass
    found = list(dates_in(narrow(text), era_from=near, fiscal_year=None))
    if found:
        return found[-1].last
    year = year_of(re.sub("予定|まで|から", "", text), near)
    return None if year is None else f"{year + 1}-03"
