"""Reads 今後の方向性 of a row: a choice, a text, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.plain import is_nothing, one_line, squeezed
from kyodo_desktop.domain.importing.tick_columns import is_tick

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.gathering import ActionDraft
    from kyodo_desktop.domain.importing.grid import Place
    from kyodo_desktop.domain.importing.layout import RoundColumns

_LONGEST_CHOICE = 50


def take_outlook(
    draft: ActionDraft,
    columns: RoundColumns,
    cells: dict[int, str],
    row: Place,
    directions: dict[str, None],
) -> None:
    """Add what the row says to the action; a choice that is new is added to `directions`."""
    direction, texts, first = _said(columns, cells)
    if not first:
        return
    if direction:
        directions.setdefault(direction)
    known = draft.outlooks.get(columns.round)
    if known is None:
        draft.outlooks[columns.round] = (direction, texts, row._replace(column=first))
        return
    choice, before, place = known
    before.extend(text for text in texts if text not in before)
    if not choice:
        draft.outlooks[columns.round] = (direction, before, place)
    elif direction and squeezed(direction) != squeezed(choice) and direction not in before:
        before.append(direction)


def _said(columns: RoundColumns, cells: dict[int, str]) -> tuple[str, list[str], int]:
    """Return the choice, the texts and the first column that says anything."""
    direction, first = "", 0
    texts: list[str] = []
    ticked = len(columns.directions) > 1
    for column, words in (*columns.directions, *columns.outlooks):
        text = cells.get(column, "")
        if not text or is_nothing(text):
            continue
        first = first or column
        if (column, words) in columns.outlooks:
            texts.append(f"{words}{text}")
            continue
        choice = words if ticked and is_tick(text) else one_line(text)
        if direction or len(choice) > _LONGEST_CHOICE or "。" in choice:
            texts.append(text)
        else:
            direction = choice
    return direction, texts, first
