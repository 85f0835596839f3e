"""新旧対照表: what the plan says and said, under the headings above it, and why."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import headings, looks
from kyodo_desktop.pages.content import Cell, PageRow, Part, RowRole
from kyodo_desktop.pages.options import BEFORE_AFTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.comparing.before_after import BeforeAfterGroup, BeforeAfterRow
    from kyodo_desktop.pages.telling import Telling

_COLUMNS = {"新": WidthRange(14, 31), "旧": WidthRange(14, 31), "理由": WidthRange(9, 18)}
_WHOLE_PLAN = "計画全体"
_SAME = "この間に計画の変更はありません（進捗状況の変更は含みません）。"
_DITTO = "（同上）"
_LOW = 120
"""Letters of a reason that stands once beside all rows which it is for, however low they are."""


def before_after(telling: Telling) -> Part | None:
    """Return the part; nothing where the plan was neither revised nor followed by another."""
    table = telling.extras.before_after
    if table is None:
        return None
    what = f"{table.what}　　旧：{table.old}" if table.decided_on else table.what
    return Part(
        name=BEFORE_AFTER,
        title=BEFORE_AFTER,
        widths=tuple(_COLUMNS.values()),
        top=(
            *headings.top(telling, BEFORE_AFTER, len(_COLUMNS), is_narrowed=False),
            headings.sentence(what, len(_COLUMNS)),
        ),
        header=(headings.head(_COLUMNS),) if table.groups else (),
        rows=tuple(_rows(table.groups)) or (headings.sentence(_SAME, len(_COLUMNS)),),
    )


def _rows(groups: Sequence[BeforeAfterGroup]) -> Iterator[PageRow]:
    for place, group in enumerate(groups):
        cell = Cell(group.title or _WHOLE_PLAN, looks.TERM, len(_COLUMNS))
        yield PageRow((cell,), RowRole.BAND, level=1, joined=True, repeats=True)
        rows = iter(group.rows)
        for reason, count in group.reasons:
            yield from _of_reason(place, reason, tuple(islice(rows, count)))


def _of_reason(group: int, reason: str, rows: Sequence[BeforeAfterRow]) -> Iterator[PageRow]:
    """Yield rows with the same reason; a long one stands once and is referred to."""
    is_merged = len(rows) > 1 and len(reason) <= _LOW
    for place, row in enumerate(rows):
        why = Cell(reason, run=(group, reason)) if is_merged else Cell(reason)
        if place and not is_merged and reason:
            why = Cell(_DITTO, looks.UNFILLED)
        yield PageRow((Cell(row.new), Cell(row.old), why))
