"""Reads what the cells of a row say of an action: once for it, and of each round."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.column_roles import is_tick
from kyodo_desktop.domain.importing.directions import split_direction
from kyodo_desktop.domain.importing.drafts import Told, added
from kyodo_desktop.domain.importing.found_plan import Form, FoundOutlook, ValueOrigin
from kyodo_desktop.domain.importing.grid import CellPlace
from kyodo_desktop.domain.importing.header_words import is_of_grades
from kyodo_desktop.domain.importing.layout import cell_column
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.months import GOES_ON, read_months, read_start
from kyodo_desktop.domain.importing.plain import is_nothing, one_line, squeezed
from kyodo_desktop.domain.importing.printed_choices import choices_in, marked_in
from kyodo_desktop.domain.importing.relisting import is_word
from kyodo_desktop.domain.importing.sections import read_sections, sections_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.fiscal_year import Near
    from kyodo_desktop.domain.importing.directions import Directions
    from kyodo_desktop.domain.importing.drafts import ActionDraft, Gathering
    from kyodo_desktop.domain.importing.layout import Layout, RoundColumns
    from kyodo_desktop.domain.importing.statuses import Statuses

_START, _DUE = "開始年度", "完了予定"


class RowCells(NamedTuple):
    """The cells of a row, or of one of the actions in it.

    `spans` are then the parts of the cells, and `number` stands before the title in its cell.
    """

    texts: dict[int, str]
    place: CellPlace
    spans: dict[int, tuple[int, int]] = {}  # noqa: RUF012  a tuple's default, never changed
    number: str = ""

    def at(self, column: int) -> CellPlace:
        """Return where a cell is."""
        return CellPlace(self.place.sheet, self.place.row, cell_column(column))

    def origin(
        self, field: ColumnRole, column: int, name: str = "", form: Form = Form.TEXT
    ) -> ValueOrigin:
        """Return where a value stands, as the part of the cell that this action has."""
        span = self.spans.get(column)
        if span is None:
            return ValueOrigin(field, name, 0, self.at(column), form=form)
        is_numbered = form is Form.TEXT and column == cell_column(column)
        form = Form.NUMBERED if is_numbered else form
        return ValueOrigin(field, name, 0, self.at(column), *span, form)

    def part(
        self, field: ColumnRole, column: int, name: str, span: tuple[int, int], form: Form
    ) -> ValueOrigin:
        """Return where a value stands in the text that this row has of a cell."""
        base = self.spans.get(column, (0, 0))[0]
        return ValueOrigin(field, name, 0, self.at(column), base + span[0], base + span[1], form)


# --------------------------------------------------------------- what is said once


def take_details(
    draft: ActionDraft, layout: Layout, row: RowCells, gathering: Gathering, near: Near | int
) -> None:
    """Add to the action what a row of it says of no round; `near` is a year of the plan."""
    cells = row.texts
    for column in layout.sections:
        _take_sections(draft, row, column, gathering)
    for column in layout.related:
        names = sections_in(cells[column]) if column in cells else ()
        if names:
            draft.related = added(draft.related, names)
            draft.origins += (row.origin(ColumnRole.RELATED_SECTION, column),)
    if layout.descriptions:
        texts = _texts(draft, ColumnRole.DESCRIPTION, layout.descriptions, row)
        draft.description = added(draft.description, texts)
    if layout.notes:
        draft.note = added(draft.note, _texts(draft, ColumnRole.NOTE, layout.notes, row))
    for role, at, label in (
        (ColumnRole.START, layout.start, _START),
        (ColumnRole.DUE, layout.due, _DUE),
    ):
        text = cells.get(at or 0, "")
        if not text or is_nothing(text):
            continue
        draft.origins += (row.origin(role, at or 0),)
        why = _take_months(draft, layout, role, text, near)
        if why:
            draft.note = added(draft.note, (f"{label}：{text}",))
            gathering.leave(row.at(at or 0), text, f"{label}は、{why}")


def _take_sections(draft: ActionDraft, row: RowCells, column: int, gathering: Gathering) -> None:
    """Take the sections of a cell by their part; tell of the names that no longer hold."""
    read = read_sections(row.texts[column]) if column in row.texts else None
    if read is None or not read.names:
        return
    draft.sections = added(draft.sections, read.led)
    draft.related = added(draft.related, read.related)
    draft.origins += (row.origin(ColumnRole.SECTION, column),)
    for each in read.renamed:
        gathering.leave(row.at(column), each.old, each.told)


def sections_of(layout: Layout, cells: dict[int, str]) -> tuple[str, ...]:
    """Return the sections that a row names."""
    return added(
        (),
        (
            name
            for column in layout.sections
            if column in cells
            for name in sections_in(cells[column])
        ),
    )


def _texts(
    draft: ActionDraft, role: ColumnRole, columns: list[tuple[int, str]], row: RowCells
) -> Iterator[str]:
    """Yield what the columns of one row say, as one text: indicators may have several rows."""
    said = []
    for column, prefix in columns:
        text = row.texts.get(column, "")
        if text and not is_nothing(text) and not is_word(text):
            said.append(f"{prefix}{text}")
            draft.origins += (row.origin(role, column),)
    if said:
        yield "\n".join(said)


def _take_months(
    draft: ActionDraft, layout: Layout, role: ColumnRole, text: str, near: Near | int
) -> str:
    """Take the beginning and the end that a cell says; tell why not all of it was taken."""
    is_start = role is ColumnRole.START
    found = read_start(text, near) if is_start else read_months(text, near)
    is_own = is_start or layout.start is None
    if is_own:
        draft.start = draft.start or found.start
    if not is_start or layout.due is None:
        draft.due = draft.due or found.due
    has_more = found.start is not None and found.due is None and not is_own
    return found.why or (GOES_ON if has_more else "")


# --------------------------------------------------------------- what is said of a round


class _Said(NamedTuple):
    """The grades of a row, its texts by column, and where each stands."""

    marks: list[tuple[str, ValueOrigin]]
    texts: list[tuple[int, str]]


def take_told(
    draft: ActionDraft,
    columns: RoundColumns,
    row: RowCells,
    sections: tuple[str, ...],
    statuses: Statuses,
) -> None:
    """Add the lines of one round to the action.

    Several grades of as many sections are one line each; several texts too, the first has the
    grade.
    """
    said = _said(columns, row, statuses)
    name = columns.round
    if not said.marks and not columns.statuses:
        for column, text in said.texts:
            draft.told += tuple(_lines(row, name, sections, column, text, statuses))
        return
    texts: list[tuple[str, CellPlace | None, tuple[ValueOrigin, ...]]] = [
        (text, row.at(column), (row.origin(ColumnRole.PROGRESS, column, name),))
        for column, text in said.texts
    ]
    marks = said.marks
    if len(marks) == len(sections) > 1 and len(texts) == 1:
        text, place, origins = texts[0]
        own = [line.strip() for line in text.split("\n") if line.strip()]
        if len(own) == len(marks):
            texts = [(line, place, origins) for line in own]
    for at in range(max(len(marks), len(texts))):
        mark, found = marks[at] if at < len(marks) else ("", None)
        text, place, origins = texts[at] if at < len(texts) else ("", None, ())
        own_sections = (sections[at],) if len(marks) == len(sections) > at else sections
        place = place or (found.place if found else row.place)
        told_at = (*((found,) if found else ()), *origins)
        draft.told += (Told(name, own_sections, mark, text, place, told_at),)


def _lines(
    row: RowCells,
    name: str,
    sections: tuple[str, ...],
    column: int,
    text: str,
    statuses: Statuses,
) -> Iterator[Told]:
    """Yield the lines of a text that begin with marks, or the text as one."""
    for mark, words, start, end, form in statuses.lines_of(text):
        if not mark:
            origins: tuple[ValueOrigin, ...] = (row.origin(ColumnRole.PROGRESS, column, name),)
        else:
            span = (start, end)
            origins = tuple(
                row.part(role, column, name, span, form)
                for role in (ColumnRole.STATUS, ColumnRole.PROGRESS)
            )
        yield Told(name, sections, mark, words, row.at(column), origins)


def _said(columns: RoundColumns, row: RowCells, statuses: Statuses) -> _Said:
    cells = row.texts
    texts = [
        (column, text)
        for column in columns.texts
        if (text := cells.get(column, "")) and not is_nothing(text) and not is_word(text)
    ]
    marks: list[tuple[str, ValueOrigin]] = []
    ticked = len(columns.statuses) > 1
    for column, words in columns.statuses:
        text = cells.get(column, "")
        if not text or is_word(text):
            continue
        if ticked and is_tick(text) and not is_of_grades(words):
            form, found = Form.TICK, statuses.of_cell(words)
        elif (chosen := marked_in(text)) is not None:
            form = Form.CHOICE
            found = [mark for each in chosen for mark in statuses.of_cell(each.word) or ()]
        else:
            form, found = Form.TEXT, statuses.of_cell(text)
        if found is None:
            texts.insert(0, (column, text))
        else:
            origin = row.origin(ColumnRole.STATUS, column, columns.round, form)
            marks += [(mark, origin) for mark in found]
    return _Said(marks, texts)


def take_outlook(
    draft: ActionDraft, columns: RoundColumns, row: RowCells, directions: Directions
) -> None:
    """Add 今後の方向性 to the action; a choice that is new is added to `directions`."""
    direction, texts, origins = _outlook(columns, row, directions)
    if not origins:
        return
    direction = directions.named(direction)
    if direction:
        directions.known.setdefault(direction)
    found = FoundOutlook(columns.round, direction, "\n".join(texts), origins[0].place)
    draft.origins += tuple(origins)
    known = next((each for each in draft.outlooks if each.round == columns.round), None)
    if known is None:
        draft.outlooks += (found,)
    else:
        joined = _joined(known, found)
        draft.outlooks = tuple(joined if each is known else each for each in draft.outlooks)


def _joined(known: FoundOutlook, new: FoundOutlook) -> FoundOutlook:
    """Return what two rows of one action say: the first choice, and all else as text."""
    direction = known.direction or new.direction
    other = "" if squeezed(new.direction) == squeezed(direction) else new.direction
    texts = filter(None, (*known.text.split("\n"), other, *new.text.split("\n")))
    return known._replace(direction=direction, text="\n".join(dict.fromkeys(texts)))


def _outlook(
    columns: RoundColumns, row: RowCells, directions: Directions
) -> tuple[str, list[str], list[ValueOrigin]]:
    """Return the choice, the texts and where they stand."""
    direction = ""
    texts: list[str] = []
    origins: list[ValueOrigin] = []

    def note(role: ColumnRole, column: int, form: Form = Form.TEXT) -> None:
        origins.append(row.origin(role, column, columns.round, form))

    for column, words in columns.directions:
        text = row.texts.get(column, "")
        if not text or is_nothing(text):
            continue
        chosen = marked_in(text)
        directions.known.update((each.word, None) for each in choices_in(text))
        ticked = len(columns.directions) > 1 and is_tick(text)
        form = Form.TICK if ticked else Form.TEXT if chosen is None else Form.CHOICE
        said = [words] if ticked else [text] if chosen is None else [c.word for c in chosen]
        parted = [_chosen(each, directions, is_surely=True) for each in said]
        is_choice = form is not Form.TEXT or any(choice for choice, _ in parted)
        note(ColumnRole.DIRECTION if is_choice else ColumnRole.OUTLOOK, column, form)
        for each, (choice, rest) in zip(said, parted, strict=True):
            if choice and not direction:
                direction = choice
                if rest:
                    texts.append(rest)
                    note(ColumnRole.OUTLOOK, column, form)
            else:
                texts.append(each)
    for column in columns.outlooks:
        text = row.texts.get(column, "")
        if not text or is_nothing(text):
            continue
        chosen = marked_in(text)
        note(ColumnRole.OUTLOOK, column, Form.TEXT if chosen is None else Form.CHOICE)
        if chosen and not direction:
            direction = chosen[0].word
            continue
        led = None if direction else split_direction(text)
        if led is not None:
            direction, text = led.choice, led.text
            note(ColumnRole.DIRECTION, column)
        if text:
            texts.append(text)
    return direction, texts, origins


def _chosen(text: str, directions: Directions, *, is_surely: bool) -> tuple[str, str]:
    """Return the choice of a cell and what stands behind it; no choice where it is a text."""
    led = split_direction(text, is_surely=is_surely)
    if led is not None:
        return led.choice, led.text
    choice = one_line(text)
    return (choice, "") if directions.is_choice(choice) else ("", text)
