"""Writes what the round says of an action: its lines of progress and 今後の方向性."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.found_plan import Form, FoundLine, FoundOutlook, ValueOrigin
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.plain import status_key
from kyodo_desktop.domain.like.choice_cells import cell_to_tick, signs_to_swap
from kyodo_desktop.domain.like.fields import NO_PLACE
from kyodo_desktop.domain.like.sites import span_of
from kyodo_desktop.domain.like.word_forms import (
    Word,
    WordForms,
    box_of,
    boxes_in,
    empty_box,
    full_box,
)
from kyodo_desktop.domain.texts import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.domain.importing.mapping import ColumnChoice
    from kyodo_desktop.domain.like.cell_edits import CellEdits
    from kyodo_desktop.domain.like.fields import FieldWriter
    from kyodo_desktop.domain.like.sites import Sites
    from kyodo_desktop.domain.like.table_columns import TableColumns, TablePart
    from kyodo_desktop.domain.like.table_match import TableMatch
    from kyodo_desktop.domain.outline import Outline

_LEAF = re.compile(r" ／ |\n")  # between the heading rows of a column
NO_CHOICE = "印刷された選択肢にないため、書き込んでいません。もとの表で選択肢を足してください。"
NO_COLUMN = "この値の列が元の表にないため、書き込んでいません。"
IN_ONE_CELL = "元の表には1行分の欄しかないため、2行目からは進捗状況の欄に続けて書きました。"
NO_SECTION = "担当課ごとの行の数が元の表と違うため、書き込んでいません。もとの表で直してください。"


class PlanLine(NamedTuple):
    """A line of progress as the plan has it; ids are None where it names none."""

    status_id: int | None
    text: str
    section_id: int | None


def lines_of(outline: Outline, action_id: int) -> list[PlanLine]:
    """Return the lines of an action that say something."""
    return [
        PlanLine(each.status_id, each.text, each.section_id)
        for each in outline.lines.get(action_id, ())
        if each.text or each.status_id is not None
    ]


class RoundWriter:
    """Puts the round's values into their cells, in the words of the table."""

    def __init__(
        self,
        match: TableMatch,
        columns: TableColumns,
        sites: Sites,
        edits: CellEdits,
        fields: FieldWriter,
    ) -> None:
        self._match, self._columns, self._sites = match, columns, sites
        self._edits, self._fields = edits, fields
        self._statuses, self._directions = WordForms(), WordForms()
        self._tick_columns: dict[tuple[TablePart, ColumnRole, str, int], int] = {}
        self._learn()

    def write(self, at: int, action_id: int) -> None:
        """Write what the plan's round says of an action into the row where it was found."""
        self._write_lines(at, action_id)
        self._write_outlook(at, action_id)

    # How the table writes

    def _learn(self) -> None:
        match = self._match
        for at, action in enumerate(match.raw.actions):
            for number, line in enumerate(action.lines):
                status_id = match.statuses.get(line.status)
                if status_id is not None:
                    word = match.status_word(status_id)
                    for each in self._sites.of(at, ColumnRole.STATUS, line.round, number):
                        self._learn_from(each, self._statuses, status_id, word)
            for outlook in action.outlooks:
                direction_id = match.directions.get(outlook.direction)
                if direction_id is not None:
                    word = match.direction_word(direction_id)
                    for each in self._sites.of(at, ColumnRole.DIRECTION, outlook.round):
                        self._learn_from(each, self._directions, direction_id, word)
                self._learn_around(at, outlook)

    def _learn_from(self, origin: ValueOrigin, words: WordForms, word_id: int, word: Word) -> None:
        words.learn(word_id, word, self._edits.text(origin), origin.form)
        if origin.form is Form.TICK:
            table = self._columns.table(origin.place)
            key = (table, origin.field, origin.round, word_id)
            self._tick_columns.setdefault(key, origin.place.column)

    def _learn_around(self, at: int, outlook: FoundOutlook) -> None:
        whole = self._sites.together(at, outlook.round)
        if whole is None or not outlook.text or not outlook.direction:
            return
        cell = self._edits.text(whole)
        choice = span_of(outlook.direction, cell)
        text = span_of(outlook.text, cell, choice[1]) if choice is not None else None
        if choice is not None and text is not None:
            self._directions.learn_around(cell[choice[1] : text[0]], cell[text[1] :])

    def line_text(self, line: PlanLine) -> str:
        """Return a line as a text with its mark."""
        if line.status_id is None:
            return line.text
        word = self._match.status_word(line.status_id)
        return self._statuses.with_line(line.status_id, word, line.text)

    def text_in(self, column: ColumnChoice, is_of_round: bool, action_id: int) -> str:
        """Return what the round says of an action in a column as the table has it."""
        outline, match = self._match.outline, self._match
        first, *rest = lines_of(outline, action_id) or [PlanLine(None, "", None)]
        outlook = outline.outlooks.get(action_id)
        graded = self._sites.has_columns(self._main_place(), ColumnRole.STATUS, match.round)
        if not is_of_round:
            return ""
        if column.role is ColumnRole.STATUS and first.status_id is not None:
            word = match.status_word(first.status_id)
            return self._word_in(column, self._statuses, first.status_id, word)
        if column.role is ColumnRole.PROGRESS:
            lines = (first.text, *map(self.line_text, rest)) if graded else ()
            return "\n".join(lines or map(self.line_text, (first, *rest)))
        if column.role is ColumnRole.DIRECTION and outlook and outlook.direction_id is not None:
            word = match.direction_word(outlook.direction_id)
            return self._word_in(column, self._directions, outlook.direction_id, word)
        return outlook.text if column.role is ColumnRole.OUTLOOK and outlook else ""

    def _main_place(self) -> CellPlace:
        return self._columns.main_place(self._match.found.actions)

    def _word_in(self, column: ColumnChoice, words: WordForms, word_id: int, word: Word) -> str:
        place, role = self._main_place(), column.role
        if len(self._columns.of(place, role, self._match.round)) == 1:
            return words.written(word_id, word)
        ticked = self._tick_column(place, role, word_id, word)
        return words.tick if ticked == column.column else ""

    # Lines of progress

    def _write_lines(self, at: int, action_id: int) -> None:
        match = self._match
        name, wanted = match.round, lines_of(match.outline, action_id)
        present = [
            (number, line)
            for number, line in enumerate(match.raw.actions[at].lines)
            if line.round == name and (line.status or line.text)
        ]
        if not present:
            if wanted:
                self._write_new(at, wanted)
        elif len(wanted) == len(present):
            for line, (number, before) in zip(
                self._in_order(wanted, present), present, strict=True
            ):
                self._write_line(at, number, before, line)
        elif self._leads(at, present):
            self._write_block(at, present, wanted)
        elif wanted and any(line.section for _, line in present) and len(present) > 1:
            self._fields.notify(at, ColumnRole.PROGRESS, self._joined(wanted), NO_SECTION)
        else:
            self._write_other_number(at, present, wanted)

    def _in_order(
        self, wanted: list[PlanLine], present: Sequence[tuple[int, FoundLine]]
    ) -> list[PlanLine]:
        """Return the plan's lines in the order of the table where sections tell it."""
        sections = [self._match.sections.get(line.section) for _, line in present]
        known = {line.section_id: line for line in wanted}
        if None in sections or len(known) < len(wanted) or set(sections) != set(known):
            return wanted
        return [known[each] for each in sections]

    def _write_line(self, at: int, number: int, before: FoundLine, line: PlanLine) -> None:
        name = self._match.round
        origins = self._sites.of(at, ColumnRole.STATUS, name, number)
        if self._match.statuses.get(before.status) == line.status_id:
            for each in origins:
                self._edits.keep(each)
        elif origins:
            self._put_status(at, origins, line.status_id)
            self._explain(at, origins, self._match.statuses.get(before.status), line.status_id)
        elif line.status_id is not None and not self._is_graded(at):
            self._put_line(at, number, before, self.line_text(line))
            return
        elif line.status_id is not None:
            self._put_blank_status(at, line.status_id)
        self._put_line(at, number, before, line.text)

    def _put_line(self, at: int, number: int, before: FoundLine, text: str) -> None:
        self._fields.put_text(
            at, ColumnRole.PROGRESS, before.text, text, round_name=self._match.round, line=number
        )

    def _is_graded(self, at: int) -> bool:
        """Tell whether statuses have cells of their own where an action stands."""
        place = self._match.found.actions[at].place
        return self._sites.has_columns(place, ColumnRole.STATUS, self._match.round)

    def _write_new(self, at: int, wanted: list[PlanLine]) -> None:
        """Write where the table says nothing yet."""
        place = self._match.found.actions[at].place
        self.write_row(place, wanted, partial(self._fields.notify, at))

    def write_row(
        self,
        place: CellPlace,
        wanted: list[PlanLine],
        notify: Callable[[ColumnRole, str, str], None],
    ) -> None:
        """Write lines into the blank cells of a row."""
        name, sites = self._match.round, self._sites
        first, *rest = wanted
        graded = sites.has_columns(place, ColumnRole.STATUS, name)
        if graded and first.status_id is not None:
            self._put_status_below(place, first.status_id, notify)
        lines = [self.line_text(each) for each in rest] if graded else []
        text = "\n".join([first.text, *lines] if graded else map(self.line_text, wanted))
        if not text.strip():
            return
        origin = sites.below_heading(place, ColumnRole.PROGRESS, name)
        if origin is None or not self._edits.is_free(origin):
            notify(ColumnRole.PROGRESS, text, NO_PLACE if origin else NO_COLUMN)
            return
        self._edits.put(origin, text)
        if rest and graded:
            notify(ColumnRole.PROGRESS, text, IN_ONE_CELL)

    def _leads(self, at: int, present: Sequence[tuple[int, FoundLine]]) -> bool:
        """Tell whether the lines stand in one cell, each behind its mark."""
        name = self._match.round
        places = set()
        for number, _ in present:
            statuses = self._sites.of(at, ColumnRole.STATUS, name, number)
            texts = self._sites.of(at, ColumnRole.PROGRESS, name, number)
            if any(each.form not in (Form.LED, Form.ENDED) for each in statuses):
                return False
            places |= {self._edits.first_cell(each.place) for each in (*statuses, *texts)}
        return len(places) == 1

    def _write_block(
        self, at: int, present: Sequence[tuple[int, FoundLine]], wanted: list[PlanLine]
    ) -> None:
        """Write the lines of one cell anew, from the first mark to the last text."""
        name = self._match.round
        origins = [
            each
            for number, _ in present
            for role in (ColumnRole.STATUS, ColumnRole.PROGRESS)
            for each in self._sites.of(at, role, name, number)
        ]
        first = min(origins, key=lambda each: each.start)
        whole = len(self._edits.cell(first.place))
        end = max(whole if each.end is None else each.end for each in origins)
        text = self._joined(wanted)
        self._edits.put(first._replace(end=end), text)

    def _joined(self, wanted: list[PlanLine]) -> str:
        return "\n".join(map(self.line_text, wanted))

    def _write_other_number(
        self, at: int, present: Sequence[tuple[int, FoundLine]], wanted: list[PlanLine]
    ) -> None:
        """Write fewer lines than the table has, or more than it has cells for."""
        nothing = PlanLine(None, "", None)
        common = min(len(wanted), len(present))
        kept = wanted[:common] + [nothing] * (len(present) - common)
        extra = wanted[common:]
        if extra:
            lines = [kept[-1].text, *map(self.line_text, extra)]
            kept[-1] = kept[-1]._replace(text="\n".join(filter(None, lines)))
            self._fields.notify(at, ColumnRole.PROGRESS, self._joined(extra), IN_ONE_CELL)
        for line, (number, before) in zip(kept, present, strict=True):
            self._write_line(at, number, before, line)

    # Statuses

    def _put_status(self, at: int, origins: Sequence[ValueOrigin], status_id: int | None) -> None:
        word = None if status_id is None else self._match.status_word(status_id)
        notify = partial(self._fields.notify, at)
        for each in origins:
            self._put_word(each, self._statuses, status_id, word, notify)

    def _explain(
        self, at: int, origins: Sequence[ValueOrigin], old_id: int | None, new_id: int | None
    ) -> None:
        """Put the new status's words where those of the old one stand beside its mark."""
        known = self._match.outline.statuses
        old, new = (None if each is None else known[each] for each in (old_id, new_id))
        for origin in origins:
            row = self._edits.row(origin.place)
            beside = next((each for each in row if each.column > origin.place.column), None)
            if old is None or beside is None or self._sites.is_value(at, beside):
                continue
            words = squeezed(self._edits.cell(beside))
            if words in map(squeezed, filter(None, (old.definition, old.label))):
                self._edits.put_cell(beside, "" if new is None else new.definition or new.label)

    def _put_blank_status(self, at: int, status_id: int) -> None:
        place = self._match.found.actions[at].place
        self._put_status_below(place, status_id, partial(self._fields.notify, at))

    def _put_status_below(
        self,
        place: CellPlace,
        status_id: int,
        notify: Callable[[ColumnRole, str, str], None],
    ) -> None:
        word = self._match.status_word(status_id)
        self._put_below(place, ColumnRole.STATUS, (self._statuses, status_id, word), notify)

    def _put_below(
        self,
        place: CellPlace,
        role: ColumnRole,
        wanted: tuple[WordForms, int, Word],
        notify: Callable[[ColumnRole, str, str], None],
    ) -> None:
        """Write a word into the blank cell of its column, or tick the column that is the word."""
        words, word_id, word = wanted
        name = self._match.round
        if len(self._columns.of(place, role, name)) > 1:
            column = self._tick_column(place, role, word_id, word)
            if column is not None:
                self._edits.put_cell(place._replace(column=column), words.tick)
                return
        origin = self._sites.below_heading(place, role, name)
        if origin is None or not self._edits.is_free(origin):
            notify(role, word.mark or word.label, NO_PLACE if origin else NO_COLUMN)
        else:
            self._edits.put(origin, words.written(word_id, word))

    def _put_word(
        self,
        origin: ValueOrigin,
        words: WordForms,
        word_id: int | None,
        word: Word | None,
        notify: Callable[[ColumnRole, str, str], None],
    ) -> None:
        """Write a status or a direction in the form in which the old one stands."""
        if origin.form is Form.TICK:
            self._move_tick(origin, word_id, word, notify)
        elif origin.form is Form.CHOICE:
            self._flip_boxes(origin, word, notify)
        elif word_id is None or word is None:
            self._edits.put(origin, "")
        else:
            before = self._edits.text(origin)
            new = words.written(word_id, word, origin.form)
            lead = before[: len(before) - len(before.lstrip())]
            trail = before[len(before.rstrip()) :] if before.strip() else ""
            self._edits.put(origin, f"{lead}{new}{trail}")

    def _move_tick(
        self,
        origin: ValueOrigin,
        word_id: int | None,
        word: Word | None,
        notify: Callable[[ColumnRole, str, str], None],
    ) -> None:
        sign = self._edits.text(origin)
        if word_id is None or word is None:
            self._edits.put(origin, "")
            return
        column = self._tick_column(origin.place, origin.field, word_id, word)
        place = origin.place._replace(column=column or 0)
        if column is None:
            found = cell_to_tick(self._edits, origin.place, word)
            if found is None:
                notify(origin.field, word.label or word.mark, NO_CHOICE)
                return
            place = found
        self._edits.put(origin, "")
        self._edits.put_cell(place, sign)

    def _tick_column(
        self, place: CellPlace, role: ColumnRole, word_id: int, word: Word
    ) -> int | None:
        """Return the column whose heading is the word."""
        known = self._tick_columns.get(
            (self._columns.table(place), role, self._match.round, word_id)
        )
        if known is not None:
            return known
        names = {status_key(each) for each in word if each}
        for each in self._columns.of(place, role, self._match.round):
            if status_key(_LEAF.split(each.words)[-1]) in names:
                return each.column
        return None

    def _flip_boxes(
        self,
        origin: ValueOrigin,
        word: Word | None,
        notify: Callable[[ColumnRole, str, str], None],
    ) -> None:
        text = self._edits.cell(origin.place)
        boxes = boxes_in(text)
        if not boxes and word is not None:
            signs = signs_to_swap(self._edits, origin.place, word)
            if signs is None:
                notify(origin.field, word.label or word.mark, NO_CHOICE)
            else:
                for place, new in signs:
                    self._edits.put_cell(place, new)
            return
        chosen = [each for each in boxes if each.is_chosen]
        near = min(chosen, key=lambda each: abs(each.at - origin.start), default=None)
        target = box_of(boxes, word) if word is not None else None
        if word is not None and target is None:
            notify(origin.field, word.label or word.mark, NO_CHOICE)
            return
        if near is not None and near != target:
            part = origin._replace(start=near.at, end=near.at + 1)
            self._edits.put(part, empty_box(boxes, text, text[near.at]))
        if target is not None and not target.is_chosen:
            part = origin._replace(start=target.at, end=target.at + 1)
            self._edits.put(part, text[near.at] if near is not None else full_box(boxes, text))

    # 今後の方向性

    def write_outlook_row(
        self, place: CellPlace, action_id: int, notify: Callable[[ColumnRole, str, str], None]
    ) -> None:
        """Write 今後の方向性 into the blank cells of a row."""
        match, outlook = self._match, self._match.outline.outlooks.get(action_id)
        if outlook is None:
            return
        if outlook.direction_id is not None:
            word = match.direction_word(outlook.direction_id)
            wanted = (self._directions, outlook.direction_id, word)
            self._put_below(place, ColumnRole.DIRECTION, wanted, notify)
        if outlook.text:
            origin = self._sites.below_heading(place, ColumnRole.OUTLOOK, match.round)
            if origin is None or not self._edits.is_free(origin):
                notify(ColumnRole.OUTLOOK, outlook.text, NO_PLACE if origin else NO_COLUMN)
            else:
                self._edits.put(origin, outlook.text)

    def _write_outlook(self, at: int, action_id: int) -> None:
        match, name = self._match, self._match.round
        outlook = match.outline.outlooks.get(action_id)
        direction_id = outlook.direction_id if outlook is not None else None
        text = outlook.text if outlook is not None else ""
        before = self._outlook_before(at)
        known = match.directions.get(before.direction) if before.direction else None
        origins = self._sites.of(at, ColumnRole.DIRECTION, name)
        notify = partial(self._fields.notify, at)
        is_same = known == direction_id and bool(before.direction) == (direction_id is not None)
        whole = self._sites.together(at, name) or self._for_both(at, origins, text)
        if whole is not None and not (is_same and before.text.strip() == text.strip()):
            self._edits.put(whole, self._choice_and_text(direction_id, text, whole.form))
            return
        if is_same:
            for each in origins:
                self._edits.keep(each)
        elif origins:
            word = None if direction_id is None else match.direction_word(direction_id)
            for each in origins:
                self._put_word(each, self._directions, direction_id, word, notify)
        elif direction_id is not None:
            wanted = (self._directions, direction_id, match.direction_word(direction_id))
            self._put_below(match.found.actions[at].place, ColumnRole.DIRECTION, wanted, notify)
        self._fields.put_text(at, ColumnRole.OUTLOOK, before.text, text, round_name=name)

    def _for_both(self, at: int, origins: Sequence[ValueOrigin], text: str) -> ValueOrigin | None:
        """Return the cell of a choice for its text too, where texts have no cells of their own."""
        place, name = self._match.found.actions[at].place, self._match.round
        if not text or self._sites.has_columns(place, ColumnRole.OUTLOOK, name):
            return None
        cell = origins[0] if origins else self._sites.blank(at, ColumnRole.DIRECTION, name)
        is_alone = len(self._columns.of(place, ColumnRole.DIRECTION, name)) == 1
        is_text = cell is not None and cell.form in (Form.TEXT, Form.NUMBERED)
        return cell if len(origins) <= 1 and is_alone and is_text else None

    def _choice_and_text(self, direction_id: int | None, text: str, form: Form) -> str:
        if direction_id is None:
            return text
        word = self._match.direction_word(direction_id)
        return self._directions.with_text(self._directions.written(direction_id, word, form), text)

    def _outlook_before(self, at: int) -> FoundOutlook:
        """Return what the table says now, as a plan would take it."""
        action = self._match.found.actions[at]
        nothing = FoundOutlook(self._match.round, "", "", action.place)
        found = (each for each in action.outlooks if each.round == self._match.round)
        return next(found, nothing)
