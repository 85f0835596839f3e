"""The columns of a table: the words at their heads and a sample of what stands below them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import SheetContents, contents_of
from kyodo_desktop.domain.importing.header_words import Weights, is_year, weights_of
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.moments import When, when_of, year_of
from kyodo_desktop.domain.importing.plain import one_line, squeezed
from kyodo_desktop.domain.importing.row_words import is_surely_total, is_total
from kyodo_desktop.domain.importing.splitting import parts_in
from kyodo_desktop.domain.importing.table_area import counts_columns

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.sheet_view import SheetView
    from kyodo_desktop.domain.importing.table_area import TableArea


_YEARS = re.compile(
    r"(?:令和|平成|昭和|(?<![a-z])[rhs](?=[0-9元]))?(?:元|[0-9]{1,4})(?:年度|年|fy)?(?:[~～\-]|末)?"
)


def without_years(words: str) -> str:
    """Return a key that is the same for 平成27年度の実績 and 平成28年度の実績."""
    return _YEARS.sub("", squeezed(words))


SEPARATOR = " ／ "


def heading_words(view: SheetView, area: TableArea) -> dict[int, tuple[str, ...]]:
    """Return by column the words above it, from the top row to the lowest, each once."""
    words: dict[int, list[str]] = {}
    rows = range(area.first_heading_row, area.last_heading_row + 1)
    right = max((max(cells) for row in rows if (cells := view.row(row))), default=0)
    right = max(
        [right, *(view.across.get((row, column), 0) for row in rows for column in view.row(row))]
    )
    for row in rows:
        if counts_columns(view, row):
            continue
        spread = _spread(view, row, right, is_lowest=row == area.last_heading_row)
        for column, text in spread.items():
            texts = words.setdefault(column, [])
            if squeezed(text) not in map(squeezed, texts):
                texts.append(one_line(text))
    return {column: tuple(texts) for column, texts in sorted(words.items())}


def _spread(view: SheetView, row: int, right: int, *, is_lowest: bool) -> dict[int, str]:
    """Give the text of a merged cell to all its columns.

    Where nothing is merged (a text file), a year goes on to the next text of its row.
    """
    cells = view.row(row)
    spread: dict[int, str] = {}
    for column, text in cells.items():
        for each in range(column, view.across.get((row, column), column) + 1):
            spread[each] = text
    if not is_lowest and not view.grid.merges:
        last = ""
        below = view.row(row + 1)
        for column in range(1, right + 1):
            text = spread.get(column, "")
            last = text or last
            if last and not text and column in below:
                spread[column] = last
    return spread


def joined(words: tuple[str, ...]) -> str:
    """Return the words of a column as one text, by which it is known."""
    return SEPARATOR.join(words)


def leaf(words: tuple[str, ...]) -> str:
    """Return the lowest words that are no year: what the column is, not when."""
    return next(
        (text for text in reversed(words) if not is_year(text)), words[-1] if words else ""
    )


_SAMPLE = 300
_MOSTLY = 0.7
_FEWEST_LINED = 3  # cells of a row
_SHORT_LINE = 5  # characters: a grade for each of several actions
_WIDE, _FEW = 5, 0.6  # cells of a row; with fewer it is a line between parts
_MOMENTS = (ColumnRole.DUE, ColumnRole.START, ColumnRole.ROUND)
_GENERAL_TEXT = re.compile("(?:具体的な?|主な)?(?:内容|説明|詳細|コメント|文章|記述|取組)")
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|<.*?>")
_GENERAL_CHOICE = re.compile("区分|判定|結果|分類|記号")
_TIMELESS = (ColumnRole.ACTION, ColumnRole.HEADING, ColumnRole.DESCRIPTION)
_AHEAD = {ColumnRole.OUTLOOK, ColumnRole.DIRECTION}
_EITHER = {ColumnRole.OUTLOOK: 1.0, ColumnRole.DIRECTION: 0.9}
_OPEN_BELOW = (*_TIMELESS, ColumnRole.STATUS)
_OPEN_TO_NEXT = (*_TIMELESS, ColumnRole.PROGRESS, ColumnRole.OUTLOOK)
_NAMED_YEAR = re.compile(r"(?<![0-9])([0-9]{1,2})(?=年|[~〜-](?:平成|令和|昭和)?[0-9]{1,2}年)")
_DIGITS_OF_ERA = 2
_PLANNED = re.compile("計画|予定|目標|見込|方針|目安|plan", re.IGNORECASE)


class SheetColumn(NamedTuple):
    """One column; `when` is the moment that its words name.

    `is_shared` tells that texts are merged over several rows, and no row is without one.
    """

    column: int
    words: tuple[str, ...]
    weights: Weights
    contents: SheetContents
    cells: tuple[str, ...]
    when: When | None
    is_shared: bool = False

    @property
    def year(self) -> int | None:
        """The fiscal year that the words name."""
        return None if self.when is None else self.when.fiscal_year

    @property
    def title(self) -> str:
        """The words as one text."""
        return joined(self.words)

    @property
    def leaf(self) -> str:
        """The lowest words that are no year."""
        return leaf(self.words)

    @property
    def is_year(self) -> bool:
        """Tell whether the lowest words are a year and nothing else."""
        return bool(self.words) and is_year(self.words[-1])


def columns_of(view: SheetView, area: TableArea, near: int) -> list[SheetColumn]:
    """Return the columns that have a heading or anything below it."""
    words = _with_years(heading_words(view, area), view, area)
    rows = _sample(view, area)
    in_lines = _are_in_lines(view, rows)
    texts: dict[int, list[str]] = {column: [] for column in words}
    for row in rows:
        for column, text in view.row(row).items():
            texts.setdefault(column, []).append(text)
    headings = range(area.first_heading_row, area.last_heading_row + 1)
    found: list[SheetColumn] = []
    for column, cells in sorted(texts.items()):
        covered = any(
            left < column <= right and row in headings
            for (row, left), right in view.across.items()
        )
        if not cells and (covered or not any(view.text(row, column) for row in headings)):
            continue  # an empty column below a heading that is merged over it
        above = words.get(column) or _words_of_left(found, column)
        pieces = [piece for cell in cells for piece in _pieces(cell, in_lines=in_lines)]
        contents = contents_of(pieces, len(rows))
        weights, when = _weights(above, near), _when(above, near)
        shared = _is_shared(view, rows, column)
        found.append(SheetColumn(column, above, weights, contents, tuple(cells), when, shared))
    return found


def _is_shared(view: SheetView, rows: list[int], column: int) -> bool:
    """Tell whether a column has a text in each row, its own or one merged over several rows."""
    tops = view.upright.get(column, {})
    blank = [row for row in rows if not view.text(row, column)]
    return bool(blank) and all(view.text(tops.get(row, row), column) for row in blank)


def _with_years(
    words: dict[int, tuple[str, ...]], view: SheetView, area: TableArea
) -> dict[int, tuple[str, ...]]:
    """Return 28, 29, 30 side by side as years, where the table names the first and the last so."""
    over = [text for row in range(1, area.first_heading_row) for text in view.row(row).values()]
    named = {
        int(year)
        for text in (*over, *(each for texts in words.values() for each in texts))
        for year in _NAMED_YEAR.findall(squeezed(text))
    }
    found = dict(words)
    run: list[int] = []
    for column in (*words, 0):
        last = words.get(run[-1], ()) if run else ()
        own = words.get(column, ())
        if (
            run
            and column == run[-1] + 1
            and own[:-1] == last[:-1]
            and _count(own) == _count(last) + 1
        ):
            run.append(column)
            continue
        if len(run) > 1 and {_count(words[run[0]]), _count(last)} <= named:
            found |= {each: (*words[each][:-1], f"{_count(words[each])}年度") for each in run}
        run = [column] if len(own) > 1 and _count(own) else []
    return found


def _count(words: tuple[str, ...]) -> int:
    """Return the number that the lowest words are; 0 where they are none."""
    key = squeezed(words[-1]) if words else ""
    return int(key) if key.isdecimal() and len(key) <= _DIGITS_OF_ERA else 0


def _pieces(cell: str, *, in_lines: bool) -> list[str]:
    """Return what a cell says of each of several actions, or all that it says."""
    parts = [each.text for each in parts_in(cell)]
    lines = cell.split("\n")
    if in_lines and not parts and len(lines) > 1 and max(map(len, lines)) <= _SHORT_LINE:
        parts = [line for line in lines if line.strip()]
    return parts or [cell]


def _are_in_lines(view: SheetView, rows: list[int]) -> bool:
    """Tell whether most rows hold several actions, with a line of each in several cells."""
    found = 0
    for row in rows:
        counts = Counter(text.count("\n") for text in view.row(row).values() if "\n" in text)
        found += any(cells >= _FEWEST_LINED for cells in counts.values())
    return found * 2 > len(rows)


def _words_of_left(found: list[SheetColumn], column: int) -> tuple[str, ...]:
    """Return the words over the numbers at the left, for titles that have none of their own."""
    left = found[-1] if found else None
    if left is None or left.column != column - 1 or left.contents.numbers <= _MOSTLY:
        return ()
    return left.words if set(left.weights) & {ColumnRole.HEADING, ColumnRole.ACTION} else ()


def _sample(view: SheetView, area: TableArea) -> list[int]:
    """Return the first rows that hold more than one cell and do not repeat the headings."""
    heading = {
        squeezed(text)
        for row in range(area.first_heading_row, area.last_heading_row + 1)
        for text in view.row(row).values()
    }
    rows: dict[int, dict[int, str]] = {}
    for row in view.filled(area.last_heading_row + 1, area.last_row):
        cells = view.row(row)
        is_head = all(squeezed(text) in heading for text in cells.values())
        is_sum = is_total(next(iter(cells.values()), "")) or any(
            map(is_surely_total, cells.values())
        )
        if len(cells) > 1 and not is_head and not is_sum:
            rows[row] = cells
            if len(rows) == _SAMPLE:
                break
    usual = sorted(map(len, rows.values()))[len(rows) // 2] if rows else 0
    few = _FEW * usual if usual >= _WIDE else 0
    left = min(map(min, rows.values()), default=0)
    return [row for row, cells in rows.items() if len(cells) > few or left not in cells]


def _weights(words: tuple[str, ...], near: int) -> Weights:
    """Return what the lowest words say that say anything.

    What is a title elsewhere is, of a year, what was planned or done in it.
    """
    for place in range(len(words) - 1, -1, -1):
        text = words[place]
        found = _by_those_above(words[:place], text) or weights_of(text)
        if _is_of_next(words, near) and (not found or _best(found) in _OPEN_TO_NEXT):
            return {ColumnRole.OUTLOOK: 1.0}
        if found:
            timed = any(is_year(each) or when_of(each, near) for each in words)
            if is_year(words[-1]) and _best(found) in _MOMENTS:
                return {ColumnRole.DESCRIPTION: max(found.values())}
            if timed and _best(found) in _TIMELESS:
                own = [each for each in words[:place] if when_of(each, near) and not is_year(each)]
                planned = any(map(_PLANNED.search, (text, *own)))
                role = ColumnRole.DESCRIPTION if planned else ColumnRole.PROGRESS
                return {role: max(found.values())}
            return found
    return {}


def _is_of_next(words: tuple[str, ...], near: int) -> bool:
    """Tell whether the lowest words look from the year above them to the next: 27年度への指示."""
    above = next((year_of(text, near) for text in reversed(words[:-1]) if is_year(text)), None)
    own = year_of(words[-1], near) if words and not is_year(words[-1]) else None
    return above is not None and own == above + 1


def _best(weights: Weights) -> ColumnRole:
    return max(weights, key=lambda role: weights[role])


def _by_those_above(above: tuple[str, ...], text: str) -> Weights:
    """Return what 内容 or 区分 says below 今後の方向性; alone it says something else."""
    roles = {role for word in above for role in weights_of(word)}
    key = _ASIDE.sub("", squeezed(text)) or squeezed(text)
    if _GENERAL_TEXT.fullmatch(key):
        if roles & {ColumnRole.OUTLOOK, ColumnRole.DIRECTION}:
            return {ColumnRole.OUTLOOK: 1.0}
        return (
            {ColumnRole.PROGRESS: 1.0} if roles & {ColumnRole.STATUS, ColumnRole.PROGRESS} else {}
        )
    if _GENERAL_CHOICE.fullmatch(key):
        if roles & {ColumnRole.OUTLOOK, ColumnRole.DIRECTION}:
            return {ColumnRole.DIRECTION: 1.0}
        return {ColumnRole.STATUS: 1.0} if roles & {ColumnRole.STATUS, ColumnRole.PROGRESS} else {}
    own = weights_of(text)
    if roles and roles <= _AHEAD and own and _best(own) in _OPEN_BELOW:
        return _EITHER  # by its cells
    return {}


def _when(words: tuple[str, ...], near: int) -> When | None:
    """Return the moment that the words name; a half stands below or above the year it is of."""
    words = words[:-1] if _is_of_next(words, near) else words
    years = [year for text in reversed(words) if (year := year_of(text, near)) is not None]
    found = [
        when
        for text in reversed(words)
        if (when := when_of(text, years[0] if years else near)) is not None
    ]
    return next((each for each in found if each.part), found[0] if found else None)
