"""A whole plan as CSV: one rectangular table, and nothing in it that Excel would calculate."""

from __future__ import annotations

import csv
import io
import sys
from itertools import chain
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.importing.date_numbers import dates_in, meant_numbers
from kyodo_desktop.domain.interchange import escaping, sheet_rows
from kyodo_desktop.domain.interchange.flat_rows import HEADINGS, flat_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.interchange.whole_plan import Value, WholePlan

_SIGNS = (",", "\t", ";")  # Excel's Unicode テキスト has tabs, Calc what was chosen
_LONGEST_FIELD = min(sys.maxsize, 2**31 - 1)


def as_csv(whole: WholePlan) -> Iterator[str]:
    """Yield the text line by line."""
    return csv_lines(chain((HEADINGS,), _cells(whole)))


def csv_lines(rows: Iterable[Iterable[Value]]) -> Iterator[str]:
    """Yield rows as the lines of a CSV, with their ends."""
    line = io.StringIO()
    writer = csv.writer(line)
    for row in rows:
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def is_csv_export(beginning: str) -> bool:
    """Tell from its first line whether a text is an export of ours, by whatever sign parted."""
    return _sign_of(beginning) is not None


def _sign_of(text: str) -> str | None:
    first = text.split("\n", 1)[0].splitlines()[:1]
    return next(
        (
            sign
            for sign in _SIGNS
            if sheet_rows.is_heading_row(next(csv.reader(first, delimiter=sign), []))
        ),
        None,
    )


def from_csv(text: str, file: str) -> WholePlan:
    """Read the text; raises RefusedError, which names the row and the column."""
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=_sign_of(text) or ",")
        rows = [*lines]
        # before the guards are taken off: what has one is no date that a spreadsheet made
        for each in [*meant_numbers(rows, dates_in(rows))]:
            rows[each.row - 1][each.column - 1] = each.number
        rows = [[*map(escaping.unguarded, row)] for row in rows]
    except csv.Error as error:
        raise RefusedError(
            f"「{file}」をCSVとして読み取れません（{error}）。"
            "書き出したファイルをもう一度選んでください。計画のファイルは作成していません。"
        ) from error
    return sheet_rows.from_sheets([sheet_rows.Sheet("", rows)], file)


def _cells(whole: WholePlan) -> Iterator[list[Value]]:
    for row in flat_rows(whole):
        values = (row.cells.get(heading) for heading in HEADINGS)
        yield [
            escaping.escape_formula(value) if isinstance(value, str) else value for value in values
        ]
