"""Reads what stands once for an action: sections, description, note, beginning and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.drafts import added
from kyodo_desktop.domain.importing.months import GOES_ON, read_months, read_start
from kyodo_desktop.domain.importing.plain import is_nothing
from kyodo_desktop.domain.importing.relisting import is_word
from kyodo_desktop.domain.importing.sections import sections_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.fiscal_year import Near
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
    near: Near | int,
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
        if not text or is_nothing(text):
            continue
        why = _take_months(draft, layout, label, text, near)
        if why:
            draft.note = added(draft.note, (f"【{label}】{text}",))
            gathering.leave(row._replace(column=column or 0), text, f"{label}は、{why}")


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


def _take_months(
    draft: ActionDraft, layout: Layout, label: str, text: str, near: Near | int
) -> str:
    """Take the beginning and the end that a cell says; tell why not all of it was taken."""
    found = read_start(text, near) if label == _START else read_months(text, near)
    is_own = label == _START or layout.start is None
    if is_own:
        draft.start = draft.start or found.start
    if label == _DUE or layout.due is None:
        draft.due = draft.due or found.due
    has_more = found.start is not None and found.due is None and not is_own
    return found.why or (GOES_ON if has_more else "")
