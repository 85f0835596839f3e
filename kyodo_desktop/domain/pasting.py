"""Rows copied in a spreadsheet, and what they are as actions or lines of progress."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.counting import placements_under
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.fiscal_year import month_label
from kyodo_desktop.domain.inputs import checked_text, checked_title
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.replies.answers import AnswerParser, marked_lines
from kyodo_desktop.domain.replies.form import AnswerField
from kyodo_desktop.domain.text_keys import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kyodo_desktop.domain.clipboard_table import Cells
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Status


class PasteColumn(StrEnum):
    """What a column says of an action; the value is the heading that we copy it with."""

    NUMBER = "番号"
    TITLE = "実行計画"
    SECTION = "担当課"
    STATUS = "状態"
    PROGRESS = "進捗状況"
    DIRECTION = "方向性"
    OUTLOOK = "今後の方向性"
    DUE = "完了予定"
    UNUSED = "使わない"


COPIED = tuple(column for column in PasteColumn if column is not PasteColumn.UNUSED)

_WORDS = {
    PasteColumn.NUMBER: ("番号", "№", "no", "no.", "項番"),
    PasteColumn.TITLE: (
        "実行計画",
        "取組",
        "取組名",
        "取組内容",
        "事業",
        "事業名",
        "施策名",
        "項目",
    ),
    PasteColumn.SECTION: ("担当課", "担当", "所管課", "所管", "主管課", "担当部署"),
    PasteColumn.STATUS: ("状態", "評価", "達成度", "進捗", "区分"),
    PasteColumn.PROGRESS: ("進捗状況", "実績", "取組状況", "実施状況", "内容"),
    PasteColumn.DIRECTION: ("方向性",),
    PasteColumn.OUTLOOK: ("今後の方向性", "今後の取組", "次年度の取組", "課題"),
    PasteColumn.DUE: ("完了予定", "期限", "完了時期", "達成時期"),
}
_BY_WORD = {word: column for column, words in _WORDS.items() for word in words}
_MOST_OF = 0.6
_SHORT = 6


def headed(cells: Cells, action_word: str) -> list[PasteColumn] | None:
    """Return what the first row says of the columns; nothing where it is no row of headings."""
    if not cells:
        return None
    words = {**_BY_WORD, squeezed(action_word): PasteColumn.TITLE}
    found = [words.get(squeezed(text), PasteColumn.UNUSED) for text in cells[0]]
    known = [column for column in found if column is not PasteColumn.UNUSED]
    filled = [text for text in cells[0] if text.strip()]
    if not known or len(known) * 2 < len(filled):
        return None
    return _each_once(found)


def guessed(cells: Cells, words: AnswerParser, *, lines_only: bool) -> list[PasteColumn]:
    """Guess the columns of rows without headings by what stands in them.

    A column of statuses, months or directions is known by its words; of the others the
    longest is the title, or the text of progress where only lines are wanted.
    """
    columns = list(zip(*cells, strict=True))
    found = [_kind_of([text for text in column if text.strip()], words) for column in columns]
    by_length = sorted(
        (place for place, kind in enumerate(found) if kind is PasteColumn.UNUSED),
        key=lambda place: -sum(map(len, columns[place])),
    )
    texts = [place for place in by_length if any(map(str.strip, columns[place]))]
    if lines_only and texts:
        found[texts[0]] = PasteColumn.PROGRESS
    else:
        first_two = sorted(texts[:2])
        for place, kind in zip(first_two, (PasteColumn.TITLE, PasteColumn.PROGRESS), strict=False):
            found[place] = kind
    return _each_once(found)


def _kind_of(texts: Sequence[str], words: AnswerParser) -> PasteColumn:
    if not texts:
        return PasteColumn.UNUSED
    for column, field in (
        (PasteColumn.STATUS, AnswerField.STATUS),
        (PasteColumn.DUE, AnswerField.DUE),
        (PasteColumn.DIRECTION, AnswerField.DIRECTION),
    ):
        if sum(bool(words.read(field, text).value) for text in texts) >= len(texts) * _MOST_OF:
            return column
    if all(len(text.strip()) <= _SHORT and _is_number(text) for text in texts):
        return PasteColumn.NUMBER
    if sum(text.strip().endswith(("課", "室", "局")) for text in texts) >= len(texts) * _MOST_OF:
        return PasteColumn.SECTION
    return PasteColumn.UNUSED


def _is_number(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip(" ()（）.-")
    return plain.isdecimal() or len(plain) == 1


def _each_once(found: Iterable[PasteColumn]) -> list[PasteColumn]:
    once: list[PasteColumn] = []
    for column in found:
        once.append(PasteColumn.UNUSED if column in once else column)
    return once


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


def copied_rows(outline: Outline, nodes: Iterable[int]) -> Cells:
    """Return the actions at and below the nodes, each place once, below a row of headings."""
    places = dict.fromkeys(place for node in nodes for place in placements_under(outline, node))
    title = outline.levels[-1].name
    head = [title if column is PasteColumn.TITLE else column.value for column in COPIED]
    return [head, *(_row(outline, place) for place in places)]


def _row(outline: Outline, place: int) -> list[str]:
    action = outline.action_at(place)
    assert action is not None, "only placements are copied"
    outlook = outline.outlooks.get(action.id)
    direction = outlook.direction_id if outlook else None
    said = {
        PasteColumn.NUMBER: outline.number(place),
        PasteColumn.TITLE: action.title,
        PasteColumn.SECTION: _sections(outline, action.id),
        PasteColumn.STATUS: _status(outline.status(action.id)),
        PasteColumn.PROGRESS: _progress(outline, action.id),
        PasteColumn.DIRECTION: "" if direction is None else outline.directions[direction].label,
        PasteColumn.OUTLOOK: outlook.text if outlook else "",
        PasteColumn.DUE: month_label(action.due),
    }
    return [said[column] for column in COPIED]


def _sections(outline: Outline, action_id: int) -> str:
    related = BETWEEN.join(outline.section_names(action_id, Role.RELATED))
    return outline.lead(action_id) + (f"{RELATED}{related}" if related else "")


def _status(status: Status | None) -> str:
    return f"{status.mark} {status.label}".strip() if status else ""


def _progress(outline: Outline, action_id: int) -> str:
    """Return the text, or each of several lines behind its own mark."""
    lines = outline.lines.get(action_id, ())
    if len(lines) == 1:
        return lines[0].text
    marks = {each.id: each.mark for each in outline.statuses.values()}
    return "\n".join(f"{marks.get(line.status_id or 0, '')} {line.text}".strip() for line in lines)
