"""Rows of a spreadsheet: how the clipboard holds them, what they are in a plan."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, counting, errors, field_types, plan
from kyodo_desktop.domain.importing.sections import read_sections
from kyodo_desktop.domain.replies.answers import AnswerParser, marked_lines
from kyodo_desktop.domain.texts import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kyodo_desktop.domain.outline import Outline


Cells = list[list[str]]

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r?\n|\r|$)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_END_OF_ROW = re.compile(r"\r?\n|\r")
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠]")
_NEEDS_QUOTES = re.compile(r'[\t\r\n]|^"')
# Excel takes a cell with this format for text, whatever it looks like.
_STYLE = "<style>td{mso-number-format:'\\@';white-space:pre-wrap;vertical-align:top}</style>"
_TEXT_CELL = '<td sdnum="1041;0;@">'  # the same for LibreOffice
_NEW_LINE = '<br style="mso-data-placement:same-cell">'


def as_text(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows as Excel puts them into the clipboard; what it would calculate is guarded.

    A cell of several lines stands in quotes.
    """
    return "".join("\t".join(map(_cell, row)) + "\r\n" for row in rows)


def as_html(rows: Iterable[Sequence[str]]) -> str:
    """Return the rows as a table of texts."""
    lines = ("<tr>" + "".join(map(_html, row)) + "</tr>\n" for row in rows)
    head = f'<html><head><meta charset="utf-8">{_STYLE}</head><body><table>\n'
    return f"{head}{''.join(lines)}</table></body></html>"


