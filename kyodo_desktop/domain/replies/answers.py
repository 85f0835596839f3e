"""Reads what people typed into the cells of a form, as values of the plan."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, errors, field_types, fiscal_year, search
from kyodo_desktop.domain.field_types import Month
from kyodo_desktop.domain.replies import asking, form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.action_fields import Field
    from kyodo_desktop.domain.outline import Outline


_FAMILIES = (
    "✓✔☑✅🗸√レ",
    "○◯〇⚪⭕o",
    "●⚫",
    "◎⦾",
    "・•·∙⋅‧",
    "◇◊⬦♢",
    "◆♦⬥",
    "△▵∆",
    "▲▴",
    "□▢⬜☐",
    "■⬛",
    "×✕✖✗✘╳⨯x",
    "－‐‒–—―−ー",
)
_FIRST_OF = {
    search.search_key(each): search.search_key(family[0])
    for family in _FAMILIES
    for each in family
}
_UNSEEN = dict.fromkeys((0xFE0E, 0xFE0F, 0x200B, 0x200D, 0xFEFF))
_BULLETS = frozenset("・○●◎◇◆□■－*")
"""Marks that are as often the bullets of a plain list."""


def without_unseen(text: str) -> str:
    """Return a text without what only says how a character is to be drawn."""
    return text.translate(_UNSEEN)


def plain(text: str) -> str:
    """Return a text without spaces, in which width, kana and case make no difference."""
    return "".join(search.search_key(without_unseen(text)).split())


def mark_key(mark: str) -> str:
    """Return what all ways to type a mark have in common."""
    key = plain(mark)
    return _FIRST_OF.get(key, key)


def is_bullet(mark: str) -> bool:
    """Tell whether lines that begin with the mark may be a plain list."""
    return mark_key(mark) in {mark_key(each) for each in _BULLETS}


_BETWEEN = ":：・/／|｜()（）[]［］、,"  # between a mark and its label
_CLEAR = 2  # letters that tell a word by its beginning
_AFTER_A_LABEL = re.compile(r"(済み|済|しました|した|です)?[。.]?$")
_AS_BEFORE = frozenset(
    map(
        plain,
        (
            "変更なし",
            "変更無し",
            "変わりなし",
            "前回同様",
            "前回と同様",
            "前回と同じ",
            "前回のまま",
        ),
    )
)
_LONGEST_PHRASE = 20  # letters of a cell that could say no more than that
_UNTIL = "予定|まで|迄|を?目途|を?目標|見込み?|ごろ|頃"
_AFTER_A_MONTH = re.compile(rf"({_UNTIL}|[(（]({_UNTIL})[)）])+$")
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9０-９元])[・･](?=[0-9０-９])")
_NO_MONTH = frozenset(map(plain, ("未定", "未定です", "なし", "無し", "-", "―", "ー", "…")))
_WITH_ERA = re.compile(r"令|平|昭|(?<![a-z])[rhs]\.?(元|[0-9])|[0-9]{4}", re.IGNORECASE)
_DAY_OF_EXCEL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ALIKE = (
    ("完了", "完了済", "完了済み", "済", "済み", "完", "終了", "実施済", "実施済み"),
    ("継続中", "継続", "実施中", "取組中", "取り組み中", "進行中"),
)
"""Words for a status that mean the same; a plan has a label of its own among them."""


class ParsedCell(NamedTuple):
    """A cell as a value of the plan, or why it is none: `problem` ends 「状態」の…."""

    value: str
    problem: str = ""


class AnswerParser:
    """Reads cells with one plan's statuses, directions and era."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._names = field_types.OutlineNames(outline)
        statuses = outline.statuses.values()
        self._allowed = "、".join(each.word for each in statuses)
        self._marks = frozenset(each.mark for each in statuses)
        self._mark_lengths = sorted({len(each.mark) for each in statuses}, reverse=True)
        self._mark_keys = {mark_key(each.mark): each.mark for each in reversed([*statuses])}
        self._labels = {
            plain(each.label): each.mark for each in reversed([*statuses]) if each.label
        }
        self._alike = _alike(self._labels)
        self._options: dict[Field[Any], dict[str, str]] = {}
        self._known: dict[tuple[Field[Any], str], ParsedCell] = {}
        self._shown: dict[tuple[Field[Any], str], str] = {}

    @property
    def period(self) -> str:
        """The years of the plan, as people read them."""
        return fiscal_year.period_label(self._names.near.first, self._names.near.last)

    def read(self, field: Field[Any], typed: str) -> ParsedCell:
        """Return the value of a cell; the same words are read only once."""
        if field.type.is_running_text:
            return self._strict(field, tidy(typed))
        key = field, typed
        if key not in self._known:
            self._known[key] = self._lenient(field, tidy(typed).strip())
        return self._known[key]

    def shown(self, field: Field[Any], value: str) -> str:
        """Return a value as people read it; one that the plan does not know as it is."""
        if field.type.is_running_text:
            return value
        key = field, value
        if key not in self._shown:
            try:
                stored = field.type.load(value, self._names, field.form.label)
                self._shown[key] = field.type.format(stored, self._outline)
            except errors.InvalidInputError:
                self._shown[key] = value
        return self._shown[key]

    def mark_of(self, typed: str) -> str:
        """Return the plan's mark that a typed one stands for; an empty text is none."""
        return typed if typed in self._marks else self._mark_keys.get(mark_key(typed), "")

    def marked(self, line: str) -> tuple[str, str]:
        """Return the plan's mark at the beginning of a line, or none, and the rest of it.

        A letter or a word is a mark only where a space follows: レンタル begins with no レ.
        """
        for mark, typed, rest in self._beginnings(without_unseen(line)):
            if rest[:1].isspace() or not typed.isalnum():
                return mark, rest.strip()
        return "", line

    def _beginnings(self, typed: str) -> Iterator[tuple[str, str, str]]:
        """Yield the marks with which a text may begin, as typed, and the rest of the text."""
        for length in self._mark_lengths:
            if mark := self.mark_of(typed[:length]):
                yield mark, typed[:length], typed[length:]

    def _strict(self, field: Field[Any], typed: str) -> ParsedCell:
        label = field.form.label
        try:
            value = field.type.parse(typed, self._names, label)
        except errors.InvalidInputError as error:
            return ParsedCell("", error.message.removeprefix(f"「{label}」"))
        return ParsedCell(field.type.plain(value, self._outline))

    def _lenient(self, field: Field[Any], typed: str) -> ParsedCell:
        if not typed:
            return ParsedCell("")
        if isinstance(field.type, Month):
            return self._month(typed)
        if not field.type.is_chosen:
            return self._strict(field, typed)
        if field.type is field_types.STATUS:
            found, allowed = self._status(typed), self._allowed
        else:
            options = self._options_of(field)
            found, allowed = _by_beginning(options, plain(typed)), "、".join(options.values())
        if found:
            return ParsedCell(found)
        return ParsedCell("", f"の「{_short(typed)}」は選択肢にありません。使えるもの：{allowed}")

    def _options_of(self, field: Field[Any]) -> dict[str, str]:
        """Return what can be chosen, by the words for it."""
        if field not in self._options:
            self._options[field] = {
                plain(text): field.type.plain(value, self._outline)
                for value, text in field.type.options(self._outline)
            }
        return self._options[field]

    def _status(self, typed: str) -> str:
        """Return the mark that a mark, a label, or both of them stand for."""
        if found := self.mark_of(typed) or self._labels.get(plain(typed)):
            return found
        for mark, _, rest in self._beginnings(typed):
            label = plain(rest).strip(_BETWEEN)
            if not label or _by_beginning(self._labels, label) == mark:
                return mark
        found = _by_beginning(self._labels, plain(typed)) or self._alike.get(plain(typed), "")
        return found or _by_beginning(self._labels, plain(_AFTER_A_LABEL.sub("", typed, 1)))

    def is_doubtful(self, field: Field[Any], typed: str, value: str) -> bool:
        """Tell whether a month lies outside the plan, of a year that nobody has written.

        Its era was taken from the plan, or Excel took this year for a mere 8月3日.
        """
        if not value or not isinstance(field.type, Month):
            return False
        shown = unicodedata.normalize("NFKC", typed).strip()
        is_written = _WITH_ERA.search(shown) and not _DAY_OF_EXCEL.match(shown)
        near = self._names.near
        is_of_plan = near.first <= fiscal_year.fiscal_year_of(value) <= near.last
        return not is_of_plan and not is_written

    def _month(self, typed: str) -> ParsedCell:
        if plain(_dashed(typed)) in _NO_MONTH:
            return ParsedCell("")
        dotted = _BETWEEN_NUMBERS.sub(".", "".join(typed.split()))
        shortened = _AFTER_A_MONTH.sub("", dotted) or typed
        try:
            return ParsedCell(fiscal_year.parse_month(shortened, near=self._names.near) or "")
        except (fiscal_year.NoSuchDayError, fiscal_year.UnclearYearError) as error:
            return ParsedCell("", error.message.removeprefix("「完了予定」"))
        except errors.InvalidInputError:
            return ParsedCell(
                "",
                f"の「{_short(typed)}」は年月として読み取れません。"
                "例: H28.3、平成28年3月、2016-03",
            )


