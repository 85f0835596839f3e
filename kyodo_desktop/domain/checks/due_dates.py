"""When an action will be done, read from its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.checks.dates import Named, dates_in, narrow
from kyodo_desktop.domain.checks.tense import is_bare, is_to_come, starts_then
from kyodo_desktop.domain.plan import StatusKind

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Progress

_CLOSED = (StatusKind.DONE, StatusKind.STOPPED)
_SENTENCE = re.compile(r"[。、，（）()\n]")
_AROUND = 16  # characters that are quoted on after the date


class Due(NamedTuple):
    """A month that a text gives, the first that would fit it too, and the words."""

    month: str
    first: str
    quote: str

    def fits(self, month: str | None) -> bool:
        """Tell whether a month says the same: any of 平成27年度 fits 平成27年度."""
        return month is not None and self.first <= month <= self.month


class DueDates:
    """The due dates in the texts of an outline; each action is read once."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._known: dict[int, tuple[Due, ...]] = {}

    def of(self, action_id: int) -> tuple[Due, ...]:
        """Return what the action's lines give, the latest month first."""
        if action_id not in self._known:
            lines = self._outline.lines.get(action_id, ())
            found = [due for line in lines for due in self._in_line(line)]
            self._known[action_id] = tuple(sorted(found, reverse=True))
        return self._known[action_id]

    def latest(self, action_id: int) -> Due | None:
        """Return the latest month that the action's lines give."""
        return next(iter(self.of(action_id)), None)

    def known(self, action_id: int) -> str | None:
        """Return the month that is set, else the one that the text gives."""
        due = self.latest(action_id)
        return self._outline.actions[action_id].due or (due.month if due else None)

    def names_a_date(self, line: Progress) -> bool:
        """Tell whether a line names any date that is not past."""
        return any(named.last >= self._today for named in self._dates(line))

    @property
    def _today(self) -> str:
        asked = self._outline.round
        return asked.as_of[:7] if asked else ""

    def _in_line(self, line: Progress) -> list[Due]:
        status = self._outline.statuses.get(line.status_id or 0)
        text, dates = narrow(line.text), self._dates(line)
        if not dates or (status is not None and status.kind in _CLOSED):
            return []
        starts = [*(date.start for date in dates[1:]), len(text)]
        return [
            _due(line.text, date, starts_then(text, date.end))
            for date, next_start in zip(dates, starts, strict=True)
            if is_to_come(text, date, next_start, is_late=date.last < self._today)
            or self._is_bare(text, date, next_start, status.kind if status else "")
        ]

    def _is_bare(self, text: str, date: Named, next_start: int, kind: str) -> bool:
        """Tell whether a date after the round's day counts without a word of the future."""
        is_ahead = bool(kind) and date.first > self._today
        may_be_alone = kind == StatusKind.NEAR and not date.is_year
        return is_ahead and is_bare(text, date, next_start, may_be_alone=may_be_alone)

    def _dates(self, line: Progress) -> list[Named]:
        asked = self._outline.round
        # 来年度 of a line that was carried forward was said a year ago.
        fiscal_year = asked.fiscal_year if asked and not line.carried else None
        era_from = self._outline.plan.first_fiscal_year
        return list(dates_in(narrow(line.text), era_from=era_from, fiscal_year=fiscal_year))


def _due(text: str, date: Named, starts: bool) -> Due:
    said = _SENTENCE.split(text[date.end :])[0]
    quote = text[date.start : date.end] + said[:_AROUND] + ("…" if len(said) > _AROUND else "")
    month = date.first if starts else date.last
    return Due(month, date.first, quote)
