"""Finds the forms of a book: sheets that share their labels, and forms below each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.forms.labels import PrintedForm
from kyodo_desktop.domain.importing.forms.sheet import FormSheet, FormSpan
from kyodo_desktop.domain.importing.forms.words import (
    PAPER,
    YEAR,
    inside_labels,
    is_number_cell,
    is_strict,
    may_be_label,
    weights_in_form,
    words_of,
)
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.row_words import is_note
from kyodo_desktop.domain.importing.sheet_view import SheetView
from kyodo_desktop.domain.like.filling import MISSING_SHEET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.importing.forms.sheet import Box
    from kyodo_desktop.domain.importing.grid import Book, Grid

_EXAMPLE = re.compile("記[入載]例|見本|サンプル|ひな[形型]|雛形|テンプレート|原本|作成例")
_ALIKE, _MOST_OF = 0.6, 0.6
_FEWEST_SHARED, _FEWEST_FIELDS = 4, 3
_FEWEST_ALIKE, _MANY_SHARED = 4, 6  # parts and words, where the words tell nothing
_MOST_STARTS, _MOST_ROWS_BEFORE, _LEAST_HEIGHT = 16, 60, 3
_LONGEST_HEADING = 60
_MOST_BOXES = 1500  # in one form


_HEADS = {ColumnRole.ACTION, ColumnRole.NUMBER}


def form_sheets(book: Book) -> list[FormSheet]:
    """Return the sheets that can be seen, but for those too large for forms."""
    grids = [grid for grid in book.grids if not grid.hidden] or list(book.grids)
    grids = [grid for grid in grids if not grid.sheet.startswith(MISSING_SHEET)]
    parts = [part for grid in grids for part in _side_by_side(grid)]
    sheets = [FormSheet(SheetView(grid), at) for at, grid in enumerate(parts)]
    return [each for each in sheets if not each.is_too_large and each.boxes]


def _side_by_side(grid: Grid) -> list[Grid]:
    """Return a sheet in parts where forms stand side by side, else the sheet as it is.

    Each part has the cells of its columns at their places. They stand side by side where most
    labels come again at one distance, in several rows and the title among them.
    """
    columns: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for row in SheetView(grid).filled(1, min(len(grid.rows), _MOST_ROWS_BEFORE)):
        for column, text in enumerate(grid.rows[row - 1], start=1):
            if text and (is_number_cell(text) or (may_be_label(text) and is_strict(text))):
                columns[row, words_of(text)].append(column)
    steps = Counter(right - left for found in columns.values() for left, right in pairwise(found))
    step, _ = max(steps.items(), key=lambda each: each[1], default=(0, 0))
    twice = [
        key for key, found in columns.items() if {b - a for a, b in pairwise(found)} == {step}
    ]
    titles = sum(bool(_HEADS & weights_in_form(words).keys()) for _, words in twice)
    rows = len({row for row, _ in twice})
    if len(twice) < _MOST_OF * len(columns) or not titles or rows < _FEWEST_FIELDS:
        return [grid]
    first = min(columns[key][0] for key in twice)
    count = max(len(columns[key]) for key in twice)
    edges = [1, *(first + step * at for at in range(1, count)), grid_width(grid) + 1]
    return [_columns_of(grid, left, right) for left, right in pairwise(edges)]


def grid_width(grid: Grid) -> int:
    """Return the number of columns of the widest row."""
    return max(map(len, grid.rows), default=0)


def _columns_of(grid: Grid, left: int, right: int) -> Grid:
    """Return a sheet with nothing but the cells of some columns, at their places."""
    before = ("",) * (left - 1)
    rows = tuple((*before, *cells[left - 1 : right - 1]) for cells in grid.rows)
    return grid._replace(rows=rows, merges=tuple(m for m in grid.merges if left <= m.left < right))


def is_example(sheet: FormSheet) -> bool:
    """Tell whether a sheet only shows how the form is filled in, by its name."""
    return _EXAMPLE.search(sheet.view.sheet) is not None


def forms_of(sheet: FormSheet, start: str | None = None) -> tuple[str, list[PrintedForm]]:
    """Return the words with which forms begin in a sheet (none: it is one) and the forms."""
    if start is None:
        start = _start_of(sheet)
    rows = _rows_starting(sheet, start) if start else []
    height = sheet.view.height
    if len(rows) < (1 if start else 2):
        return "", [PrintedForm(sheet, FormSpan(sheet.place, 1, height))]
    lines = _lines_before(sheet, rows)
    starts = [row - lines for row in rows]
    head = starts[0] - 1
    above = _headings_above(sheet, starts)
    ends = [min([row, *over]) - 1 for row, over in zip(starts[1:], above[1:], strict=True)]
    in_force = _in_force(sheet, above)
    return start, [
        PrintedForm(
            sheet,
            FormSpan(
                *(sheet.place, top, bottom, head),
                over=over,
                others=tuple(row for row in above[0] if row not in over),
            ),
        )
        for top, bottom, over in zip(starts, [*ends, height], in_force, strict=True)
    ]


def _headings_above(sheet: FormSheet, starts: Sequence[int]) -> list[list[int]]:
    """Return the rows of single texts above each form that are headings of it and the next ones.

    Some forms have such above them, and others none. Those above the first one look the same.
    """
    later = [_lines_right_above(sheet, row) for row in starts[1:]]
    if not any(later) or all(later):
        return [[] for _ in starts]
    shapes = {_shape(sheet, row) for rows in later for row in rows}
    first = [row for row in _lines_right_above(sheet, starts[0]) if _shape(sheet, row) in shapes]
    return [first, *later]


def _lines_right_above(sheet: FormSheet, start: int) -> list[int]:
    """Return the rows above a form that hold one short text each, below an empty row."""
    row = start - 1
    if not sheet.row(row):
        row -= 1
    found: list[int] = []
    while len(boxes := sheet.row(row)) == 1 and _may_be_heading(boxes[0].text):
        found.insert(0, row)
        row -= 1
    is_led = all(numbered(sheet.row(each)[0].text).number for each in found)
    return found if is_led or not sheet.row(row) else []


def _may_be_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and "。" not in text and not is_note(text)


def _shape(sheet: FormSheet, row: int) -> tuple[str, str]:
    """Return what headings of one level have in common: the word, and the kind of number."""
    parts = numbered(sheet.row(row)[0].text)
    return parts.word, parts.style


def _in_force(sheet: FormSheet, above: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Return the rows of the headings under which each form stands, from the top."""
    found: list[tuple[int, ...]] = []
    stack: list[int] = []
    for rows in above:
        for row in rows:
            shapes = [_shape(sheet, each) for each in stack]
            own = _shape(sheet, row)
            stack = [*(stack[: shapes.index(own)] if own in shapes else stack), row]
        found.append(tuple(stack))
    return found