def _alike(labels: dict[str, str]) -> dict[str, str]:
    """Return the marks of words that are like the label of exactly one status."""
    found: dict[str, str] = {}
    for words in _ALIKE:
        marks = {labels[key] for key in map(plain, words) if key in labels}
        if len(marks) == 1:
            found |= dict.fromkeys(map(plain, words), marks.pop())
    return found


def _dashed(text: str) -> str:
    """Return a text of nothing but dashes, of any kind, as one of them."""
    shown = "".join(text.split())
    return "-" if shown and all(mark_key(each) == mark_key("-") for each in shown) else text


def says_as_before(text: str) -> bool:
    """Tell whether a whole cell says that nothing has changed: 変更なし."""
    return len(text) <= _LONGEST_PHRASE and plain(text).strip("。.()") in _AS_BEFORE


def tidy(text: str) -> str:
    """Return a text with plain line ends and without spaces that nobody sees."""
    if text.isprintable() and text == text.rstrip():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _by_beginning(words: dict[str, str], typed: str) -> str:
    """Return the word that is typed, or the only one that begins with it."""
    if typed in words:
        return words[typed]
    if len(typed) < _CLEAR:
        return ""
    found = {word for key, word in words.items() if key.startswith(typed)}
    return found.pop() if len(found) == 1 else ""


