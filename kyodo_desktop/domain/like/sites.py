"""Where the values of an action stand in a table, and where those would stand that it lacks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.column_roles import is_tick
from kyodo_desktop.domain.importing.directions import is_letter_of
from kyodo_desktop.domain.importing.found_plan import Form, ValueOrigin
from kyodo_desktop.domain.importing.grid import CellPlace
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.like.table_columns import OF_A_ROUND
from kyodo_desktop.domain.texts import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundLine, FoundPlan
    from kyodo_desktop.domain.importing.mapping import ColumnChoice
    from kyodo_desktop.domain.like.cell_edits import CellEdits
    from kyodo_desktop.domain.like.table_columns import TableColumns, TablePart

_ONCE = (
    ColumnRole.SECTION,
    ColumnRole.RELATED_SECTION,
    ColumnRole.DESCRIPTION,
    ColumnRole.NOTE,
    ColumnRole.START,
    ColumnRole.DUE,
)
_MOST = 4_000  # characters that are looked for without their blanks


class Sites:
    """Answers where a value stands, by what the reader noted of it, else by the columns."""

    def __init__(self, found: FoundPlan, columns: TableColumns, edits: CellEdits) -> None:
        self._found, self._columns, self._edits = found, columns, edits
        self._origins: dict[int, dict[tuple[ColumnRole, str, int], list[ValueOrigin]]] = {}
        self._cells: dict[int, tuple[ValueOrigin, ...]] = {}
        self._usual: dict[tuple[TablePart, ColumnRole, str], Counter[tuple[int, int]]]
        self._usual = defaultdict(Counter)
        locate = _Locator(columns, edits)
        for at, action in enumerate(found.actions):
            known: dict[tuple[ColumnRole, str, int], list[ValueOrigin]] = defaultdict(list)
            noted = tuple(action.origins or locate.origins(action))
            self._cells[at] = noted
            for each in self._narrowed(action, noted):
                named = each.round if each.field in OF_A_ROUND else ""
                known[each.field, named, each.line].append(each)
                if each.field is ColumnRole.STATUS and each.form in (Form.LED, Form.ENDED):
                    continue  # it has no cell of its own
                step = (each.place.row - action.place.row, each.place.column)
                self._usual[columns.table(each.place), each.field, named][step] += 1
            self._origins[at] = known

    def of(
        self, at: int, role: ColumnRole, round_name: str = "", line: int = 0
    ) -> list[ValueOrigin]:
        """Return where a value of an action stands, by the action's place in the table."""
        named = round_name if role in OF_A_ROUND else ""
        return self._origins[at].get((role, named, line), [])

    def is_value(self, at: int, place: CellPlace) -> bool:
        """Tell whether a value of an action stands in a cell."""
        return any(each.place == place for each in self._cells[at])

    def together(self, at: int, round_name: str) -> ValueOrigin | None:
        """Return the part of a cell that holds both 方向性 and its text, if one does."""
        noted = [each for each in self._cells[at] if each.round == round_name]
        texts = {each[3:6] for each in noted if each.field is ColumnRole.OUTLOOK}
        return next(
            (each for each in noted if each.field is ColumnRole.DIRECTION and each[3:6] in texts),
            None,
        )

    def _narrowed(
        self, action: FoundAction, noted: tuple[ValueOrigin, ...]
    ) -> Iterable[ValueOrigin]:
        """Yield the very parts of the values, where the reader noted the lines they stand in."""
        for each in noted:
            if each.form in (Form.TICK, Form.CHOICE):
                yield each
                continue
            if each.field is ColumnRole.STATUS:
                text = action.lines[each.line].text if each.line < len(action.lines) else ""
                yield self._beside(each, text)
                continue
            value = _value(action, each)
            if value is None:
                yield each
            elif value:
                yield self._within(each, value)
                if sum(1 for other in noted if other[:3] == each[:3]) == 1:
                    yield from self._below(each, value)

    def _below(self, origin: ValueOrigin, value: str) -> Iterable[ValueOrigin]:
        """Yield the cells below into which a value runs on, as in a table pasted from a PDF."""
        whole, so_far = squeezed(value), squeezed(self._edits.text(origin))
        place = origin.place
        while so_far and len(so_far) < len(whole) and whole.startswith(so_far):
            place = place._replace(row=place.row + 1)
            more = squeezed(self._edits.cell(place))
            if not more or not whole.startswith(so_far + more):
                return
            so_far += more
            yield origin._replace(place=place, start=0, end=None)

    def _within(self, origin: ValueOrigin, value: str) -> ValueOrigin:
        span = span_of(value, self._edits.text(origin))
        if span is None:
            return origin
        first, last = span
        if origin.field is ColumnRole.DIRECTION and is_letter_of(self._edits.text(origin)[:first]):
            first = 0
        return origin._replace(start=origin.start + first, end=origin.start + last)

    def _beside(self, origin: ValueOrigin, text: str) -> ValueOrigin:
        """Return the part of a line that is before or behind its text: the mark."""
        if origin.form not in (Form.LED, Form.ENDED):
            return origin
        whole = self._edits.text(origin)
        span = span_of(text, whole)
        if origin.form is Form.LED and span is not None and span[0]:
            return origin._replace(end=origin.start + span[0])
        if origin.form is Form.ENDED and span is not None and span[1] < len(whole):
            return origin._replace(start=origin.start + span[1], end=origin.start + len(whole))
        return origin

    def blank(self, at: int, role: ColumnRole, round_name: str = "") -> ValueOrigin | None:
        """Return where such a value would stand: below the heading, as with the other actions."""
        place = self._found.actions[at].place
        found = self.below_heading(place, role, round_name)
        if found is None or not self._edits.is_free(found):
            return None
        return found

    def below_heading(
        self, place: CellPlace, role: ColumnRole, round_name: str = ""
    ) -> ValueOrigin | None:
        """Return the cell for a value of an action that stands in `place`, whatever is there."""
        named = round_name if role in OF_A_ROUND else ""
        columns = self._columns.of(place, role, round_name)
        usual = self._usual.get((self._columns.table(place), role, named))
        if usual is not None:
            down, column = usual.most_common(1)[0][0]
            if not columns or column in {each.column for each in columns}:
                here = CellPlace(place.sheet, place.row + down, column)
                return ValueOrigin(role, named, 0, here)
        if columns:
            row = place.row + self._columns.down(role, named)
            here = CellPlace(place.sheet, row, columns[0].column)
            return ValueOrigin(role, named, 0, here)
        return None

    def has_columns(self, place: CellPlace, role: ColumnRole, round_name: str) -> bool:
        """Tell whether a cell's table has such a column at all."""
        named = round_name if role in OF_A_ROUND else ""
        return bool(self._columns.of(place, role, round_name)) or (
            (self._columns.table(place), role, named) in self._usual
        )


