"""Reads forms into a plan: each form is an action, or each row of the table in it is one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.cell_words import is_section
from kyodo_desktop.domain.importing.directions import Directions
from kyodo_desktop.domain.importing.drafts import added
from kyodo_desktop.domain.importing.forms.choices import ticked_words
from kyodo_desktop.domain.importing.forms.drafts import FormDraft, FormPart, FormTitle, title_of
from kyodo_desktop.domain.importing.forms.find import form_sheets, forms_of, is_example
from kyodo_desktop.domain.importing.forms.labels import FormReading
from kyodo_desktop.domain.importing.forms.rounds import (
    RoundTeller,
    learnt_statuses,
    take_outlook,
    year_told,
)
from kyodo_desktop.domain.importing.forms.words import (
    PAPER,
    YEAR,
    inside_labels,
    is_strict,
    may_be_label,
    names_year,
    steps_in,
    words_of,
)
from kyodo_desktop.domain.importing.found_plan import (
    FoundHeading,
    FoundPlacement,
    FoundPlan,
    FoundRound,
)
from kyodo_desktop.domain.importing.grid import CellPlace, Grid, Unread
from kyodo_desktop.domain.importing.left_out import left_of_book, legend_of
from kyodo_desktop.domain.importing.mapping import ColumnRole, ValueSide
from kyodo_desktop.domain.importing.moments import round_of, span_in, when_of, year_of, years_in
from kyodo_desktop.domain.importing.months import read_months, read_start
from kyodo_desktop.domain.importing.numbers import is_number, numbered
from kyodo_desktop.domain.importing.plain import is_nothing, one_line, squeezed
from kyodo_desktop.domain.importing.relisting import is_reference, without_word
from kyodo_desktop.domain.importing.sections import read_sections
from kyodo_desktop.domain.importing.sheet_view import SheetView, hidden_texts
from kyodo_desktop.domain.importing.statuses import Statuses, legends_in
from kyodo_desktop.domain.importing.titles import stem_of, told_years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.importing.forms.drafts import Path
    from kyodo_desktop.domain.importing.forms.labels import FormValue, PrintedForm
    from kyodo_desktop.domain.importing.forms.sheet import FormSheet
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import FormMapping, LabelChoice, RoundChoice

_WHOLE = "全体"  # the heading of actions that have none
_TITLE_LIMIT, _SHOWN = 500, 200
_NEARLY_ALL, _ALIKE, _FEWEST_FORMS = 0.8, 0.4, 3
_WORDLESS = (ValueSide.GROUP, ValueSide.ALONE)
_TOP_ROWS, _TOP_BOXES, _LONGEST_LINE = 6, 10, 120
_CODE = re.compile(r"(?P<number>[0-9０-９]{7,12})[\s　:：.．]+(?P<title>\S.*)")
_TITLES = (ColumnRole.HEADING, ColumnRole.ACTION)
_COUNTED = re.compile(r"[^0-9０-９①-⑳](?P<number>[①-⑳]|[0-9０-９]{1,2})$")
_QUOTED = re.compile("「(?P<title>[^「」]+)」")
_PART = re.compile("[上下]半?期|四半期|[0-9]月末")  # of a year, that is a round of its own
_GRADES = (ColumnRole.STATUS, ColumnRole.PROGRESS)
_TO_COME = (ColumnRole.DIRECTION, ColumnRole.OUTLOOK)  # 平成30年度以降の方向性 is told of 29年度
_CHOSEN = (*_GRADES, ColumnRole.DIRECTION, ColumnRole.OUTLOOK)
_SHARED = {ColumnRole.SECTION, ColumnRole.RELATED_SECTION, ColumnRole.ROUND}


def read_forms(book: Book, mapping: FormMapping, near: int) -> FoundPlan:
    """Read the forms as the mapping says; `near` is the year by which others are guessed."""
    forms = forms_in(book, mapping)
    printed, sides, constants = printed_in(mapping), sides_in(mapping), constant_texts(forms)
    readings = [FormReading(each, printed, sides, constants) for each in forms]
    reader = _Reader(mapping, near, book)
    reader.learn(readings)
    for reading in readings:
        reader.read(reading)
    return reader.plan(forms)


def printed_in(mapping: FormMapping) -> dict[str, bool]:
    """Return the words of the labels; true is for those which may stand anywhere."""
    found: dict[str, bool] = {YEAR: True}
    for each in mapping.labels:
        sure = each.side is not ValueSide.GROUP or is_strict(each.printed or each.words)
        found[each.words] = found.get(each.words, False) or sure
        for words in (each.group, each.row_words):
            if words:
                found.setdefault(words, True)
    return found


def sides_in(mapping: FormMapping) -> dict[str, ValueSide]:
    """Return the sides of labels whose values always stand on the same one."""
    found: defaultdict[str, set[ValueSide]] = defaultdict(set)
    for each in mapping.labels:
        if each.words != each.group:  # else the years over its values head them
            found[each.words].add(each.side)
    return {
        words: next(iter(sides))
        for words, sides in found.items()
        if len(sides) == 1 and words != YEAR and ValueSide.INSIDE not in sides
    }


def forms_in(book: Book, mapping: FormMapping) -> list[PrintedForm]:
    """Return the forms of the sheets that a mapping names, else of those with its labels."""
    sheets = form_sheets(book)
    named = [each for each in sheets if each.view.sheet in mapping.sheets]
    if not named:
        named = [each for each in sheets if not is_example(each) and _has_labels(each, mapping)]
    return [form for sheet in named for form in forms_of(sheet, mapping.start)[1]]


def _has_labels(sheet: FormSheet, mapping: FormMapping) -> bool:
    """Tell whether a sheet has many of the labels, that of the action among them."""
    have = {words_of(box.text) for box in sheet.boxes if may_be_label(box.text)}
    have |= {words for box in sheet.boxes for words, *_ in inside_labels(box.text)}
    labels = [each for each in mapping.labels if each.side not in _WORDLESS]
    words = {each.words for each in labels}
    titles = {each.words for each in labels if each.role is ColumnRole.ACTION}
    return bool(words) and titles <= have and len(words & have) >= _ALIKE * len(words)


def constant_texts(forms: Sequence[PrintedForm]) -> frozenset[str]:
    """Return the texts that are printed in nearly all of several forms."""
    if len(forms) < _FEWEST_FORMS:
        return frozenset()
    found = Counter(text for form in forms for text in {squeezed(box.text) for box in form.boxes})
    return frozenset(text for text, count in found.items() if count >= _NEARLY_ALL * len(forms))


class _Reader:
    """What is known while the forms are read one after the other."""

    def __init__(self, mapping: FormMapping, near: int, book: Book) -> None:
        self._mapping, self._near, self._book = mapping, near, book
        years = years_in(stem_of(book.name), near)
        self._year = years[-1] if years else near
        if mapping.rounds:
            self._year = mapping.rounds[-1].fiscal_year
        self._named = {
            each.fiscal_year: each for each in mapping.rounds if not _PART.search(each.name)
        }
        self._rounds: dict[str, RoundChoice] = {}
        self._statuses = Statuses(mapping.statuses)
        self._directions = Directions()
        self._headings: dict[Path, FoundHeading] = {}
        self._known: dict[tuple[Path, str, str], tuple[str, str]] = {}
        self._drafts: dict[tuple[Path, str, str], FormDraft] = {}
        self._unread: dict[tuple[CellPlace, str], Unread] = {}
        self._has_tables = False
        self._ticked: defaultdict[LabelChoice | None, set[str]] = defaultdict(set)
        self._labels: defaultdict[LabelChoice | None, set[str]] = defaultdict(set)
        self._noted: dict[str, tuple[CellPlace, int]] = {}
        self._ignored: dict[str, tuple[CellPlace, int]] = {}
        self._choices: defaultdict[tuple[str, ...], list[LabelChoice]] = defaultdict(list)
        for each in mapping.labels:
            if each.side is not ValueSide.GROUP:
                for key in (each.key, each.key[:2], each.key[:1]):
                    self._choices[key].append(each)

    def learn(self, readings: Sequence[FormReading]) -> None:
        """Take the legend and the printed choices for the statuses, where the mapping has none."""
        told: list[list[FormPart]] = []
        for reading in readings:
            of_label: defaultdict[object, list[FormPart]] = defaultdict(list)
            for value in reading.values:
                part = self._part(value, reading)
                if part.role is ColumnRole.HEADING:
                    self._labels[part.choice].add(one_line(value.label.text))
                if part.role in _CHOSEN:
                    of_label[part.choice].append(part)
            told += of_label.values()
            self._has_tables |= self._is_table(reading)
        for parts in told:
            self._ticked[parts[0].choice].update(ticked_words(parts))
        met = {part.text for parts in told for part in parts if part.role is ColumnRole.DIRECTION}
        if met:
            views = self._printed_views(readings)
            legends = [
                each
                for view in views
                for each in legends_in(view, range(1, view.height + 1), of_directions=True)
            ]
            self._directions.explain(legends, met)
        if self._mapping.statuses or not readings:
            return
        told = [parts for parts in told if parts[0].role in _GRADES]
        self._statuses = learnt_statuses(told, self._printed_views(readings))

    def _is_table(self, reading: FormReading) -> bool:
        """Tell whether a form has several actions, in rows below the label."""
        parts = (self._part(value, reading) for value in reading.values)
        own = [part for part in parts if part.role is ColumnRole.ACTION]
        rows = {part.place.row for part in own if not is_number(part.text)}
        return len(rows) > 1 and all(part.value.side is ValueSide.BELOW for part in own)

    def _printed_views(self, readings: Sequence[FormReading]) -> list[SheetView]:
        """Return what may hold a legend: other sheets, and of the first form what is no value."""
        used = {reading.sheet.view.sheet for reading in readings}
        views = [SheetView(grid) for grid in self._book.grids if grid.sheet not in used]
        first = readings[0]
        rows: list[list[str]] = [[""] * first.sheet.width for _ in range(first.sheet.view.height)]
        filled = {value.box.at for value in first.values}
        for box in first.sheet.boxes:
            in_other = box.top > first.form.rows.last
            if box.at not in filled and box.at not in first.labels and not in_other:
                rows[box.top - 1][box.left - 1] = box.text
        printed = Grid(first.sheet.view.sheet, tuple(map(tuple, rows)))
        return [SheetView(printed), *views]

    def _part(self, value: FormValue, reading: FormReading) -> FormPart:
        """Find the choice of a label: by all its words, else by what is left of them if sure."""
        key = (value.words, value.group, value.row_words)
        for words in (key, key[:2], key[:1]):
            found = self._choices.get(words, [])
            if len({each.role for each in found}) == 1 or (found and words == key):
                return FormPart(value, found[0], reading.sheet.view.sheet)
        return FormPart(value, None, reading.sheet.view.sheet)

    # Forms

    def read(self, reading: FormReading) -> None:
        """Read one form."""
        parts = [self._part(value, reading) for value in reading.values]
        year = self._year_of(reading, parts)
        parts = [part.without_blanks() for part in parts]
        parts = [part for part in parts if not is_nothing(part.text)]
        self._leave_over(reading, parts)
        titles = self._titles(parts)
        if not titles:
            if parts:
                reason = "実行計画の名称がない様式のため取り込んでいません。"
                self._leave(parts[0].place, parts[0].text, reason)
            return
        path = self._path(parts, reading.sheet.box_place(titles[0].box))
        rows = [title.box.top for title in titles]
        is_table = self._has_tables or len(rows) > 1
        shared = _SHARED - {part.role for part in parts if part.value.side is ValueSide.BELOW}
        for part in parts if is_table else ():
            if not any(_is_of(part, at, rows, shared) for at in range(len(rows))):
                self._leave_beside_table(part)
        for at, title in enumerate(titles):
            draft = self._draft(path, title, reading.sheet.box_place(title.box))
            mine = [
                part
                for part in parts
                if part.role not in _TITLES and (not is_table or _is_of(part, at, rows, shared))
            ]
            self._fill(draft, mine, year)

    def _leave_beside_table(self, part: FormPart) -> None:
        if part.role not in (*_TITLES, ColumnRole.NUMBER, ColumnRole.ROUND):
            reason = "表の外にあり、どの実行計画のことか決められないため取り込んでいません。"
            self._leave(part.place, part.labelled, reason)

    def _leave_over(self, reading: FormReading, parts: list[FormPart]) -> None:
        top = min((part.value.label.top for part in parts), default=0)
        for box in reading.remarks:
            self._leave(reading.sheet.box_place(box), box.text, "注記のため取り込んでいません。")
        for box in reading.left_over:
            if box.top < top and (PAPER.fullmatch(words_of(box.text)) or names_year(box.text)):
                continue  # what the form is called
            reason = "どの欄の値か分からないため取り込んでいません。"
            self._leave(reading.sheet.box_place(box), box.text, reason)

    def _year_of(self, reading: FormReading, parts: list[FormPart]) -> int:
        """Return the year of a form: by a label, by its title, or by the name of the sheet."""
        for part in parts:
            year = year_of(part.text, self._near) if part.role is ColumnRole.ROUND else None
            if year is not None:
                return year
        rows = reading.form.rows
        fields = {each.value.box.at for each in parts} | {each.value.label.at for each in parts}
        heads = reading.years_of_table
        for box in reading.boxes:
            is_top = box.top < rows.first + _TOP_ROWS or box.top <= rows.head_last
            is_field = box.at in fields or box.at in heads
            if is_top and not is_field and len(box.text) <= _LONGEST_LINE:
                years = years_in(box.text, self._near)
                if years and span_in(box.text, self._near) is None:
                    return years[-1]
        years = years_in(reading.sheet.view.sheet, self._near)
        if years:
            return years[-1]
        told = (year_told(part.value.label.text, self._near) for part in parts)
        graded = (
            year_of(text, self._near)
            for part in parts
            if part.role in _GRADES and not is_nothing(part.text)
            for text in (*part.value.years, part.value.label.text)
        )
        known = next(filter(None, told), None) or max(filter(None, graded), default=None)
        return known or self._year

    def _round(self, part: FormPart, year: int) -> str:
        """Return the round of a value: as chosen, of the year beside it, or that of the form."""
        name = part.choice.round if part.choice is not None else ""
        chosen = [each.fiscal_year for each in self._mapping.rounds if name and each.name == name]
        told = year_told(part.value.label.text, self._near)
        printed = [year_of(text, self._near) for text in part.value.years if told is None]
        if part.role in _TO_COME and names_year(part.value.label.text):
            printed = [each for each in printed if each is not None and each <= year]
        own = next((each for each in (*chosen, *printed) if each is not None), year)
        timed = (squeezed(text) for text in (part.value.label.text, *part.value.years))
        label = next(filter(_PART.search, timed), "")
        when = when_of(label, own) if label else None
        found = when.round if when is not None else self._named.get(own) or round_of(own)
        self._rounds.setdefault(found.name, found)
        return found.name

    # Titles

    def _path(self, parts: list[FormPart], place: CellPlace) -> Path:
        """Open the headings of a form; where it names none, all actions have the same one."""
        levels: defaultdict[int, list[FormPart]] = defaultdict(list)
        numbers: dict[int, str] = {}
        for part in parts:
            if part.choice is not None and part.role is ColumnRole.HEADING:
                levels[part.choice.level].append(part)
            elif part.choice is not None and part.role is ColumnRole.NUMBER:
                numbers.setdefault(part.choice.level, part.text)
        path: Path = ()
        depth = len(self._mapping.levels) - 1
        for level in sorted(levels):
            title = title_of(levels[level])
            if title is None:
                continue
            at = place._replace(row=title.box.top, column=title.box.left)
            number = title.number or numbers.get(level, "") or self._counted(levels[level][0])
            room = next(
                (below - level for below in sorted(levels) if below > level), depth - level
            )
            cells = [part.text for part in levels[level] if not is_number(part.text)]
            steps = cells if 1 < len(cells) <= room else steps_in(title.text)
            if steps is not cells:
                self._leave_others(levels[level], title)
            for step, text in enumerate(steps if len(steps) <= room else [title.text]):
                name = self._parted("" if step else number, text, level + step)
                name = self._known.setdefault((path, squeezed(name[0]), squeezed(name[1])), name)
                self._headings.setdefault((*path, name), FoundHeading(path, *name, at))
                path = (*path, name)
        if not path:
            path = (("", _WHOLE),)
            self._headings.setdefault(path, FoundHeading((), *path[0], place))
        return path

    def _counted(self, part: FormPart) -> str:
        """Return the number that a label has and other forms count on: 評価軸①, 評価軸②."""
        found = _COUNTED.search(one_line(part.value.label.text))
        counts = found is not None and len(self._labels[part.choice]) > 1
        return found["number"] if found is not None and counts else ""

    def _titles(self, parts: list[FormPart]) -> list[FormTitle]:
        """Return number, title and cell of the actions of a form."""
        depth = len(self._mapping.levels) - 1
        own = [part for part in parts if part.role is ColumnRole.ACTION]
        numbers = [
            part
            for part in parts
            if part.role is ColumnRole.NUMBER and part.choice and part.choice.level >= depth
        ]
        rows: defaultdict[int, list[FormPart]] = defaultdict(list)
        for part in own:
            rows[part.value.box.top].append(part)
        named = [row for row in rows.values() if title_of(row) is not None]
        is_table = len(named) > 1 and all(part.value.side is ValueSide.BELOW for part in own)
        found = []
        for row in named if is_table else [own]:
            title = title_of(row)
            if title is None:
                continue
            self._leave_others(row, title)
            beside = [each for each in numbers if not is_table or each.place.row == title.box.top]
            number = title.number or (one_line(beside[0].text) if beside else "")
            found.append(FormTitle(*self._parted(number, title.text, depth), title.box))
        return found

    def _leave_others(self, parts: list[FormPart], title: FormTitle) -> None:
        """Tell of what stands in the cells of a title beside it."""
        for part in parts:
            if part.value.box != title.box and not is_number(part.text):
                self._leave(part.place, part.text, "名称のほかの値のため取り込んでいません。")

    def _parted(self, number: str, title: str, level: int) -> tuple[str, str]:
        """Return number and title, the number without the word of its level."""
        names = [squeezed(name) for name, _ in self._mapping.levels[level : level + 1]]
        if number:
            bare = numbered(number)
            if bare.number and not bare.title and squeezed(bare.word) in names:
                number = bare.number
            return one_line(number), title[:_TITLE_LIMIT]
        code = _CODE.match(title)
        if code is not None:
            return code["number"], code["title"][:_TITLE_LIMIT]
        parts = numbered(title)
        if not parts.title or not parts.number:
            return "", title[:_TITLE_LIMIT]
        word = squeezed(parts.word)
        is_name = not word or any(word in name or name in word for name in names)
        quoted = _QUOTED.fullmatch(parts.title)
        name = parts.title if quoted is None else quoted["title"]
        return (parts.number if is_name else parts.printed), name[:_TITLE_LIMIT]

    def _draft(self, path: Path, title: FormTitle, place: CellPlace) -> FormDraft:
        text, again = without_word(title.text)
        key = path, squeezed(title.number), squeezed(title.text)
        draft = FormDraft(path, title.number, text, place, is_relisted=again)
        return self._drafts.setdefault(key, draft)

    # What is said of an action

    def _fill(self, draft: FormDraft, parts: list[FormPart], year: int) -> None:
        told: defaultdict[tuple[str, str], list[FormPart]] = defaultdict(list)
        sections = _sections_of_rows(parts)
        parts = self._without_unticked(parts)
        outlooks: defaultdict[str, list[FormPart]] = defaultdict(list)
        others: list[FormPart] = []
        for part in parts:
            match part.role:
                case ColumnRole.STATUS | ColumnRole.PROGRESS:
                    section = sections.get(part.place.row, "")
                    told[self._round(part, year), section].append(part)
                case ColumnRole.DIRECTION | ColumnRole.OUTLOOK:
                    outlooks[self._round(part, year)].append(part)
                case ColumnRole.SECTION | ColumnRole.RELATED_SECTION:
                    self._take_sections(draft, part)
                case ColumnRole.DESCRIPTION:
                    printed = next(iter(part.value.years), "")
                    draft.description.append(f"{one_line(printed)}　{part.text}".strip())
                    draft.origins.append(part.origin(part.role))
                case ColumnRole.START | ColumnRole.DUE:
                    self._take_months(draft, part)
                case ColumnRole.IGNORED:
                    place, count = self._ignored.get(part.printed, (part.place, 0))
                    self._ignored[part.printed] = place, count + 1
                case ColumnRole.ROUND | ColumnRole.NUMBER:
                    pass
                case _:
                    others.append(part)
        for (name, section), mine in told.items():
            teller = RoundTeller(draft, name, self._statuses, section)
            teller.take(mine)
            self._leave_unchosen(teller.unchosen, "状態")
        for year_named, mine in outlooks.items():
            name = self._last_part(year_named, [told_of for told_of, _ in told])
            unchosen = take_outlook(draft, name, mine, self._directions)
            self._leave_unchosen(unchosen, "方向性")
        self._take_notes(draft, others)

    def _last_part(self, name: str, told: list[str]) -> str:
        """Return the last part of a year that is told, where the parts are and the year is not."""
        year = self._rounds[name].fiscal_year
        parts = [self._rounds[each] for each in told if self._rounds[each].fiscal_year == year]
        if name in told or not parts or not all(_PART.search(each.name) for each in parts):
            return name
        return max(parts, key=lambda each: each.as_of).name

    def _without_unticked(self, parts: list[FormPart]) -> list[FormPart]:
        """Leave the words out of which none has a ○, where other forms have one."""
        of_label: defaultdict[LabelChoice | None, list[FormPart]] = defaultdict(list)
        for part in parts:
            of_label[part.choice].append(part)
        left: set[int] = set()
        for choice, mine in of_label.items():
            words = self._ticked.get(choice, set())
            if words and not ticked_words(mine):
                unticked = [part for part in mine if one_line(part.text) in words]
                left.update(map(id, unticked))
                self._leave_unchosen(unticked[:1], mine[0].role.label)
        return [part for part in parts if id(part) not in left]

    def _leave_unchosen(self, parts: list[FormPart], what: str) -> None:
        for part in parts:
            reason = f"選択肢のどれにも印がないため、{what}は空です。"
            self._leave(part.place, part.text, reason)

    def _take_sections(self, draft: FormDraft, part: FormPart) -> None:
        read = read_sections(part.text)
        names = [name for name in read.names if not is_number(name)]
        is_related = part.role is ColumnRole.RELATED_SECTION
        known = draft.related if is_related else draft.sections
        if known and not any(map(is_section, names)):
            draft.note.append(part.labelled)
        elif is_related:
            draft.related = added(known, names)
        else:
            draft.sections = added(known, [name for name in names if name in read.led])
            draft.related = added(draft.related, [name for name in names if name in read.related])
        for each in read.renamed:
            self._leave(part.place, each.old, each.told)
        draft.origins.append(part.origin(part.role))

    def _take_months(self, draft: FormDraft, part: FormPart) -> None:
        is_start = part.role is ColumnRole.START
        found = (read_start if is_start else read_months)(part.text, self._near)
        if found.why:
            draft.note.append(part.labelled)
            self._leave(part.place, part.text, f"{part.role.label}は、{found.why}")
        draft.start = found.start if draft.start is None else draft.start
        draft.due = draft.due or found.due
        if found.start is not None or found.due is not None:
            draft.origins.append(part.origin(part.role))

    def _take_notes(self, draft: FormDraft, parts: list[FormPart]) -> None:
        """Keep what has no field of its own, each row of a table as one line."""
        rows: dict[object, list[FormPart]] = {}
        for part in parts:
            value = part.value
            rows.setdefault(value.box.top if value.side is ValueSide.BELOW else value, []).append(
                part
            )
            place, count = self._noted.get(part.printed, (part.place, 0))
            self._noted[part.printed] = place, count + 1
            draft.origins.append(part.origin(ColumnRole.NOTE))
        for mine in rows.values():
            draft.note.append("、".join(part.labelled for part in mine))

    def _leave(self, place: CellPlace, text: str, reason: str) -> None:
        self._unread.setdefault((place, reason), Unread(place, text[:_SHOWN], reason))

    # The end

    def plan(self, forms: Sequence[PrintedForm]) -> FoundPlan:
        """Return what was read."""
        actions = tuple(draft.finished() for draft in self._homes())
        told = {each.round for draft in self._drafts.values() for each in draft.lines}
        told |= {each.round for draft in self._drafts.values() for each in draft.outlooks}
        own = {name: each for name, each in self._rounds.items() if name in told}
        rounds = own | {each.name: each for each in self._mapping.rounds}
        ordered = sorted(rounds.values(), key=lambda each: each.as_of) or [round_of(self._year)]
        printed = (
            span_in(box.text, self._near)
            for form in forms[:_FEWEST_FORMS]
            for box in form.boxes[:_TOP_BOXES]
            if len(box.text) <= _LONGEST_LINE
        )
        first, last = told_years(
            self._mapping.title, filter(None, printed), [each.fiscal_year for each in ordered]
        )
        sheets = {form.sheet.place: form.sheet.view for form in forms}.values()
        unread = [each for view in sheets for each in (*view.grid.unread, *_hidden(view))]
        unread += self._unread.values()
        others = list(self._other_forms({view.sheet for view in sheets}))
        unread += others
        seen = {view.sheet for view in sheets} | {each.place.sheet for each in others}
        legend = legend_of(self._statuses.entries, self._directions.legend)
        unread += left_of_book(self._book, seen, legend)
        unread += [
            Unread(place, words, f"この欄は備考に入れました（{count:,}か所）。")
            for words, (place, count) in self._noted.items()
        ]
        unread += [
            Unread(place, words, f"取り込まない欄です（{count:,}か所）。")
            for words, (place, count) in self._ignored.items()
        ]
        return FoundPlan(
            title=self._mapping.title,
            first_fiscal_year=first,
            last_fiscal_year=last,
            levels=self._mapping.levels,
            statuses=self._statuses.entries,
            directions=tuple(self._directions.known),
            rounds=tuple(FoundRound(*each) for each in ordered),
            headings=tuple(self._headings.values()),
            actions=actions,
            unread=tuple(unread),
            untold=self._statuses.untold,
        )

    def _other_forms(self, used: set[str]) -> Iterator[Unread]:
        """Tell of sheets that have the labels too: how the form is filled in, or an empty one."""
        for sheet in form_sheets(self._book):
            if sheet.view.sheet not in used and _has_labels(sheet, self._mapping):
                reason = "記入例か記入前の様式のシートと見て、取り込んでいません。"
                yield Unread(CellPlace(sheet.view.sheet, 1, 1), sheet.boxes[0].text, reason)

    def _homes(self) -> list[FormDraft]:
        """Return the actions where they are at home; those with 再掲 are placements of them."""
        homes: dict[str, FormDraft] = {}
        for draft in sorted(self._drafts.values(), key=lambda each: each.is_relisted):
            home = homes.setdefault(squeezed(draft.title), draft) if draft.is_relisted else draft
            homes.setdefault(squeezed(draft.title), draft)
            if home is draft:
                continue
            home.relisted.append(FoundPlacement(draft.path, draft.number, draft.place))
            home.sections = added(home.sections, draft.sections)
            home.related = added(home.related, draft.related)
            known = {squeezed(each.text) for each in home.lines}
            for each in draft.lines:
                if each.text and squeezed(each.text) not in known and not is_reference(each.text):
                    reason = (
                        f"再掲の進捗状況です。もとの方（{home.place.label}）を取り込みました。"
                    )
                    self._leave(each.place, each.text, reason)
        moved = {id(home) for home in homes.values()}
        return [
            draft for draft in self._drafts.values() if not draft.is_relisted or id(draft) in moved
        ]


def _sections_of_rows(parts: list[FormPart]) -> dict[int, str]:
    """Return the section that each row of a small table speaks of, where it has several."""
    found: dict[int, str] = {}
    for part in parts:
        if part.role is ColumnRole.SECTION and part.value.side is ValueSide.BELOW:
            names = read_sections(part.text).names
            if len(names) == 1:
                box = part.value.box
                found.update((row, names[0]) for row in range(box.top, box.bottom + 1))
    return found if len(set(found.values())) > 1 else {}


def _hidden(view: SheetView) -> Iterator[Unread]:
    for row, column, text in hidden_texts(view.grid, 1, len(view.grid.rows)):
        what = "行" if row in view.grid.hidden_rows else "列"
        reason = f"表示されていない{what}のため取り込んでいません。"
        yield Unread(CellPlace(view.sheet, row, column), text[:_SHOWN], reason)


def _is_of(part: FormPart, at: int, rows: list[int], shared: set[ColumnRole]) -> bool:
    """Tell whether a value is of the action in a row of a table; some are of all of them."""
    top = part.value.box.top
    if part.value.side is not ValueSide.BELOW or part.value.label.top > rows[0]:
        return part.role in shared
    if top < rows[0]:
        return at == 0
    return rows[at] <= top and (at + 1 == len(rows) or top < rows[at + 1])