def _short(text: str, most: int = 30) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}…"


def _shown(field: Field[Any], typed: str) -> str:
    """Return a cell in a few words, a date of Excel as people write it."""
    shown = _short(typed)
    return fiscal_year.day_label(shown) if isinstance(field.type, Month) else shown


MarkedLines = list[tuple[str, str]]


def marked_lines(text: str, words: AnswerParser, status: str = "") -> MarkedLines:
    """Return mark and text of each line where a text consists of several, else nothing.

    A line without a mark goes on the one above it. Lines that all begin with the same bullet
    are a list within one text, unless that is the mark of the `status` beside it: ・ is both, a
    mark of plans and the bullet of everybody.
    """
    if "\n" not in text:
        return []
    found: MarkedLines = []
    for line in text.split("\n"):
        mark, rest = words.marked(line.strip())
        if mark:
            found.append((mark, rest))
        elif found:
            found[-1] = found[-1][0], f"{found[-1][1]}\n{line}".rstrip()
        elif line.strip():
            return []
    marks = {mark for mark, _ in found}
    is_list = len(marks) == 1 and status not in marks and is_bullet(next(iter(marks)))
    return found if len(found) > 1 and not is_list else []


class AnsweredRow(NamedTuple):
    """A row that came back in the plan's words.

    What is as it was sent has the value that was sent, to the letter; so have the `unread`
    cells, which nobody could understand, and those that are `as_before` because they say so in
    words (変更なし). `more` are further lines (mark and text) from the same cell. What is
    `doubtful` was read, and may be meant otherwise.
    """

    match: form.Match
    values: form.Values
    unread: frozenset[Field[Any]] = frozenset()
    more: tuple[tuple[str, str], ...] = ()
    as_before: frozenset[Field[Any]] = frozenset()
    doubtful: frozenset[Field[Any]] = frozenset()

    def changed(self, field: Field[Any]) -> bool:
        """Tell whether the section wrote something else than was sent."""
        return self.values.get(field) != self.match.sent.values.get(field)

    def shows(self, field: Field[Any]) -> bool:
        """Tell whether the value stands in the cell: it is there, and could be read."""
        is_left_out = field in self.unread or field in self.as_before
        return field in self.match.row.cells and not is_left_out