def _value(action: FoundAction, origin: ValueOrigin) -> str | None:
    """Return the text of a value; None where it is no text that stands as it is."""
    match origin.field:
        case ColumnRole.ACTION:
            return action.title
        case ColumnRole.PROGRESS if origin.line < len(action.lines):
            return action.lines[origin.line].text
        case ColumnRole.DIRECTION:
            return next((o.direction for o in action.outlooks if o.round == origin.round), "")
        case ColumnRole.OUTLOOK:
            return next((o.text for o in action.outlooks if o.round == origin.round), "")
    return None


def span_of(value: str, text: str, start: int = 0) -> tuple[int, int] | None:
    """Return where a value stands in a text, blanks and ends of lines apart."""
    if not value:
        return None
    at = text.find(value, start)
    if at >= 0:
        return at, at + len(value)
    letters = "".join(value.split())
    if not letters or len(letters) > _MOST:
        return None
    found = re.compile(r"\s*".join(map(re.escape, letters))).search(text, start)
    return found.span() if found else None


class _Locator:
    """Finds the values of an action of a list in the columns of its rows."""

    def __init__(self, columns: TableColumns, edits: CellEdits) -> None:
        self._columns, self._edits = columns, edits

    def origins(self, action: FoundAction) -> Iterable[ValueOrigin]:
        yield from self._of_title(action)
        for role in _ONCE:
            yield from self._whole(action.place, role, "")
        for number, line in enumerate(action.lines):
            yield from self._of_line(number, line)
        for outlook in action.outlooks:
            place = action.place._replace(row=outlook.place.row)
            directions = self._columns.of(place, ColumnRole.DIRECTION, outlook.round)
            yield from self._choices(place, directions, outlook.round, 0)
            if not directions and outlook.direction:
                yield from self._led(place, outlook.direction, outlook.text, outlook.round)
            else:
                yield from self._whole(place, ColumnRole.OUTLOOK, outlook.round)

    def _of_title(self, action: FoundAction) -> Iterable[ValueOrigin]:
        span = span_of(action.title, self._edits.cell(action.place))
        if span is not None:
            yield ValueOrigin(ColumnRole.ACTION, "", 0, action.place, *span)

    def _whole(
        self, place: CellPlace, role: ColumnRole, round_name: str, line: int = 0
    ) -> Iterable[ValueOrigin]:
        for each in self._columns.of(place, role, round_name):
            here = place._replace(column=each.column)
            if self._edits.cell(here).strip():
                yield ValueOrigin(role, round_name, line, here)

    def _choices(
        self, place: CellPlace, columns: list[ColumnChoice], round_name: str, line: int
    ) -> Iterable[ValueOrigin]:
        """Yield the cell of a grade or a choice; of columns with ticks, the ticked one."""
        for each in columns:
            here = place._replace(column=each.column)
            text = self._edits.cell(here).strip()
            if text:
                form = Form.TICK if len(columns) > 1 and is_tick(text) else Form.TEXT
                yield ValueOrigin(each.role, round_name, line, here, form=form)

    def _of_line(self, number: int, line: FoundLine) -> Iterable[ValueOrigin]:
        place = line.place
        graded = list(
            self._choices(
                place,
                self._columns.of(place, ColumnRole.STATUS, line.round),
                line.round,
                number,
            )
        )
        yield from graded
        if graded or not line.status:
            yield from self._whole(place, ColumnRole.PROGRESS, line.round, number)
            yield from self._whole(place, ColumnRole.ISSUE, line.round, number)
            return
        for each in self._columns.of(place, ColumnRole.PROGRESS, line.round):
            here = place._replace(column=each.column)
            found = _led_span(self._edits.cell(here), line.status, line.text)
            if found is not None:
                mark, middle, end = found
                status = ValueOrigin(ColumnRole.STATUS, line.round, number, here, form=Form.LED)
                yield status._replace(start=mark, end=middle)
                text = ValueOrigin(ColumnRole.PROGRESS, line.round, number, here)
                yield text._replace(start=middle, end=end)
                return

    def _led(
        self, place: CellPlace, choice: str, text: str, round_name: str
    ) -> Iterable[ValueOrigin]:
        for each in self._columns.of(place, ColumnRole.OUTLOOK, round_name):
            here = place._replace(column=each.column)
            whole = self._edits.cell(here)
            span = span_of(choice, whole)
            if span is None:
                continue
            choice_at = ValueOrigin(ColumnRole.DIRECTION, round_name, 0, here, form=Form.LED)
            yield choice_at._replace(start=span[0], end=span[1])
            rest = span_of(text, whole, span[1])
            if rest is not None:
                text_at = ValueOrigin(ColumnRole.OUTLOOK, round_name, 0, here)
                yield text_at._replace(start=rest[0], end=rest[1])
            return


def _led_span(whole: str, mark: str, text: str) -> tuple[int, int, int] | None:
    """Return where a line begins with its mark, where its text begins, and where it ends."""
    at = 0
    for line in whole.split("\n"):
        if line.lstrip().startswith(mark[:1]) or not text:
            span = span_of(text, whole, at) if text else (at + len(line), at + len(line))
            if span is not None and span[0] <= at + len(line):
                begin = at + len(line) - len(line.lstrip())
                return begin, span[0], span[1]
        at += len(line) + 1
    return None
