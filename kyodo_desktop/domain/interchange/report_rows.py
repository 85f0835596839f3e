"""データ, the sheet of a report that holds the actions of a plan, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.interchange.checking import refused
from kyodo_desktop.domain.interchange.headings import KEY
from kyodo_desktop.domain.interchange.whole_plan import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kyodo_desktop.domain.interchange.report_headings import Step
    from kyodo_desktop.domain.interchange.sheet_rows import Sheet

TERM = ("期", "期の開始年度", "期の終了年度")
ACTION = (
    "内容",
    "開始年度",
    "完了予定",
    "主担当",
    "関係課",
    "主体",
    "基本原則",
    "備考",
    "継続元キー",
)
LINE = ("行", "状態", "状態名", "進捗状況", "記入課")
OUTLOOK = ("方向性", "今後の方向性")
_OF_ACTION, _KEY_OF_ACTION = 4, 3  # number, title, key, and whether it is a 再掲


class ReportRow(NamedTuple):
    """A row of データ: its headings from the top, its action, and its other cells by column."""

    path: tuple[Step, ...]
    number: str
    title: str
    key: str
    relisted: bool
    cells: Mapping[str, str]
    origin: Origin


def report_columns(levels: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns; those above the actions bear names of the plan."""
    *upper, last = levels
    headings = [name for level in upper for name in (f"{level}番号", level)]
    action = (f"{last}番号", last, f"{last}キー", "再掲")
    return (*TERM, *headings, *action, *ACTION, "調査", "基準日", *LINE, *OUTLOOK)


def report_rows(sheet: Sheet, levels: Sequence[str]) -> Iterator[ReportRow]:
    """Yield the rows; raises RefusedError where a column is not where it was written."""
    columns = report_columns(levels)
    _expect_columns(sheet, columns)
    above, action = len(TERM), len(TERM) + 2 * (len(levels) - 1)
    places = {name: place for place, name in enumerate(columns, start=1)}
    places[KEY] = action + _KEY_OF_ACTION
    for row_number, texts in enumerate(sheet.rows[1:], start=2):
        if not any(texts[: len(columns)]):
            continue
        cells = [*texts, *[""] * (len(columns) - len(texts))][: len(columns)]
        number, title, key, relisted = cells[action : action + _OF_ACTION]
        steps = zip(cells[above:action:2], cells[above + 1 : action : 2], strict=True)
        yield ReportRow(
            tuple(step for step in steps if step[1]),
            *(number, title, key, bool(relisted)),
            dict(zip(columns[:above], cells[:above], strict=True))
            | dict(zip(columns[action + 4 :], cells[action + 4 :], strict=True)),
            Origin("", sheet.name, row_number, places),
        )


def _expect_columns(sheet: Sheet, columns: Sequence[str]) -> None:
    first = [*(sheet.rows[0] if sheet.rows else ()), *[""] * len(columns)]
    for place, column in enumerate(columns):
        if first[place] != column:
            origin = Origin("", sheet.name, 1, {column: place + 1})
            raise refused(origin.at(column), "の列がここにありません。")