class AnswerRowReader:
    """Reads rows one by one; what is to be said of them is in `remarks`."""

    def __init__(self, words: AnswerParser) -> None:
        self.remarks: list[form.Remark] = []
        self._words = words

    def is_as_sent(self, sent: form.FormRow, row: form.AnswerRow) -> bool:
        """Tell whether nothing was changed in a row, without a word about it."""
        return not row.unread and all(
            self._is_same(field, old, row.cells.get(field, old))
            for field, old in sent.values.items()
        )

    def read(self, match: form.Match) -> AnsweredRow:
        """Return what a row says; where it adds a line, only what stands in a line."""
        if match.is_new:
            match = match._replace(sent=match.sent._replace(values=asking.NO_LINE))
        values, unread = dict(match.sent.values), set(match.row.unread)
        as_before, doubtful = set(), set()
        for field, old in match.sent.values.items():
            typed = match.row.cells.get(field, old)
            if self._is_same(field, old, typed):
                continue
            if old and says_as_before(typed):
                beginning = f"「{field.form.label}」の「{tidy(typed).strip()}」を"
                self._tell(
                    match.row, f"{beginning}、発送時のままとして読みました。", form.Severity.NOTE
                )
                as_before.add(field)
                continue
            reading = self._words.read(field, typed)
            if reading.problem:
                unread.add(field)
                self._tell(match.row, f"「{field.form.label}」{reading.problem}", is_unread=True)
            else:
                values[field] = reading.value
                if self._words.is_doubtful(field, typed, reading.value):
                    doubtful.add(field)
                    self._tell_doubt(match.row, field, typed, reading.value)
        if not match.is_new:
            self._tell_unasked(match)
        answered = AnsweredRow(
            match,
            values,
            frozenset(unread),
            as_before=frozenset(as_before),
            doubtful=frozenset(doubtful),
        )
        return self._split(answered)

    def _tell_doubt(self, row: form.AnswerRow, field: Field[Any], typed: str, value: str) -> None:
        month = fiscal_year.month_label(value)
        self._tell(
            row,
            f"「{field.form.label}」の「{_shown(field, typed)}」は「{month}」"
            f"と読みましたが、計画の期間（{self._words.period}）の外です。"
            "そのとおりでよいときだけ、選んで取り込んでください。",
        )

    def _is_same(self, field: Field[Any], old: str, typed: str) -> bool:
        if typed == old or tidy(typed) == tidy(old):
            return True
        if field.type.is_running_text:
            return False
        reading = self._words.read(field, typed)
        return not reading.problem and reading.value == self._words.read(field, old).value

    def _tell_unasked(self, match: form.Match) -> None:
        """Tell of a cell that is filled in where none was open."""
        for field, typed in match.row.cells.items():
            if field not in match.sent.values and typed.strip():
                self._tell(
                    match.row,
                    f"「{field.form.label}」は、この行では照会していません"
                    "（実行計画ごとに最初の行だけに記入します）。この欄は取り込みません。",
                )

    def _split(self, answered: AnsweredRow) -> AnsweredRow:
        """Take several marked lines out of one cell; the first of them stays in its row."""
        sent, values = answered.match.sent.values, answered.values
        text, before = values[action_fields.PROGRESS], tidy(sent[action_fields.PROGRESS])
        if not answered.changed(action_fields.PROGRESS):
            return answered
        status, row = values[action_fields.STATUS], answered.match.row
        lines = marked_lines(text, self._words, status)
        if marked_lines(before, self._words, sent[action_fields.STATUS]):
            return answered
        if not lines:
            return self._without_mark(answered, text, before)
        mark, first = lines[0]
        if status in ("", mark) or not answered.changed(action_fields.STATUS):
            status = mark
        else:
            self._tell(
                row,
                f"「状態」は「{status}」ですが、「進捗状況」の最初の記号は「{mark}」です。"
                f"「{status}」として読みました。",
            )
        self._tell(
            row,
            f"「進捗状況」を、記号ごとに{len(lines)}行に分けて読みました。",
            form.Severity.NOTE,
        )
        own: form.Values = {action_fields.STATUS: status, action_fields.PROGRESS: first}
        return answered._replace(values=values | own, more=tuple(lines[1:]))

    def _without_mark(self, answered: AnsweredRow, text: str, before: str) -> AnsweredRow:
        """Take the mark of the status away before a text; tell of another that stands there."""
        status = answered.values[action_fields.STATUS]
        mark, rest = self._words.marked(text)
        if not (mark and rest and status) or self._words.marked(before)[0]:
            return answered
        if mark == status:
            values = answered.values | {action_fields.PROGRESS: rest}
            return answered._replace(values=values)
        is_list = is_bullet(mark) and "\n" in text
        self._tell(
            answered.match.row,
            f"「状態」は「{status}」ですが、「進捗状況」は「{mark}」で始まります。"
            f"1つの文のまま、「{status}」として読みました。",
            form.Severity.NOTE if is_list else form.Severity.WARNING,
        )
        return answered

    def _tell(
        self,
        row: form.AnswerRow,
        text: str,
        severity: form.Severity = form.Severity.WARNING,
        *,
        is_unread: bool = False,
    ) -> None:
        text = f"{row.row}行目：{text}"
        self.remarks.append(form.Remark(severity, text, row.row, is_unread))


