"""Rows of a text whose columns are parted by a sign."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from kyodo_desktop.excel.reading.damage import DamageError

SIGNS = (",", "\t", ";")
_SAMPLED = 200
_END = "\ue000end of the text\ue000"
_LARGEST_FIELD = 1_000_000


def sign_of(text: str) -> str | None:
    """Return what parts the columns: the sign that gives most rows a like number of them."""
    best, most = None, (0, 0)
    for sign in SIGNS:
        rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), _SAMPLED)
        try:
            widths = Counter(len(row) for row in rows)
        except csv.Error:
            continue
        del widths[0], widths[1]
        alike = max(((count, width) for width, count in widths.items()), default=most)
        if alike > most:
            best, most = sign, alike
    return best


def delimited_rows(text: str, sign: str) -> list[list[str]]:
    """Part a text into rows; a quoted field may hold line ends.

    A quote that is never closed would swallow the rest, so then quotes are letters like others.
    """
    if csv.field_size_limit() < _LARGEST_FIELD:
        csv.field_size_limit(_LARGEST_FIELD)
    try:
        rows = _parted(f"{text}\n{_END}" if not text.endswith("\n") else text + _END, sign)
        if rows and rows[-1] == [_END]:
            return rows[:-1]
        return _parted(text, sign, quotes=False)
    except csv.Error as error:
        raise DamageError from error


def _parted(text: str, sign: str, *, quotes: bool = True) -> list[list[str]]:
    source = io.StringIO(text, newline="")
    if quotes:
        return list(csv.reader(source, delimiter=sign))
    return list(csv.reader(source, delimiter=sign, quoting=csv.QUOTE_NONE))
