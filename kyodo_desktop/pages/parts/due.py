"""期限超過・期限が近いもの: what is late, the longest first, and what is due soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import fiscal_year, report_summary, terms
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import headings, looks, report_columns
from kyodo_desktop.pages.content import Cell, PageRow, Part
from kyodo_desktop.pages.options import DUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.report_summary import ListedAction
    from kyodo_desktop.pages.telling import Telling

_LATE, _SOON = "期限超過", "期限が近いもの"
_THIS_MONTH = "今月"
_WIDTHS = {
    "番号": WidthRange(5, 14),
    "": WidthRange(14, 50),  # the name of the actions' level
    "主担当": WidthRange(8, 20),
    "状態": WidthRange(5, 14),
    "完了予定": WidthRange(6.7, 7),
}
_HOW_LONG = WidthRange(5, 6)


def due(telling: Telling) -> Part | None:
    """Return the part; what is late is counted by `terms.reported_month`."""
    outline = telling.outline
    month = terms.reported_month(outline, telling.made_on[:7])
    late = report_summary.overdue_actions(outline, month)
    soon = report_summary.actions_due_soon(outline, month)
    if not late and not soon:
        return None
    widths = (*_WIDTHS.values(), _HOW_LONG)
    when = f"（{fiscal_year.month_label(month)}現在）"
    return Part(
        name=DUE,
        title=DUE,
        widths=widths,
        top=headings.top(telling, DUE, len(widths)),
        rows=(
            *_table(telling, f"{_LATE}　{len(late):,}件{when}", "超過", late),
            headings.space(),
            *_table(telling, f"{_SOON}　{len(soon):,}件", "残り", soon),
        ),
        is_fitted=True,
    )


def _table(
    telling: Telling, caption: str, how_long: str, actions: Sequence[ListedAction]
) -> Iterator[PageRow]:
    level = telling.outline.levels[-1].name
    names = (*(name or level for name in _WIDTHS), how_long)
    yield headings.caption(caption, len(names))
    if not actions:
        yield headings.sentence("ありません。", len(names))
        return
    yield headings.head(names)
    for each in actions:
        filled = looks.progress_look(each.status) if each.status else looks.UNFILLED
        yield PageRow(
            (
                Cell(each.place, looks.NUMBER, repeats=True),
                Cell(each.title, repeats=True),
                Cell(each.section),
                Cell(report_columns.status_text(each.status), filled),
                Cell(fiscal_year.month_label(each.due), looks.NUMBER),
                Cell(_THIS_MONTH if each.what == "0か月" else each.what, looks.NUMBER),
            )
        )