_DITTO_MARKS = frozenset('〃々″"”“‟')
_DITTO_WORDS = frozenset(
    map(plain, ("同上", "同じ", "上に同じ", "上と同じ", "上記と同じ", "同文"))
)
_LONGEST_DITTO = 8  # characters


def is_ditto(text: str) -> bool:
    """Tell whether a whole cell says that it is the same as the one above: 同上, 〃."""
    shown = text.strip()
    if not shown or len(shown) > _LONGEST_DITTO:
        return False
    if set("".join(shown.split())) <= _DITTO_MARKS:
        return True
    return plain(shown).strip("。.()") in _DITTO_WORDS


class Dittos(NamedTuple):
    """The rows of an answer without any 同上, and what is to be said of those that were there."""

    rows: tuple[form.AnswerRow, ...]
    remarks: tuple[form.Remark, ...]


def without_dittos(answer: form.Answer) -> Dittos:
    """Put in place of 同上 what the row above says in the same column.

    One that was sent so stays; one below nothing is left out of the row and told.
    """
    sent = {(row.action_id, row.line_id): row.values for row in answer.sent}
    above: dict[Field[Any], form.AnswerRow] = {}
    rows, remarks = [], []
    for row in sorted(answer.rows, key=lambda each: each.row):
        cells = dict(row.cells)
        before = sent.get((row.action_id, row.line_id), {})
        for field in row.unread:
            above.pop(field, None)
        for field, typed in row.cells.items():
            if not is_ditto(typed) or typed == before.get(field):
                continue
            place = f"{row.row}行目：「{field.form.label}」の「{typed.strip()}」"
            source = above.get(field)
            if source is None:
                del cells[field]
                text = f"{place}は、上に同じ欄の行がないため読み取れません。"
                remarks.append(form.Remark(form.Severity.WARNING, text, row.row, is_unread=True))
                continue
            cells[field] = source.cells[field]
            text = (
                f"{place}は、{source.row}行目の「{_shown(field, cells[field])}」と同じ"
                "として読みました。"
            )
            remarks.append(form.Remark(form.Severity.NOTE, text, row.row))
        read = row._replace(cells=cells)
        above |= dict.fromkeys(cells, read)
        rows.append(read)
    return Dittos(tuple(rows), tuple(remarks))
