"""The statuses that are sure before the rows are read: those of the legend above all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.cell_words import is_mark
from kyodo_desktop.domain.importing.column_roles import is_tick
from kyodo_desktop.domain.importing.directions import is_of_directions
from kyodo_desktop.domain.importing.layout import OF_A_ROUND
from kyodo_desktop.domain.importing.mapping import ColumnRole, StatusChoice
from kyodo_desktop.domain.importing.plain import squeezed, status_key
from kyodo_desktop.domain.importing.splitting import parts_in
from kyodo_desktop.domain.importing.statuses import (
    ENDING,
    best_legend,
    choice_of,
    explained_in,
    legends_in,
)
from kyodo_desktop.domain.plan import StatusKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyodo_desktop.domain.importing.columns import SheetColumn
    from kyodo_desktop.domain.importing.sheet_guess import SheetGuess
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_BESIDE = 15  # rows of other sheets in which a legend is looked for
_COUNTED, _LETTER = re.compile(r"[0-9]+(?:\.[0-9]+)?%?"), re.compile("[a-z][+-]?")
_GRADE = re.compile("[◎○△▲×]|[a-z][+-]?")
_RANKS = {each: rank for rank, each in enumerate(StatusKind)}
_LED = re.compile(r"\s*[【［\[〔]\s*(?P<word>[^】］\]〕]{1,8}?)\s*[】］\]〕]")
_MOST_KINDS = 8
_SIGNS = "✓✔◇◆○◎△×●▲■□★☆◯〇・レ"


def guess_statuses(
    views: Sequence[SheetView], sheets: list[SheetGuess]
) -> tuple[StatusChoice, ...]:
    """Return the statuses in the order of the legend, then as they are met."""
    columns = [
        each
        for sheet in sheets
        for each in sheet.columns
        if sheet.roles[each.column][0] is ColumnRole.STATUS
    ]
    sure, met = _met(sheets)
    keys = {status_key(each): each for each in met}
    legends = [legend for sheet in sheets for legend in _legends_of(sheet, keys)]
    legends += [
        legend
        for view in views
        if all(view is not sheet.view for sheet in sheets)
        for rows in [range(1, min(view.height, _BESIDE) + 1)]
        for legend in (*legends_in(view, rows), explained_in(view, rows, keys, ()))
    ]
    pairs = best_legend(sorted(legends, key=is_of_directions), met)
    words = columns[0].leaf if columns else ""
    found: dict[str, StatusChoice] = {}
    for mark, label in pairs:
        found.setdefault(status_key(mark), choice_of(mark, label, words))
    labels = {status_key(each.label) for each in found.values()}
    for text in sure:
        if status_key(text) not in labels:
            found.setdefault(status_key(text), choice_of(text))
    return tuple(found.values())


def _legends_of(sheet: SheetGuess, met: dict[str, str]) -> list[list[tuple[str, str]]]:
    """Return the legends above, below and beside a table, and in its headings."""
    area, view = sheet.area, sheet.view
    names = (ColumnRole.IGNORED, ColumnRole.NOTE)
    own = {column for column, (role, _) in sheet.roles.items() if role not in names}
    outside = [*range(1, area.first_heading_row), *_rows_below(sheet)]
    beside = range(area.last_heading_row + 1, area.last_heading_row + 1 + _BESIDE)
    said = [explained_in(view, outside, met, ()), explained_in(view, beside, met, own)]
    above = legends_in(view, range(1, area.last_heading_row + 1))
    first = max(area.last_heading_row + 1, area.last_row - _BESIDE)
    notes = [row for row in view.filled(first, area.last_row) if len(view.row(row)) == 1]
    return [*above, *legends_in(view, notes), *filter(None, said)]


def _rows_below(sheet: SheetGuess) -> Sequence[int]:
    """Return the rows below the last one that tells anything of progress."""
    told = [column for column, (role, _) in sheet.roles.items() if role in OF_A_ROUND]
    rows = sheet.view.filled(sheet.area.last_heading_row + 1, sheet.area.last_row)
    last = next(
        (row for row in reversed(rows) if any(sheet.view.text(row, each) for each in told)),
        sheet.area.last_row,
    )
    return sheet.view.filled(last + 1, sheet.area.last_row)


def _met(sheets: list[SheetGuess]) -> tuple[list[str], list[str]]:
    """Return the words and signs that are statuses for sure, and all that cells of grades say."""
    sure: dict[str, str] = {}
    said: dict[str, str] = {}
    for sheet in sheets:
        columns = [
            each for each in sheet.columns if sheet.roles[each.column][0] is ColumnRole.STATUS
        ]
        if not columns:
            marks = [*_leading(sheet), *_bracketed(sheet), *_ending(sheet)]
            sure.update((status_key(mark), mark) for mark in marks)
        for each in columns:
            if _is_ticked(each, columns):
                sure.setdefault(status_key(each.leaf), each.leaf)
            else:
                said.update((status_key(text), text) for text in each.cells)
    return list(sure.values()), [*sure.values(), *said.values()]


def _is_ticked(column: SheetColumn, columns: list[SheetColumn]) -> bool:
    beside = [each for each in columns if each.when == column.when]
    return len(beside) > 1 and all(map(is_tick, column.cells))


def _leading(sheet: SheetGuess) -> list[str]:
    """Return the signs with which the texts of progress begin, where most of them do."""
    columns = [
        each for each in sheet.columns if sheet.roles[each.column][0] is ColumnRole.PROGRESS
    ]
    found: dict[str, str] = {}
    led = texts = 0
    for column in columns:
        for cell in column.cells:
            texts += 1
            led += cell[:1] in _SIGNS
            for line in cell.splitlines():
                sign = line.strip()[:1]
                if sign in _SIGNS and sign:
                    found.setdefault(status_key(sign), sign)
    bullets_only = len(found) == 1 and set(found) <= set("・■●◆□")
    return list(found.values()) if texts and led * 2 > texts and not bullets_only else []


def in_order(statuses: Iterable[StatusChoice]) -> tuple[StatusChoice, ...]:
    """Return statuses as they are counted where nothing explains them: 100% 75%, 5 4, S A B."""
    known = _not_rising(list(statuses))
    if any(each.label != each.mark for each in known):
        return tuple(known)
    marks = [squeezed(each.mark) for each in known]
    if all(_COUNTED.fullmatch(mark) for mark in marks):
        return tuple(sorted(known, key=lambda each: -float(squeezed(each.mark).rstrip("%"))))
    if all(_LETTER.fullmatch(mark) for mark in marks):
        return tuple(sorted(known, key=lambda each: _letter_order(squeezed(each.mark))))
    return tuple(known)


def _letter_order(letter: str) -> tuple[bool, str, int]:
    return letter[0] != "s", letter[0], ["+", "", "-"].index(letter[1:])


def _ending(sheet: SheetGuess) -> list[str]:
    """Return the marks in brackets at the end of the texts of progress, where most have one."""
    found: dict[str, str] = {}
    ended = texts = 0
    for column in sheet.columns:
        if sheet.roles[column.column][0] is not ColumnRole.PROGRESS:
            continue
        for cell in column.cells:
            lines = [each.text for each in parts_in(cell)] or [cell]
            texts += len(lines)
            marks = [match["mark"] for line in lines if (match := ENDING.search(line))]
            ended += sum(map(is_mark, marks))
            found.update((status_key(mark), mark) for mark in marks if is_mark(mark))
    return list(found.values()) if texts and ended * 2 > texts else []


def _bracketed(sheet: SheetGuess) -> list[str]:
    """Return the words in brackets with which texts of progress begin: 【実施】, 【検討】."""
    cells = [
        cell
        for column in sheet.columns
        if sheet.roles[column.column][0] is ColumnRole.PROGRESS
        for cell in column.cells
    ]
    words = [match["word"] for cell in cells if (match := _LED.match(cell))]
    kinds = dict.fromkeys(words)
    again = len(words) >= 2 * len(kinds) and len(kinds) <= _MOST_KINDS
    return list(kinds) if again and len(words) * 2 > len(cells) else []


def _not_rising(statuses: list[StatusChoice]) -> list[StatusChoice]:
    """Return grades from the best on so that none means more than a better one: ○ than ◎."""
    graded = [each for each in statuses if _GRADE.fullmatch(status_key(each.mark))]
    ranks = [_RANKS[StatusKind(each.kind)] for each in graded]
    if not ranks or ranks[0] < ranks[-1]:
        return statuses
    least, settled = ranks[0], []
    for each in statuses:
        kind = StatusKind(each.kind)
        if each in graded and kind is not StatusKind.STOPPED:
            least = min(least, _RANKS[kind])
            kind = list(_RANKS)[least]
        settled.append(each._replace(kind=kind.value))
    return settled
