"""Reads pasted rows as actions or as lines of progress, and tells what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.inputs import checked_text, checked_title
from kyodo_desktop.domain.pasting.columns import PasteColumn
from kyodo_desktop.domain.replies.answers import AnswerParser, marked_lines
from kyodo_desktop.domain.replies.form import AnswerField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.clipboard_table import Cells
    from kyodo_desktop.domain.outline import Outline

RELATED = "（関係課）"
BETWEEN = "、"
_READ = {
    PasteColumn.STATUS: AnswerField.STATUS,
    PasteColumn.DIRECTION: AnswerField.DIRECTION,
    PasteColumn.DUE: AnswerField.DUE,
}


class PastedLine(NamedTuple):
    """A line of progress."""

    status_id: int | None
    text: str


class PastedAction(NamedTuple):
    """An action as a row says it; sections are names, of which the plan may not know all.

    Its number follows from its place.
    """

    title: str
    leads: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    lines: tuple[PastedLine, ...] = ()
    direction_id: int | None = None
    outlook: str = ""
    due: str | None = None


class Pasted(NamedTuple):
    """What the rows are; each problem names its row and column, counted from 1."""

    actions: tuple[PastedAction, ...] = ()
    lines: tuple[PastedLine, ...] = ()
    problems: tuple[str, ...] = ()


def read_actions(
    outline: Outline, cells: Cells, columns: Sequence[PasteColumn], first: int = 1
) -> Pasted:
    """Read each row as an action; one without a title is left out, and told.

    `first` is the number by which the first row is called.
    """
    reader = _Reader(outline, columns)
    actions = [action for row in enumerate(cells, first) if (action := reader.action(*row))]
    return Pasted(actions=tuple(actions), problems=tuple(reader.problems))


def read_lines(
    outline: Outline, cells: Cells, columns: Sequence[PasteColumn], first: int = 1
) -> Pasted:
    """Read each row as a line of progress; one that says nothing is left out."""
    reader = _Reader(outline, columns)
    lines = [line for row in enumerate(cells, first) for line in reader.lines(*row)]
    return Pasted(lines=tuple(lines), problems=tuple(reader.problems))


class _Reader:
    def __init__(self, outline: Outline, columns: Sequence[PasteColumn]) -> None:
        self.problems: list[str] = []
        self._words = AnswerParser(outline)
        self._places = {column: place for place, column in enumerate(columns)}
        self._statuses = {each.mark: each.id for each in outline.statuses.values()}
        self._directions = {each.label: each.id for each in outline.directions.values()}
        self._word = outline.levels[-1].name

    def action(self, number: int, row: Sequence[str]) -> PastedAction | None:
        text = self._text(row, PasteColumn.TITLE)
        if not text:
            if any(map(str.strip, row)):
                self.problems.append(f"{number}行目: {self._word}の名前が空のため、加えません。")
            return None
        title = self._checked(number, PasteColumn.TITLE, text, checked_title)
        if not title:
            return None
        leads, _, related = self._text(row, PasteColumn.SECTION).partition(RELATED)
        direction = self._choice(number, row, PasteColumn.DIRECTION)
        return PastedAction(
            title,
            leads=_names(leads),
            related=_names(related),
            lines=tuple(self.lines(number, row)),
            direction_id=self._directions.get(direction),
            outlook=self._checked(
                number, PasteColumn.OUTLOOK, self._text(row, PasteColumn.OUTLOOK), checked_text
            ),
            due=self._choice(number, row, PasteColumn.DUE) or None,
        )

    def lines(self, number: int, row: Sequence[str]) -> list[PastedLine]:
        text = self._text(row, PasteColumn.PROGRESS)
        text = self._checked(number, PasteColumn.PROGRESS, text, checked_text)
        status = self._choice(number, row, PasteColumn.STATUS)
        several = marked_lines(text, self._words)
        if several:
            return [PastedLine(self._statuses[mark], rest) for mark, rest in several]
        if not status and PasteColumn.STATUS not in self._places:
            status, text = self._words.marked(text)
        if not status and not text:
            return []
        return [PastedLine(self._statuses.get(status), text)]

    def _text(self, row: Sequence[str], column: PasteColumn) -> str:
        return row[self._places[column]].strip() if column in self._places else ""

    def _choice(self, number: int, row: Sequence[str], column: PasteColumn) -> str:
        value, problem = self._words.read(_READ[column], self._text(row, column))
        if problem:
            self.problems.append(f"{number}行目: 「{column}」{problem}")
        return value

    def _checked(
        self,
        number: int,
        column: PasteColumn,
        text: str,
        check: Callable[[str, str], str],
    ) -> str:
        if not text:
            return ""
        try:
            return check(text, column)
        except InvalidInputError as error:
            self.problems.append(f"{number}行目: {error.message}")
            return ""


def _names(text: str) -> tuple[str, ...]:
    parts = text.replace("\n", BETWEEN).replace(",", BETWEEN).split(BETWEEN)
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip())))
