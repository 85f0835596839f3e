"""What stands above a table: the plan's title, years, days, and what else is printed there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.moments import as_of_in, span_in, years_in
from kyodo_desktop.domain.importing.statuses import pairs_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.importing.grid import Book, Grid
    from kyodo_desktop.domain.importing.mapping import Mapping, SheetChoice
    from kyodo_desktop.domain.importing.moments import YearSpan
    from kyodo_desktop.domain.importing.sheet_view import SheetView

_PLAN = re.compile(r"計画|プラン|大綱|ビジョン|戦略|構想|指針|プログラム")
_TABLE = re.compile(r"一覧|状況|進捗|進行|管理|評価|報告|実績|シート|表")
_NO_TITLE = re.compile(
    r"^(?:資料|別紙|様式|別表|会議資料|[※*＊(（]|注|【|凡例|施策数|作成|担当|所管|マーク)|現在$|時点$|[:：]"
)
_MADE = re.compile(r"(?:更新|作成|印刷|提出|公表|発行|改訂)日|(?:現在)?(?:更新|作成|公表)$")
_EDITION = re.compile(
    r"(?:令和|平成)?[元0-9０-９]+年度?版|(?<=[^\d年])(?:19|20)[0-9]{2}(?![0-9年/.\-])"
)
_FIXED = re.compile(r"\s*\n\s*")
_LONGEST, _SHORTEST = 120, 4
_TOP = 12  # rows over a table; years between a column's and the newest round
_ANY_YEAR, _USUAL_YEARS = 2015, 5


def lines_over(view: SheetView, first_heading_row: int) -> list[str]:
    """Return the texts above the heading rows."""
    return [
        text for row in view.filled(1, first_heading_row - 1) for text in view.row(row).values()
    ]


def plan_title(lines: list[str], fallback: str) -> str:
    """Return the line that names a plan or a table; lines of one cell become one."""
    best, most = "", 0.0
    for place, line in enumerate(lines):
        text = _FIXED.sub(" ", line.strip())
        if not _SHORTEST <= len(text) <= _LONGEST or _NO_TITLE.search(text) or pairs_in(text):
            continue
        if "。" in text:
            continue
        worth = 2.0 * bool(_PLAN.search(text)) + bool(_TABLE.search(text)) - 0.1 * place
        if worth > most:
            best, most = text, worth
    return best or fallback


def printed_years(lines: list[str], near: int) -> tuple[list[int], YearSpan | None, str | None]:
    """Return the years that short lines name, a span of them, and the day of 「…現在」."""
    years: list[int] = []
    span, as_of = None, None
    for line in (_EDITION.sub("", each) for each in lines if not _MADE.search(each)):
        if len(line) > _LONGEST:
            continue
        span = span or span_in(line, near)
        as_of = as_of or as_of_in(line, near)
        if not span_in(line, near):
            years += years_in(line, near)
    return years, span, as_of


def stem_of(name: str) -> str:
    """Return a file's name without its ending."""
    return re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)


def plan_years(book: Book, mapping: Mapping) -> tuple[int, int]:
    """Return the first and the last fiscal year of the plan in a table."""
    rounds = [each.fiscal_year for each in mapping.rounds]
    near = max(rounds, default=_ANY_YEAR)
    grids = {grid.sheet: grid for grid in book.grids}
    sheets = [each for each in mapping.sheets if each.sheet in grids]
    texts = (text for each in sheets for text in _printed(grids[each.sheet], each))
    spans = [span for text in texts if (span := span_in(text, near)) is not None]
    others = [
        year
        for each in sheets
        for column in each.columns
        for year in years_in(column.words, near)
        if abs(year - near) < _TOP
    ]
    if not (spans or rounds or others):
        return near, near + _USUAL_YEARS - 1
    return told_years(mapping.title, spans, rounds, others)


def told_years(
    title: str, spans: Iterable[YearSpan], rounds: Iterable[int], others: Iterable[int] = ()
) -> tuple[int, int]:
    """Return the first and the last year that a table says: of the spans that it prints.

    Without one, of the round which its title names, and else of all that it speaks of: a round
    of the year before makes a plan no longer than its title does.
    """
    own = set(rounds)
    years = [year for span in spans for year in (span.first, span.last)]
    if not years and own:
        years = [each for each in printed_years([title], max(own))[0] if each in own]
    years = years or [*own, *others]
    return min(years), max(years)


def _printed(grid: Grid, choice: SheetChoice) -> Iterator[str]:
    for row in grid.rows[: min(choice.first_heading_row - 1, _TOP)]:
        yield from (text for text in row if text and len(text) <= _LONGEST)
