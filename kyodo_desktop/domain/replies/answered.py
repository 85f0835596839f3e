"""Reads the cells of rows that came back, as values of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.replies.asking import NO_LINE, Values
from kyodo_desktop.domain.replies.form import AnswerField, AnswerRow, FormRow
from kyodo_desktop.domain.replies.review import Remark, Severity
from kyodo_desktop.domain.replies.several_lines import marked_lines
from kyodo_desktop.domain.replies.words import TEXT_FIELDS, Words, says_as_before, tidy

if TYPE_CHECKING:
    from kyodo_desktop.domain.replies.matching import Match


class AnsweredRow(NamedTuple):
    """A row that came back in the plan's words.

    What is as it was sent has the value that was sent, to the letter; so have the `unread`
    cells, which nobody could understand. `more` are further lines (mark and text) from the
    same cell.
    """

    match: Match
    values: Values
    unread: frozenset[AnswerField] = frozenset()
    more: tuple[tuple[str, str], ...] = ()

    def changed(self, field: AnswerField) -> bool:
        """Tell whether the section wrote something else than was sent."""
        return self.values[field] != self.match.sent.values[field]


class RowReader:
    """Reads rows one by one; what is to be said of them is in `remarks`."""

    def __init__(self, words: Words) -> None:
        self.remarks: list[Remark] = []
        self._words = words

    def is_as_sent(self, sent: FormRow, row: AnswerRow) -> bool:
        """Tell whether nothing was changed in a row, without a word about it."""
        return all(
            self._is_same(field, old, row.cells.get(field, old))
            for field, old in sent.values.items()
        )

    def read(self, match: Match) -> AnsweredRow:
        """Return what a row says; where it adds a line, only what stands in a line."""
        if match.is_new:
            match = match._replace(sent=match.sent._replace(values=NO_LINE))
        values, unread = dict(match.sent.values), set()
        for field, old in match.sent.values.items():
            typed = match.row.cells.get(field, old)
            if self._is_same(field, old, typed):
                continue
            if old and says_as_before(typed):
                told = f"「{field.label}」の「{tidy(typed).strip()}」を"
                self._tell(match.row, f"{told}、発送時のままとして読みました。", Severity.NOTE)
                continue
            reading = self._words.read(field, typed)
            if reading.problem:
                unread.add(field)
                self._tell(match.row, f"「{field.label}」{reading.problem}")
            else:
                values[field] = reading.value
        if not match.is_new:
            self._tell_unasked(match)
        return self._split(AnsweredRow(match, values, frozenset(unread)))

    def _is_same(self, field: AnswerField, old: str, typed: str) -> bool:
        if typed == old or tidy(typed) == tidy(old):
            return True
        if field in TEXT_FIELDS:
            return False
        reading = self._words.read(field, typed)
        return not reading.problem and reading.value == self._words.read(field, old).value

    def _tell_unasked(self, match: Match) -> None:
        """Tell of a cell that is filled in where none was open."""
        for field, typed in match.row.cells.items():
            if field not in match.sent.values and typed.strip():
                self._tell(
                    match.row,
                    f"「{field.label}」は、この行では照会していません"
                    "（実行計画ごとに最初の行だけに記入します）。この欄は取り込みません。",
                )

    def _split(self, answered: AnsweredRow) -> AnsweredRow:
        """Take several marked lines out of one cell; the first of them stays in its row."""
        sent, values = answered.match.sent.values, answered.values
        text, before = values[AnswerField.TEXT], tidy(sent[AnswerField.TEXT])
        lines = marked_lines(text, self._words) if answered.changed(AnswerField.TEXT) else []
        if not lines or marked_lines(before, self._words):
            return answered
        mark, first = lines[0]
        status = values[AnswerField.STATUS]
        row = answered.match.row
        if status in ("", mark) or not answered.changed(AnswerField.STATUS):
            status = mark
        else:
            self._tell(
                row,
                f"「状態」は「{status}」ですが、「進捗状況」の最初の記号は「{mark}」です。"
                f"「{status}」として読みました。",
            )
        self._tell(
            row, f"「進捗状況」を、記号ごとに{len(lines)}行に分けて読みました。", Severity.NOTE
        )
        own = {AnswerField.STATUS: status, AnswerField.TEXT: first}
        return answered._replace(values=values | own, more=tuple(lines[1:]))

    def _tell(self, row: AnswerRow, text: str, severity: Severity = Severity.WARNING) -> None:
        self.remarks.append(Remark(severity, f"{row.row}行目：{text}", row.row))
