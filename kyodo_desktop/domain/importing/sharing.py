"""What a cell that is merged over several rows says of each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.layout import Layout
    from kyodo_desktop.domain.importing.sheet_view import SheetView


def share_merged(view: SheetView, row: int, cells: dict[int, str]) -> None:
    """Give a row in which an action begins what is merged over it from the rows above."""
    for column, rows in view.upright.items():
        top = rows.get(row, row)
        if top < row and column not in cells and (text := view.text(top, column)):
            cells[column] = text


def share_grades(
    view: SheetView, layout: Layout, cells: dict[int, str], row: int, begun_in: int
) -> None:
    """Give a later row of an action the grade that is merged over it, where it has a text."""
    for each in layout.rounds:
        if any(column in cells for column, _ in each.texts):
            for column, _ in each.statuses:
                top = view.upright.get(column, {}).get(row, row)
                if begun_in <= top < row and (text := view.text(top, column)):
                    cells.setdefault(column, text)