def from_text(text: str) -> Cells:
    """Return the cells, all rows of one length, without the empty rows at the end."""
    rows: Cells = [[]]
    place = 0
    while place < len(text):
        found = _QUOTED.match(text, place)
        if found:
            rows[-1].append(_unguarded(found[1].replace('""', '"')))
        else:
            found = _PLAIN.match(text, place)
            assert found is not None, "the pattern fits nothing as well"
            rows[-1].append(_unguarded(found[0]))
        place = found.end()
        end = _END_OF_ROW.match(text, place)
        if end:
            rows.append([])
            place = end.end()
        elif text[place : place + 1] == "\t":
            place += 1
            if place == len(text):
                rows[-1].append("")
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _cell(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _FORMULA.match(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def _html(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return f"{_TEXT_CELL}{_NEW_LINE.join(escape(line, quote=False) for line in lines)}</td>"


class PasteColumn(NamedTuple):
    """What a column says of an action: one of its fields, or several of them together.

    We copy it with its `heading`; `words` are further headings by which it is known.
    """

    heading: str
    words: tuple[str, ...] = ()
    field: action_fields.Field[Any] | None = None


def column_of(field: action_fields.Field[Any]) -> PasteColumn:
    """Return the column of a field of an action."""
    return PasteColumn(field.heading, field.words, field)


NUMBER = PasteColumn("番号", ("№", "no", "no.", "項番"))
TITLE = column_of(action_fields.TITLE)
SECTION = PasteColumn("担当課", action_fields.LEAD.words)
STATUS = column_of(action_fields.STATUS)
PROGRESS = column_of(action_fields.PROGRESS)
UNUSED = PasteColumn("使わない")
_FURTHER_FIELDS = tuple(
    field
    for field in action_fields.taking_part(
        action_fields.Use.PASTE, action_fields.Scope.ACTION, action_fields.Scope.ROUND
    )
    if field is not action_fields.TITLE
)
COPIED = (NUMBER, TITLE, SECTION, STATUS, PROGRESS, *map(column_of, _FURTHER_FIELDS))
COLUMNS = (*COPIED, UNUSED)

_BY_WORD = {
    squeezed(word): column for column in COPIED for word in (column.heading, *column.words)
}
_RECOGNIZED = tuple(
    (column, column.field)
    for column in COPIED
    if column.field and not (column.field.type.is_running_text or column.field.type.is_number)
)
"""Those that can be told by what stands in them."""

_MOST_OF = 0.6
_SHORT = 6


def headed(cells: Cells, action_word: str) -> list[PasteColumn] | None:
    """Return what the first row says of the columns; nothing where it is no row of headings."""
    if not cells:
        return None
    words = {**_BY_WORD, squeezed(action_word): TITLE}
    found = [words.get(squeezed(text), UNUSED) for text in cells[0]]
    known = [column for column in found if column is not UNUSED]
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
        (place for place, kind in enumerate(found) if kind is UNUSED),
        key=lambda place: -sum(map(len, columns[place])),
    )
    texts = [place for place in by_length if any(map(str.strip, columns[place]))]
    if lines_only and texts:
        found[texts[0]] = PROGRESS
    else:
        first_two = sorted(texts[:2])
        for place, kind in zip(first_two, (TITLE, PROGRESS), strict=False):
            found[place] = kind
    return _each_once(found)


def _kind_of(texts: Sequence[str], words: AnswerParser) -> PasteColumn:
    if not texts:
        return UNUSED
    for column, field in _RECOGNIZED:
        read = (words.read(field, text) for text in texts)
        if sum(bool(each.value) for each in read) >= len(texts) * _MOST_OF:
            return column
    if all(len(text.strip()) <= _SHORT and _is_number(text) for text in texts):
        return NUMBER
    if sum(text.strip().endswith(("課", "室", "局")) for text in texts) >= len(texts) * _MOST_OF:
        return SECTION
    return UNUSED


def _is_number(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip(" ()（）.-")
    return plain.isdecimal() or len(plain) == 1


def _each_once(found: Iterable[PasteColumn]) -> list[PasteColumn]:
    once: list[PasteColumn] = []
    for column in found:
        once.append(UNUSED if column in once else column)
    return once


RELATED = "（関係課）"
BETWEEN = "、"


class PastedLine(NamedTuple):
    """A line of progress."""

    status_id: int | None
    text: str


class PastedAction(NamedTuple):
    """An action as a row says it; sections are names, of which the plan may not know all.

    Its number follows from its place. `values` are those of its further fields that say
    something.
    """

    title: str
    leads: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    lines: tuple[PastedLine, ...] = ()
    values: Mapping[action_fields.Field[Any], Any] = MappingProxyType({})


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
    reader = _RowParser(outline, columns)
    actions = [action for row in enumerate(cells, first) if (action := reader.action(*row))]
    return Pasted(actions=tuple(actions), problems=tuple(reader.problems))


def read_lines(
    outline: Outline, cells: Cells, columns: Sequence[PasteColumn], first: int = 1
) -> Pasted:
    """Read each row as a line of progress; one that says nothing is left out."""
    reader = _RowParser(outline, columns)
    lines = [line for row in enumerate(cells, first) for line in reader.lines(*row)]
    return Pasted(lines=tuple(lines), problems=tuple(reader.problems))


class _RowParser:
    def __init__(self, outline: Outline, columns: Sequence[PasteColumn]) -> None:
        self.problems: list[str] = []
        self._words = AnswerParser(outline)
        self._places = {column: place for place, column in enumerate(columns)}
        self._names = field_types.OutlineNames(outline)
        self._statuses = {each.mark: each.id for each in outline.statuses.values()}
        self._word = outline.levels[-1].name
        self._sections_known = {each.name for each in outline.sections.values()}

    def action(self, number: int, row: Sequence[str]) -> PastedAction | None:
        text = self._text(row, TITLE)
        if not text:
            if any(map(str.strip, row)):
                self.problems.append(f"{number}行目: {self._word}の名前が空のため、加えません。")
            return None
        title = self._read(number, TITLE, text)
        if not title:
            return None
        leads, related = self._sections(self._text(row, SECTION))
        lines = tuple(self.lines(number, row))
        return PastedAction(title, leads, related, lines, self._values(number, row))

    def lines(self, number: int, row: Sequence[str]) -> list[PastedLine]:
        text = self._read(number, PROGRESS, self._text(row, PROGRESS))
        status = self._read(number, STATUS, self._text(row, STATUS))
        several = marked_lines(text, self._words, status)
        if several:
            return [PastedLine(self._statuses[mark], rest) for mark, rest in several]
        if not status and STATUS not in self._places:
            status, text = self._words.marked(text)
        if not status and not text:
            return []
        return [PastedLine(self._statuses.get(status), text)]

    def _sections(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the leads and the related ones.

        What is not of ours is read as an import reads it; names that the plan has stay whole.
        """
        leads, ours, related = text.partition(RELATED)
        names, read = _names(leads), read_sections(text)
        is_known = self._sections_known.issuperset(names)
        if ours or is_known or self._sections_known.intersection(names).difference(read.names):
            return names, _names(related)
        return read.led, read.related

    def _text(self, row: Sequence[str], column: PasteColumn) -> str:
        return row[self._places[column]].strip() if column in self._places else ""

    def _values(self, number: int, row: Sequence[str]) -> dict[action_fields.Field[Any], Any]:
        values = {}
        for field in _FURTHER_FIELDS:
            column = column_of(field)
            text = self._read(number, column, self._text(row, column))
            if text:
                values[field] = field.type.load(text, self._names, column.heading)
        return values

    def _read(self, number: int, column: PasteColumn, text: str) -> str:
        """Return a cell as the exact text of its field's type; nothing where it is none."""
        field = column.field
        assert field is not None
        if not text:
            return ""
        if field.type.is_running_text:
            try:
                return str(field.type.parse(text, self._names, column.heading))
            except errors.InvalidInputError as error:
                self.problems.append(f"{number}行目: {error.message}")
                return ""
        value, problem = self._words.read(field, text)
        if problem:
            self.problems.append(f"{number}行目: 「{column.heading}」{problem}")
        return value


def _names(text: str) -> tuple[str, ...]:
    parts = text.replace("\n", BETWEEN).replace(",", BETWEEN).split(BETWEEN)
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip())))


def copied_rows(outline: Outline, nodes: Iterable[int]) -> Cells:
    """Return the actions at and below the nodes, each place once, below a row of headings."""
    places = dict.fromkeys(
        place for node in nodes for place in counting.placements_under(outline, node)
    )
    title = outline.levels[-1].name
    head = [title if column is TITLE else column.heading for column in COPIED]
    return [head, *(_row(outline, place) for place in places)]


def _row(outline: Outline, place: int) -> list[str]:
    action = outline.action_at(place)
    assert action is not None, "only placements are copied"
    values = {
        NUMBER: outline.number(place),
        SECTION: _sections(outline, action.id),
        STATUS: _status(outline.status(action.id)),
        PROGRESS: _progress(outline, action.id),
    }
    return [
        values[column] if column in values else _copied(column.field, outline, action.id)
        for column in COPIED
    ]


def _copied(field: action_fields.Field[Any] | None, outline: Outline, action_id: int) -> str:
    """Return a running text as it is, and what people read of any other value."""
    assert field is not None
    if field.type.is_running_text:
        return str(field.of(outline, action_id))
    return field.format(outline, action_id)


def _sections(outline: Outline, action_id: int) -> str:
    related = BETWEEN.join(outline.section_names(action_id, plan.Role.RELATED))
    return outline.lead(action_id) + (f"{RELATED}{related}" if related else "")


def _status(status: plan.Status | None) -> str:
    return f"{status.mark} {status.label}".strip() if status else ""


def _progress(outline: Outline, action_id: int) -> str:
    """Return the text, or each of several lines behind its own mark."""
    lines = outline.lines.get(action_id, ())
    if len(lines) == 1:
        return lines[0].text
    marks = {each.id: each.mark for each in outline.statuses.values()}
    return "\n".join(f"{marks.get(line.status_id or 0, '')} {line.text}".strip() for line in lines)
