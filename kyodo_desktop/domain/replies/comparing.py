"""As sent, as it is now, and as answered: what an answer would change in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.replies.asking import (
    Values,
    action_values,
    leads,
    line_values,
    lines_of,
)
from kyodo_desktop.domain.replies.form import LINE_FIELDS, AnswerField
from kyodo_desktop.domain.replies.review import Difference, Side
from kyodo_desktop.domain.replies.words import Words, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Progress
    from kyodo_desktop.domain.replies.answered import AnsweredRow

_OUTLOOK_FIELDS = frozenset((AnswerField.DIRECTION, AnswerField.OUTLOOK))
_GONE = Side("", "（この行は削除されています）")
_NOTHING = Side("", "")


class Comparison:
    """What one section's answer would change in a plan, as it is at this moment."""

    def __init__(self, outline: Outline, words: Words, section_id: int) -> None:
        self.differences: list[Difference] = []
        self.confirmed_lines: set[int] = set()
        self.confirmed_outlooks: set[int] = set()
        self._outline, self._words, self._section_id = outline, words, section_id
        self._places: dict[int, int] = {}

    def compare(self, row: AnsweredRow) -> None:
        """Compare a row that answers one that was sent; lines to add come with `add_lines`."""
        self._compare_line(row)
        if row.values.keys() - set(LINE_FIELDS):
            self._compare_action(row)

    def add_lines(self, row: AnsweredRow) -> None:
        """Add the lines that a row says beyond its own; those which are there already are not new.

        To be called when all rows are compared, so that new lines stand behind the others.
        """
        lines = [(row.values[AnswerField.STATUS], row.values[AnswerField.TEXT])]
        for mark, text in (*(lines if self._is_own_new(row) else ()), *row.more):
            self._add_line(row, {AnswerField.STATUS: mark, AnswerField.TEXT: text})

    # Lines

    def _compare_line(self, row: AnsweredRow) -> None:
        line = self._present_line(row)
        if line is None:
            if row.match.sent.line_id and any(map(row.changed, LINE_FIELDS)):
                for field in LINE_FIELDS:
                    if row.values[field]:
                        self._add(row, field, _GONE, line_id=row.match.sent.line_id, is_clash=True)
            return
        now = line_values(self._outline, line)
        is_same = not [
            field for field in LINE_FIELDS if self._differs(row, field, now[field], line.id)
        ]
        if is_same and not row.match.is_guess and not row.unread & set(LINE_FIELDS):
            self.confirmed_lines.add(line.id)

    def _present_line(self, row: AnsweredRow) -> Progress | None:
        """Return the line that a row is about; one without a line is about a line made since."""
        sent = row.match.sent
        if sent.line_id:
            lines = self._outline.lines.get(sent.action_id, ())
            return next((line for line in lines if line.id == sent.line_id), None)
        mine = self._own_lines(sent.action_id)
        same = (line for line in mine if self._says(line, row.values))
        return next(same, mine[0] if mine else None)

    def _own_lines(self, action_id: int) -> Sequence[Progress]:
        lines = self._outline.lines.get(action_id, ())
        is_lead = leads(self._outline, action_id, self._section_id)
        return lines_of(lines, self._section_id, is_lead=is_lead)

    def _says(self, line: Progress, values: Values) -> bool:
        now = line_values(self._outline, line)
        return all(tidy(now[field]) == tidy(values[field]) for field in LINE_FIELDS)

    def _is_own_new(self, row: AnsweredRow) -> bool:
        """Tell whether what stands in the row's own cells is a new line, if anything does."""
        if row.match.is_new:
            return True
        sent = row.match.sent
        return not sent.line_id and not self._own_lines(sent.action_id)

    def _add_line(self, row: AnsweredRow, values: Values) -> None:
        action_id = row.match.sent.action_id
        known = any(self._says(line, values) for line in self._own_lines(action_id))
        if known or not any(values.values()):
            return
        place = self._places[action_id] = self._places.get(action_id, 0) + 1
        new = row._replace(values=values)
        for field in LINE_FIELDS:
            if values[field]:
                self._add(new, field, _NOTHING, place=place, sent=_NOTHING)

    # What stands once for an action

    def _compare_action(self, row: AnsweredRow) -> None:
        action_id = row.match.sent.action_id
        now = action_values(self._outline, action_id)
        differing = {
            field
            for field in now
            if field in row.values and self._differs(row, field, now[field], 0)
        }
        if not (differing | row.unread) & _OUTLOOK_FIELDS and not row.match.is_guess:
            self.confirmed_outlooks.add(action_id)

    # Means

    def _differs(self, row: AnsweredRow, field: AnswerField, now: str, line_id: int) -> bool:
        """Compare one cell; a value that both sides came to is no difference."""
        if not row.changed(field) or tidy(now) == tidy(row.values[field]):
            return False
        is_clash = tidy(now) != tidy(row.match.sent.values[field])
        self._add(row, field, self._side(field, now), line_id=line_id, is_clash=is_clash)
        return True

    def _add(self, row: AnsweredRow, field: AnswerField, now: Side, **more: Any) -> None:
        sent = self._side(field, row.match.sent.values.get(field, ""))
        known = {
            "id": len(self.differences),
            "action_id": row.match.sent.action_id,
            "line_id": 0,
            "place": 0,
            "field": field,
            "sent": sent,
            "now": now,
            "answer": self._side(field, row.values[field]),
            "row": row.match.row.row,
            "is_guess": row.match.is_guess,
        }
        self.differences.append(Difference(**{**known, **more}))

    def _side(self, field: AnswerField, value: str) -> Side:
        return Side(value, self._words.shown(field, value))