def _rows_starting(sheet: FormSheet, start: str) -> list[int]:
    found = [box for box in sheet.boxes if words_of(box.text) == start and _may_start(box.text)]
    column = Counter(box.left for box in found).most_common(1)
    return sorted({box.top for box in found if column and box.left == column[0][0]})


def _may_start(text: str) -> bool:
    return may_be_label(text) or is_number_cell(text)


def _lines_before(sheet: FormSheet, rows: Sequence[int]) -> int:
    """Return how many lines stand above the first label of each form, after an empty row.

    They are single texts, or rows that are as many in each form and begin with its number.
    """
    texts = Counter(box.top for box in sheet.boxes)
    counts, numbers = [], []
    for row in rows[1:]:
        lines = filled = 0
        while texts[row - lines - 1] == 1:
            lines += 1
        while texts[row - filled - 1]:
            filled += 1
        counts.append(0 if texts[row - lines - 1] else lines)
        numbers.append(filled if filled and _begins_with_number(sheet, row - filled) else 0)
    if not any(counts) and len(set(numbers)) == 1:
        counts = numbers
    return min((*counts, rows[0] - 1), default=0)


def _begins_with_number(sheet: FormSheet, row: int) -> bool:
    """Tell whether a row begins with its number in a cell: No.3."""
    first = next(iter(sheet.row(row)), None)
    return first is not None and is_number_cell(first.text)


def _start_of(sheet: FormSheet) -> str:
    """Return the words that begin each of several alike parts of a sheet."""
    columns: defaultdict[int, list[Box]] = defaultdict(list)
    tried: dict[tuple[bool, int, str, int], None] = {}
    last = sheet.boxes[0].top + _MOST_ROWS_BEFORE
    repeated = Counter((box.left, words_of(box.text)) for box in sheet.boxes)
    for box in sheet.boxes:
        columns[box.left].append(box)
        if box.top <= last and _may_start(box.text):
            words = words_of(box.text)
            if words == YEAR:
                continue
            known = is_strict(box.text) or is_number_cell(box.text)
            often = repeated[box.left, words] >= _FEWEST_ALIKE
            if known or often or PAPER.fullmatch(words) or weights_in_form(words):
                tried.setdefault((not known, box.top, words, box.left))
    parts = _Parts(sheet)
    for _, _, words, column in sorted(tried)[:_MOST_STARTS]:
        rows = [box.top for box in columns[column] if words_of(box.text) == words]
        is_apart = len(rows) > 1 and sheet.view.height >= _LEAST_HEIGHT * len(rows)
        if is_apart and parts.are_forms(rows):
            return words
    return ""


