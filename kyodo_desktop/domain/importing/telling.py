"""Reads what a row says of the rounds: grades, texts, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.drafts import Told
from kyodo_desktop.domain.importing.plain import is_nothing
from kyodo_desktop.domain.importing.relisting import is_word
from kyodo_desktop.domain.importing.tick_columns import is_tick

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.drafts import ActionDraft
    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.domain.importing.layout import RoundColumns
    from kyodo_desktop.domain.importing.statuses import Statuses


def take_told(
    draft: ActionDraft,
    columns: RoundColumns,
    cells: dict[int, str],
    row: CellPlace,
    sections: tuple[str, ...],
    statuses: Statuses,
) -> None:
    """Add the lines of one round to the action."""
    marks, text, column = _said(columns, cells, statuses)
    if not column:
        return
    name, place = columns.round, row._replace(column=column)
    if len(marks) == 1:
        draft.told += (Told(name, sections, marks[0], text, place),)
    elif marks and len(marks) == len(sections):
        parts = zip(sections, marks, _shared_out(text, len(marks)), strict=True)
        draft.told += tuple(Told(name, (each,), mark, part, place) for each, mark, part in parts)
    elif marks:
        draft.told += tuple(
            Told(name, sections, mark, "" if at else text, place) for at, mark in enumerate(marks)
        )
    else:
        lines = statuses.lines_of(text)
        draft.told += tuple(Told(name, sections, *line, place) for line in lines)


def _said(
    columns: RoundColumns, cells: dict[int, str], statuses: Statuses
) -> tuple[list[str], str, int]:
    """Return the grades, the text and the first column that says anything (0: none does)."""
    texts: list[str] = []
    first = 0
    for column, prefix in columns.texts:
        text = cells.get(column, "")
        if text and not is_nothing(text) and not is_word(text):
            texts.append(f"{prefix}{text}")
            first = first or column
    marks: list[str] = []
    ticked = len(columns.statuses) > 1
    for column, words in columns.statuses:
        text = cells.get(column, "")
        if not text or is_word(text):
            continue
        found = statuses.of_cell(words if ticked and is_tick(text) else text)
        if found is None:
            texts.insert(0, text)
        else:
            marks += found
        first = first or column
    return marks, "\n".join(texts), first


def _shared_out(text: str, parts: int) -> list[str]:
    """Give each of several grades its line of the text, or the first one all of it."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return lines if len(lines) == parts else [text] + [""] * (parts - 1)
