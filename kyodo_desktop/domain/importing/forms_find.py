"""Finds the forms of a book: sheets that share their labels, and forms below each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.forms_labels import PrintedForm
from kyodo_desktop.domain.importing.forms_sheet import FormSheet, FormSpan
from kyodo_desktop.domain.importing.forms_words import PAPER, is_strict, may_be_label, words_of
from kyodo_desktop.domain.importing.sheet_view import SheetView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.importing.forms_sheet import Box
    from kyodo_desktop.domain.importing.grid import Book

_ALIKE = 0.6
_FEWEST_SHARED, _FEWEST_ROWS, _FEWEST_FIELDS = 4, 3, 3
_MOST_STARTS = 40  # boxes that are tried as the beginning of a form


def form_sheets(book: Book) -> list[FormSheet]:
    """Return the sheets that can be seen, but for those too large for forms."""
    grids = [grid for grid in book.grids if not grid.hidden] or list(book.grids)
    sheets = [FormSheet(SheetView(grid), at) for at, grid in enumerate(grids)]
    return [each for each in sheets if not each.is_too_large and each.boxes]


def forms_of(sheet: FormSheet, start: str | None = None) -> tuple[str, list[PrintedForm]]:
    """Return the words with which forms begin in a sheet (none: it is one) and the forms."""
    if start is None:
        start = _start_of(sheet)
    rows = _rows_starting(sheet, start) if start else []
    height = sheet.view.height
    if len(rows) < (1 if start else 2):
        return "", [PrintedForm(sheet, FormSpan(sheet.place, 1, height))]
    head = _head_of(sheet, rows[0])
    first = rows[0] if head else 1
    starts = [first, *rows[1:]]
    ends = [*(row - 1 for row in rows[1:]), height]
    return start, [
        PrintedForm(sheet, FormSpan(sheet.place, top, bottom, head))
        for top, bottom in zip(starts, ends, strict=True)
    ]


def _rows_starting(sheet: FormSheet, start: str) -> list[int]:
    found = [box for box in sheet.boxes if words_of(box.text) == start and may_be_label(box.text)]
    column = Counter(box.left for box in found).most_common(1)
    return sorted({box.top for box in found if column and box.left == column[0][0]})


def _head_of(sheet: FormSheet, first: int) -> int:
    """Return the last row of a head with fields of its own that all forms of a sheet share."""
    above = [box for box in sheet.boxes if box.top < first]
    fields = [
        box
        for box in above
        if may_be_label(box.text)
        and is_strict(box.text)
        and not PAPER.fullmatch(words_of(box.text))
    ]
    filled = [sheet.right_of(box) for box in fields]
    return first - 1 if any(box and not is_strict(box.text) for box in filled) else 0


def _start_of(sheet: FormSheet) -> str:
    """Return the words that begin each of several alike parts of a sheet."""
    by_words: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for box in sheet.boxes:
        if may_be_label(box.text):
            rows = by_words[words_of(box.text), box.left]
            if not rows or rows[-1] != box.top:
                rows.append(box.top)
    repeated = [(rows[0], words, rows) for (words, _), rows in by_words.items() if len(rows) > 1]
    tried = sorted(repeated, key=lambda each: (not is_strict(each[1]), each[0]))
    for _, words, rows in tried[:_MOST_STARTS]:
        if _are_forms(sheet, rows):
            return words
    return ""


def _are_forms(sheet: FormSheet, rows: Sequence[int]) -> bool:
    """Tell whether the parts that begin in these rows are alike and have labels in many rows."""
    ends = [*(row - 1 for row in rows[1:]), sheet.view.height]
    parts: list[dict[tuple[str, int], int]] = []
    boxes = iter(sorted(sheet.boxes))
    box = next(boxes, None)
    for top, bottom in zip(rows, ends, strict=True):
        part: dict[tuple[str, int], int] = {}
        while box is not None and box.top <= bottom:
            if box.top >= top and may_be_label(box.text):
                part.setdefault((words_of(box.text), box.left), box.top - top)
            box = next(boxes, None)
        parts.append(part)
    shares = Counter(each for part in parts for each in part)
    common = {each for each, count in shares.items() if count >= _ALIKE * len(parts)}
    strict = {words for words, _ in common if is_strict(words)}
    if len(common) < _FEWEST_SHARED or len(strict) < _FEWEST_FIELDS:
        return False
    if not _has_lines(sheet, rows[0], {parts[0][each] for each in common if each in parts[0]}):
        return False
    return all(len(common & part.keys()) >= _ALIKE * len(common) for part in parts)


def _has_lines(sheet: FormSheet, top: int, lines: set[int]) -> bool:
    """Tell whether labels stand in several rows; heading rows below each other are one."""
    texts = Counter(box.top - top for box in sheet.boxes if box.top - top in lines)
    labels = Counter(box.top - top for box in sheet.boxes if may_be_label(box.text))
    pure = {line for line in lines if labels[line] >= texts[line]}
    apart = [line for line in lines if not {line, line - 1} <= pure]
    return len(apart) >= _FEWEST_ROWS or (len(apart) > 1 and apart == sorted(pure))


def alike_forms(forms: Sequence[PrintedForm]) -> list[list[PrintedForm]]:
    """Return the forms in groups that share most of their short texts, the largest first."""
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


def _signs(boxes: Iterable[Box]) -> set[str]:
    return {words_of(box.text) for box in boxes if may_be_label(box.text)}
