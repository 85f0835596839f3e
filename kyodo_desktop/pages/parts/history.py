"""変更の履歴: what was done to the plan, a field a row, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import fiscal_year, reporting
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import headings, looks
from kyodo_desktop.pages.content import Cell, PageRow, Part
from kyodo_desktop.pages.options import HISTORY

if TYPE_CHECKING:
    from kyodo_desktop.pages.telling import Telling

_COLUMNS = {
    "日時": WidthRange(8.2, 8.6),
    "記入者": WidthRange(4.6, 8),
    "操作": WidthRange(9, 30),
    "実行計画": WidthRange(6, 30),
    "対象": WidthRange(5.2, 8),
    "項目": WidthRange(4, 8),
    "変更前": WidthRange(7, 400),
    "変更後": WidthRange(7, 400),
}
_CUT = (
    f"新しいものから{reporting.MOST_HISTORY_LINES:,}行を載せています。"
    "全ての履歴は、「ファイル」→「データの書き出し」で作る「データ一式」にあります。"
)


def history(telling: Telling) -> Part | None:
    """Return the part, with a filter on its columns."""
    lines, worded = telling.extras.history, telling.outline.worded
    if not lines:
        return None
    top = headings.top(telling, HISTORY, len(_COLUMNS), is_narrowed=False)
    if len(lines) >= reporting.MOST_HISTORY_LINES:
        top = (*top, headings.sentence(_CUT, len(_COLUMNS)))
    return Part(
        name=HISTORY,
        title=HISTORY,
        widths=tuple(_COLUMNS.values()),
        top=top,
        header=(headings.head(map(worded, _COLUMNS)),),
        rows=tuple(_row(each._replace(item=worded(each.item))) for each in lines),
        is_fitted=True,
        has_filter=True,
    )


def _row(line: reporting.HistoryLine) -> PageRow:
    when = f"{fiscal_year.short_label(line.at[:10])} {line.at[11:16]}"
    first, *others = map(Cell, (when, *line[1:]))
    return PageRow((first._replace(look=looks.NUMBER, repeats=True), *others))
