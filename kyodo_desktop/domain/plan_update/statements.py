"""What a round says of an action, and what it shall say when a table was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.predecessors import lines_in, outlook_in, sources
from kyodo_desktop.domain.texts import written_one_way

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.importing.found_plan import (
        FoundAction,
        FoundLine,
        FoundOutlook,
        FoundPlan,
    )
    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.domain.plan_update.names import PlanWords


class LineWords(NamedTuple):
    """A line of progress: the mark of its status, its text, its section."""

    status: str
    text: str
    section: str

    @property
    def words(self) -> str:
        """The line as people read it."""
        section = f"（{self.section}）" if self.section else ""
        return f"{self.status} {self.text}{section}".strip()


class OutlookWords(NamedTuple):
    """今後の方向性: a choice, a text, or both."""

    direction: str = ""
    text: str = ""

    @property
    def words(self) -> str:
        """It as people read it."""
        choice = f"【{self.direction}】" if self.direction else ""
        return f"{choice}{self.text}"


class RoundWords:
    """What one round says; nothing where there is no record of one."""

    def __init__(self, outline: Outline, record: Record | None) -> None:
        self._outline = outline
        self._record = record
        self._origins = sources(outline)

    def lines(self, action_id: int) -> tuple[LineWords, ...]:
        """Return the lines of an action."""
        if self._record is None:
            return ()
        statuses, sections = self._outline.statuses, self._outline.sections
        return tuple(
            LineWords(
                statuses[line.status_id].mark if line.status_id else "",
                line.text,
                sections[line.section_id].name if line.section_id else "",
            )
            for line in lines_in(self._record, action_id, self._origins.get(action_id, ()))
        )

    def outlook(self, action_id: int) -> OutlookWords:
        """Return 今後の方向性 of an action."""
        record = self._record
        row = record and outlook_in(record, action_id, self._origins.get(action_id, ()))
        if not row:
            return OutlookWords()
        direction = self._outline.directions.get(row.direction_id or 0)
        return OutlookWords(direction.label if direction else "", row.text)


class TableWords:
    """What a table says of rounds, in the plan's own words; what it leaves blank stays.

    One that has no column of sections, or nothing in it, leaves those of the plan alone.
    """

    def __init__(self, found: FoundPlan, words: PlanWords) -> None:
        self._words = words
        self._has_sections = any(line.section for action in found.actions for line in action.lines)
        self._in_one_cell = any(map(_has_both_in_a_cell, found.actions))

    def outlook(self, found: FoundOutlook, present: OutlookWords) -> OutlookWords:
        """Return 今後の方向性 as it shall be.

        Where the table has choice and text in one cell, a choice alone says that there is no text.
        """
        direction = self._words.direction(found.direction) or present.direction
        if self._in_one_cell and found.direction and not found.text:
            return OutlookWords(direction)
        return OutlookWords(direction, wanted_text(found.text, present.text))

    def lines(
        self, found: Sequence[FoundLine], present: Sequence[LineWords]
    ) -> tuple[LineWords, ...]:
        """Return the lines as they shall be.

        Lines of which the table tells but a status, or but a text, take the place of no others.
        """
        table = [
            LineWords(self._words.mark(line.status), line.text, self._words.section(line.section))
            for line in found
        ]
        pairs = _paired(table, present)
        wanted = {
            place: self._filled(line, present[pairs[place]]) if place in pairs else line
            for place, line in enumerate(table)
        }
        if any(line.status and line.text for line in table):
            return tuple(wanted.values())
        new = {there: wanted.pop(place) for place, there in pairs.items()}
        stay = (new.get(place, line) for place, line in enumerate(present))
        return (*stay, *wanted.values()) if table else ()

    def _filled(self, line: LineWords, present: LineWords) -> LineWords:
        """Return a line of the table with what it leaves blank as it is in the plan."""
        text = wanted_text(line.text, present.text)
        is_same = not self._has_sections or text == present.text
        section = line.section or (present.section if is_same else "")
        return LineWords(line.status or present.status, text, section)


def _has_both_in_a_cell(action: FoundAction) -> bool:
    """Tell whether a choice of 今後の方向性 and its text stand in the same cell."""
    choices, texts = (
        {each.place for each in action.origins if each.field is role}
        for role in (ColumnRole.DIRECTION, ColumnRole.OUTLOOK)
    )
    return not choices.isdisjoint(texts)


def wanted_text(found: str, present: str) -> str:
    """Return a text as it shall be: one that is blank, or is written otherwise only, stays."""
    if not found or written_one_way(found) == written_one_way(present):
        return present
    return found


def _paired(table: Sequence[LineWords], present: Sequence[LineWords]) -> dict[int, int]:
    """Return which line of the plan each line of the table is, by their places.

    The same text tells it, then the same section, then the order.
    """
    pairs: dict[int, int] = {}
    free = dict(enumerate(present))
    ways: tuple[Callable[[LineWords, LineWords], bool], ...] = (
        lambda one, other: bool(one.section) and one[1:] == other[1:],
        lambda one, other: bool(one.text) and wanted_text(one.text, other.text) == other.text,
        lambda one, other: bool(one.section) and one.section == other.section,
        lambda one, other: not (one.section and other.section),
    )
    for is_same in ways:
        for place, line in enumerate(table):
            if place in pairs:
                continue
            there = next((each for each in free if is_same(line, free[each])), None)
            if there is not None:
                pairs[place] = there
                del free[there]
    return pairs
