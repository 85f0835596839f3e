"""Reads what a form says of a round: grades, texts, and what shall come of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import is_mark
from kyodo_desktop.domain.importing.directions import (
    LedText,
    may_be_direction,
    split_direction,
)
from kyodo_desktop.domain.importing.forms.choices import choices_in
from kyodo_desktop.domain.importing.forms.words import GRADED, SHARE, is_strict
from kyodo_desktop.domain.importing.found_plan import FoundLine, FoundOutlook
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.moments import year_of
from kyodo_desktop.domain.importing.plain import is_nothing, one_line, squeezed
from kyodo_desktop.domain.importing.statuses import (
    Statuses,
    best_legend,
    choice_of,
    legends_in,
    tells_kind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kyodo_desktop.domain.importing.directions import Directions
    from kyodo_desktop.domain.importing.forms.drafts import FormDraft, FormPart
    from kyodo_desktop.domain.importing.found_plan import ValueOrigin
    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.domain.importing.mapping import StatusChoice
    from kyodo_desktop.domain.importing.sheet_view import SheetView
    from kyodo_desktop.domain.importing.statuses import Marked

_LONGEST_GRADE, _LONGEST_CHOICE, _LAST_LEGEND = 20, 30, 400
_BOXES = "■□☑☐✓✔☒✅"  # before printed choices
_SPACED = re.compile(
    r"(?:^|(?<=[\s　：:（(、]))(?P<mark>[A-ZＡ-Ｚ◎○△×])[ 　]"
    r"(?P<words>[^\s　、）)。]{2,20})(?=[\s　、）)]|$)"
)
_LEAD = re.compile(
    r"\s*(?:[【\[［〔＜<](?P<bracketed>[^\n】\]］〕＞>]{1,20})[】\]］〕＞>]"
    r"|(?P<line>[^\s。、【\[［〔＜<][^\n。、]{0,19})(?=\n))"
)
_WHOLE = re.compile(r"\s*【(?P<words>[^【】\s]{1,12})】\s*")  # a cell of a grade in brackets
_FEWEST_TEXTS, _NEARLY_ALL = 3, 0.8
_OPTION = re.compile(
    r"(?:(?P<sign>[◎○◯〇●△▲×])|(?P<mark>[^\s：:.．(（]{1,2})\s*[\s：:.．(（])\s*(?P<words>[^)）]+)[)）]?"
)


def learnt_statuses(of_labels: Iterable[list[FormPart]], views: Sequence[SheetView]) -> Statuses:
    """Return the statuses that the forms print: in a legend, or as choices.

    `of_labels` are the values of one label in one form each.
    """
    met: dict[str, None] = {}
    options: dict[str, None] = {}
    told = list(of_labels)
    for parts in told:
        choices = choices_in(parts)
        is_status = parts[0].role is ColumnRole.STATUS
        if is_status:
            options.update(dict.fromkeys(choices.printed))
        for part in choices.rest:
            if is_status or _is_grade(part, parts):
                grade = GRADED.match(part.text)
                text = part.text.strip()
                whole = _WHOLE.fullmatch(text)
                bare = whole["words"] if whole is not None else text
                met[grade["mark"] if grade is not None else bare] = None
    if not met and not options:
        options.update(dict.fromkeys(_recurring_leads(told)))
    statuses = Statuses(_of_legend(views, [*met, *options]) if met or options else ())
    for words in options:
        if statuses.known(words) is None:
            statuses = Statuses([*statuses.choices, choice_of(*_mark_and_words(words))])
    return statuses


def _recurring_leads(of_labels: Iterable[list[FormPart]]) -> list[str]:
    """Return the few words with which the texts of a label begin in all forms: 【一部実施】….

    The words stand in brackets, or alone in the first line.
    """
    of_choice: defaultdict[object, list[str]] = defaultdict(list)
    for parts in of_labels:
        of_choice[parts[0].choice].append(parts[0].text)
    for told in of_choice.values():
        texts = [text for text in told if not is_nothing(text)]
        leads = Counter(lead.words for lead in map(_lead_of, texts) if lead is not None)
        few = 2 * len(leads) <= len(texts) or all(map(tells_kind, leads))
        if len(texts) >= _FEWEST_TEXTS and leads.total() >= _NEARLY_ALL * len(texts) and few:
            return list(leads)
    return []


class _Lead(NamedTuple):
    """The words that lead a text, their span, and where they end with their brackets."""

    words: str
    span: tuple[int, int]
    end: int


def _lead_of(text: str) -> _Lead | None:
    """Return what leads a text, in brackets or in a line of its own."""
    found = _LEAD.match(text)
    if found is None or found.lastgroup is None:
        return None
    return _Lead(found[found.lastgroup].strip(), found.span(found.lastgroup), found.end())


def _of_legend(views: Sequence[SheetView], met: list[str]) -> list[StatusChoice]:
    legends = [
        legend
        for view in views
        for legend in legends_in(view, range(1, min(view.height, _LAST_LEGEND) + 1))
        if not any(mark in _BOXES or is_strict(words) for mark, words in legend)
    ]
    best = best_legend(legends, met) or best_legend(list(_spaced_legends(views)), met)
    return [choice_of(mark, words) for mark, words in best]


def _spaced_legends(views: Iterable[SheetView]) -> Iterator[list[tuple[str, str]]]:
    """Yield legends with nothing between mark and words: A 順調　B やや遅れ."""
    for view in views:
        for row in view.filled(1, min(view.height, _LAST_LEGEND)):
            line = "　".join(view.row(row).values()).replace("\n", "　")
            pairs = [(each["mark"], each["words"]) for each in _SPACED.finditer(line)]
            if len(pairs) > 1 and len({mark for mark, _ in pairs}) == len(pairs):
                yield pairs


def _mark_and_words(option: str) -> tuple[str, str]:
    """FormPart 「Ａ：順調」 and 「Ａ　順調」 into mark and words."""
    found = _OPTION.fullmatch(option)
    mark = (found["sign"] or found["mark"]) if found is not None else ""
    if found is None or not is_mark(mark):
        return option, ""
    return mark, found["words"].strip()


_THIS_YEAR = re.compile("今年度|本年度|当年度")
_OTHER_YEARS = ((re.compile("次年度|来年度|翌年度"), -1), (re.compile("前年度|昨年度"), 1))


def year_told(label: str, near: int) -> int | None:
    """Return the year of a form that a label tells: 今年度（平成29年度）, 次年度（平成30年度）."""
    year = year_of(label, near)
    if year is None or _THIS_YEAR.search(label):
        return year if _THIS_YEAR.search(label) else None
    return next((year + more for words, more in _OTHER_YEARS if words.search(label)), None)


class RoundTeller:
    """Takes grades and texts of one round of an action; `unchosen` are choices without a mark."""

    def __init__(self, draft: FormDraft, name: str, statuses: Statuses, section: str = "") -> None:
        self._draft, self._name, self._statuses = draft, name, statuses
        self._section = section
        self._marks: dict[str, ValueOrigin] = {}
        self._texts: list[tuple[str, FormPart, tuple[int, int | None] | None]] = []
        self.unchosen: list[FormPart] = []

    def take(self, parts: Sequence[FormPart]) -> None:
        """Add the lines; the grade goes with the first text."""
        of_label: defaultdict[object, list[FormPart]] = defaultdict(list)
        for part in parts:
            of_label[part.choice].append(part)
        given = any(part.role is ColumnRole.STATUS for part in parts)
        grades = [
            part
            for part in parts
            if part.role is ColumnRole.STATUS
            or (not given and _is_grade(part, of_label[part.choice]))
        ]
        if grades:
            self._take_grades(grades)
        taken = {id(part) for part in grades}
        if not grades and parts and self._take_lead(parts[0]):
            taken = {id(parts[0])}
        self._texts += [(part.text, part, None) for part in parts if id(part) not in taken]
        self._tell()

    def _take_grades(self, grades: list[FormPart]) -> None:
        choices = choices_in(grades)
        for each in choices.chosen:
            mark = self._known(each.words)
            origin = each.part.origin(ColumnRole.STATUS, self._name, 0, each.span, each.form)
            self._marks.setdefault(mark, origin)
        for part in choices.rest:
            self._take_grade(part)
        if choices.printed and not self._marks:
            self.unchosen.append(grades[0])

    def _take_grade(self, part: FormPart) -> None:
        """Take a cell of a grade: the mark, the mark in a sentence, or a text without one."""
        text = part.text
        known = self._statuses.known(text)
        if known is not None:
            self._marks.setdefault(known, part.origin(ColumnRole.STATUS, self._name))
            return
        if self._marks:
            if not self._is_explained(text):
                self._texts.append((text, part, None))
            return
        graded = GRADED.match(text)
        whole = _WHOLE.fullmatch(text)
        if whole is not None and part.role is ColumnRole.STATUS:
            self._mark(part, self._known(whole["words"]), whole.span("words"), len(text))
            return
        line, _, _ = text.partition("\n")
        if graded is not None:
            words = (graded["words"] or "").strip()
            mark = self._known(graded["mark"], words if tells_kind(words) else "")
            self._mark(part, mark, graded.span("mark"), graded.end())
        elif _is_status(line):
            self._mark(part, self._known(line), (0, len(line)), len(line))
        else:
            self._texts.append((text, part, None))

    def _is_explained(self, text: str) -> bool:
        """Tell whether a text only repeats what the legend says of the mark beside it."""
        said = {
            squeezed(words)
            for each in self._statuses.choices
            if each.mark in self._marks
            for words in (each.label, each.definition)
            if words
        }
        return squeezed(text) in said

    def _take_lead(self, part: FormPart) -> bool:
        """Take a known status that leads a text: 【一部実施】…; return whether there is one."""
        lead = _lead_of(part.text)
        known = self._statuses.known(lead.words) if lead is not None else None
        if lead is None or known is None:
            return False
        self._mark(part, known, lead.span, lead.end)
        return True

    def _mark(self, part: FormPart, mark: str, span: tuple[int, int], end: int) -> None:
        """Take a mark that stands in a text; what is after it is told of the round."""
        origin = part.origin(ColumnRole.STATUS, self._name, 0, span)
        self._marks.setdefault(mark, origin)
        rest = part.text[end:].strip()
        if rest:
            start = part.text.index(rest, end)
            self._texts.append((rest, part, (start, start + len(rest))))

    def _known(self, words: str, label: str = "") -> str:
        known = self._statuses.known(words)
        if known is not None:
            return known
        found = self._statuses.of_cell(f"{words}（{label}）" if label else words)
        return found[0] if found else one_line(words)

    def _tell(self) -> None:
        marks = list(self._marks.items())
        if not marks:
            for text, part, span in self._texts:
                for marked in self._statuses.lines_of(text):
                    self._line(marked.status, marked.text, part.place)
                    if marked.status:
                        self._told_with_mark(part, marked, span[0] if span else 0)
                    else:
                        self._told(part, span)
            return
        first, others = self._texts[:1], self._texts[1:]
        for mark, origin in marks:
            self._line(mark, first[0][0] if first else "", origin.place)
            line = len(self._draft.lines) - 1
            self._draft.origins.append(origin._replace(line=line))
            for _, part, span in first:
                self._told(part, span)
            first = []
        for text, part, span in others:
            self._line("", text, part.place)
            self._told(part, span)

    def _line(self, status: str, text: str, place: CellPlace) -> None:
        self._draft.lines.append(FoundLine(self._name, self._section, status, text, place))

    def _told_with_mark(self, part: FormPart, marked: Marked, start: int) -> None:
        span, line = (start + marked.start, start + marked.end), len(self._draft.lines) - 1
        for role in (ColumnRole.STATUS, ColumnRole.PROGRESS):
            self._draft.origins.append(part.origin(role, self._name, line, span, marked.form))

    def _told(self, part: FormPart, span: tuple[int, int | None] | None) -> None:
        line = len(self._draft.lines) - 1
        self._draft.origins.append(part.origin(ColumnRole.PROGRESS, self._name, line, span))


def take_outlook(
    draft: FormDraft, name: str, parts: Sequence[FormPart], directions: Directions
) -> list[FormPart]:
    """Add the choice and the texts of 今後の方向性; return the choices that have no mark."""
    choices = choices_in(parts)
    direction, texts, place = "", [], parts[0].place
    for each in choices.chosen:
        if direction:
            texts.append(each.words)
            continue
        direction, place = each.words, each.part.place
        draft.origins.append(each.part.origin(ColumnRole.DIRECTION, name, 0, each.span, each.form))
    for part in choices.rest:
        led = None if direction else _direction_of(part, len(parts))
        text = part.text
        span: tuple[int, int] | None = None
        if led is not None:
            direction, text, span = led.choice, led.text, led.text_span
            draft.origins.append(part.origin(ColumnRole.DIRECTION, name, 0, led.span))
        if text:
            texts.append(text)
            draft.origins.append(part.origin(ColumnRole.OUTLOOK, name, 0, span))
    direction = directions.named(direction)
    if direction:
        directions.known.setdefault(direction)
    if direction or texts:
        draft.outlooks.append(FoundOutlook(name, direction, "\n".join(texts), place))
    return [parts[0]] if choices.printed and not choices.chosen else []


def _direction_of(part: FormPart, cells: int) -> LedText | None:
    """Return the choice with which a cell begins and how it goes on."""
    text = part.text
    led = split_direction(text)
    if led is not None:
        return led
    may_be = part.role is ColumnRole.DIRECTION or cells > 1
    if may_be and len(text) <= _LONGEST_CHOICE and may_be_direction(text):
        return LedText(one_line(text), (0, len(text)), "", (len(text), len(text)))
    return None


def _is_grade(part: FormPart, beside: list[FormPart]) -> bool:
    """Tell whether a cell of a label of texts is a grade: 進捗状況 | A | 実施した。"""  # noqa: D400
    text = part.text.strip()
    graded = GRADED.match(text)
    if (is_mark(text) and not text.isdecimal()) or (graded and graded["mark"].isalpha()):
        return True
    return len(beside) > 1 and part is beside[0] and _is_status(text)


def _is_status(line: str) -> bool:
    text = line.strip()
    short = len(text) <= _LONGEST_GRADE and "。" not in text
    return is_mark(text) or SHARE.fullmatch(text) is not None or (short and tells_kind(text))
