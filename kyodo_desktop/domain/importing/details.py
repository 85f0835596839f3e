"""Reads what stands once for an action: sections, description, note, beginning and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.drafts import added
from kyodo_desktop.domain.importing.months import read_months
from kyodo_desktop.domain.importing.plain import is_nothing
from kyodo_desktop.domain.importing.relisting import is_word
from kyodo_desktop.domain.importing.sections import sections_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.importing.drafts import ActionDraft
    from kyodo_desktop.domain.importing.gathering import Gathering
    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.domain.importing.layout import Layout

_START, _DUE = "開始年度", "完了予定"


def take_details(
    draft: ActionDraft,
    layout: Layout,
    cells: dict[int, str],
    row: CellPlace,
    gathering: Gathering,
    near: int,
) -> None:
    """Add to the action what a row of it says."""
    draft.sections = added(draft.sections, _sections(layout.sections, cells))
    if layout.related:
        draft.related = added(draft.related, _sections(layout.related, cells))
    if layout.descriptions:
        draft.description = added(draft.description, _texts(layout.descriptions, cells))
    if layout.notes:
        draft.note = added(draft.note, _texts(layout.notes, cells))
    for column, label in ((layout.start, _START), (layout.due, _DUE)):
        text = cells.get(column or 0, "")
        if text and not is_nothing(text) and not _take_month(draft, layout, label, text, near):
            draft.note = added(draft.note, (f"【{label}】{text}",))
            reason = f"{label}の年月として読み取れないため、備考に入れました。"
            gathering.leave(row._replace(column=column or 0), text, reason)


def sections_of(layout: Layout, cells: dict[int, str]) -> tuple[str, ...]:
    """Return the sections that a row names."""
    return added((), _sections(layout.sections, cells))


def _sections(columns: Iterable[int], cells: dict[int, str]) -> Iterable[str]:
    return (name for column in columns if column in cells for name in sections_in(cells[column]))


def _texts(columns: list[tuple[int, str]], cells: dict[int, str]) -> Iterable[str]:
    """Yield what the columns of one row say, as one text: indicators may have several rows."""
    said = [
        f"{prefix}{text}"
        for column, prefix in columns
        if (text := cells.get(column, "")) and not is_nothing(text) and not is_word(text)
    ]
    if said:
        yield "\n".join(said)


def _take_month(draft: ActionDraft, layout: Layout, label: str, text: str, near: int) -> bool:
    """Read a year or month, or both ends of a span; tell whether there was one."""
    start, due = read_months(text, near)
    if label == _START or layout.start is None:
        draft.start = draft.start or start
    if label == _DUE:
        draft.due = draft.due or due
    return due is not None