class _Parts:
    """The parts into which a sheet falls at some rows."""

    def __init__(self, sheet: FormSheet) -> None:
        self._sheet = sheet

    @cached_property
    def _labels(self) -> list[tuple[int, str, int]]:
        """Row, words and column of what may be labels."""
        return [
            (box.top, words_of(box.text), box.left)
            for box in self._sheet.boxes
            if may_be_label(box.text)
        ]

    def are_forms(self, rows: Sequence[int]) -> bool:
        """Tell whether the parts that begin in these rows are alike and have labels in rows."""
        parts: list[dict[tuple[str, int], int]] = [{} for _ in rows]
        for top, words, left in self._labels:
            at = bisect_right(rows, top) - 1
            if at >= 0:
                parts[at].setdefault((words, left), top - rows[at])
        shares = Counter(each for part in parts for each in part)
        common = {each for each, count in shares.items() if count >= _ALIKE * len(parts)}
        strict = {words for words, _ in common if is_strict(words)}
        if len(common) < _FEWEST_SHARED or (
            len(strict) < _FEWEST_FIELDS and not _are_same(parts, common)
        ):
            return False
        if self._hold_several(rows, common):
            return False
        lines = {parts[0][each] for each in common if each in parts[0]}
        return _has_lines(self._sheet, rows[0], lines) and all(
            len(common & part.keys()) >= _ALIKE * len(common) for part in parts
        )

    def _hold_several(self, rows: Sequence[int], common: set[tuple[str, int]]) -> bool:
        """Tell whether most labels come again and again in half of the parts: these are forms."""
        times = Counter(
            (bisect_right(rows, top), words, left)
            for top, words, left in self._labels
            if top >= rows[0] and (words, left) in common and words != YEAR
        )
        again = Counter((words, left) for (_, words, left), count in times.items() if count > 1)
        often = sum(2 * count >= len(rows) for count in again.values())
        return often >= _FEWEST_SHARED and often * 2 > len(common)


def _are_same(parts: Sequence[dict[tuple[str, int], int]], common: set[tuple[str, int]]) -> bool:
    """Tell whether many parts have many words at the same places, whatever these say."""
    many = len(parts) >= _FEWEST_ALIKE and len(common) >= _MANY_SHARED
    places = {tuple(part.get(each, -1) for each in sorted(common)) for part in parts}
    return many and len(places) == 1


def _has_lines(sheet: FormSheet, top: int, lines: set[int]) -> bool:
    """Tell whether labels stand in several rows; heading rows below each other are one."""
    boxes = sheet.within(FormSpan(sheet.place, top, top + max(lines, default=0)))
    texts = Counter(box.top - top for box in boxes)
    labels = Counter(box.top - top for box in boxes if may_be_label(box.text))
    pure = {line for line in lines if labels[line] >= texts[line]}
    return sum(not {line, line - 1} <= pure for line in lines) > 1


def alike_forms(forms: Sequence[PrintedForm]) -> list[list[PrintedForm]]:
    """Return the forms in groups that share most of their short texts, the largest first."""
    forms = [form for form in forms if may_be_form(form)]
    signs = [_signs(form.boxes) for form in forms]
    shared = Counter(text for each in signs for text in each)
    own = [{text for text in each if shared[text] > 1} for each in signs]
    groups: list[tuple[set[str], list[PrintedForm]]] = []
    for form, sign in zip(forms, own, strict=True):
        if len(sign) < _FEWEST_SHARED:
            continue
        for core, members in groups:
            both = core & sign
            if len(both) >= max(_ALIKE * min(len(core), len(sign)), _FEWEST_SHARED):
                members.append(form)
                core.intersection_update(both)
                break
        else:
            groups.append((set(sign), [form]))
    found = [members for _, members in groups if len(members) > 1]
    return sorted(found, key=len, reverse=True)


def may_be_form(form: PrintedForm) -> bool:
    """Tell whether labels stand in several rows of it, each but a few times."""
    boxes = form.boxes
    if len(boxes) > _MOST_BOXES:
        return False
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for box in boxes:
        if may_be_label(box.text) and (is_strict(box.text) or weights_in_form(words_of(box.text))):
            rows[words_of(box.text)].add(box.top)
        for words, *_ in inside_labels(box.text):
            rows[words].add(box.top)
    few = [found for found in rows.values() if len(found) <= _FEWEST_FIELDS]
    return len(few) >= _FEWEST_FIELDS and len(set().union(*few)) > 1


def _signs(boxes: Iterable[Box]) -> set[str]:
    found = {words_of(box.text) for box in boxes if may_be_label(box.text)}
    return found | {words for box in boxes for words, *_ in inside_labels(box.text)}
