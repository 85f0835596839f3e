"""Actions as the rows of a table for the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.counting import placements_under
from kyodo_desktop.domain.fiscal_year import month_label
from kyodo_desktop.domain.pasting.columns import COPIED, PasteColumn
from kyodo_desktop.domain.pasting.reading import BETWEEN, RELATED
from kyodo_desktop.domain.plan import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.clipboard_table import Cells
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Status


def copied_rows(outline: Outline, nodes: Iterable[int]) -> Cells:
    """Return the actions at and below the nodes, each place once, below a row of headings."""
    places = dict.fromkeys(place for node in nodes for place in placements_under(outline, node))
    title = outline.levels[-1].name
    head = [title if column is PasteColumn.TITLE else column.value for column in COPIED]
    return [head, *(_row(outline, place) for place in places)]


def _row(outline: Outline, place: int) -> list[str]:
    action = outline.action_at(place)
    assert action is not None, "only placements are copied"
    outlook = outline.outlooks.get(action.id)
    direction = outlook.direction_id if outlook else None
    said = {
        PasteColumn.NUMBER: outline.number(place),
        PasteColumn.TITLE: action.title,
        PasteColumn.SECTION: _sections(outline, action.id),
        PasteColumn.STATUS: _status(outline.status(action.id)),
        PasteColumn.PROGRESS: _progress(outline, action.id),
        PasteColumn.DIRECTION: "" if direction is None else outline.directions[direction].label,
        PasteColumn.OUTLOOK: outlook.text if outlook else "",
        PasteColumn.DUE: month_label(action.due),
    }
    return [said[column] for column in COPIED]


def _sections(outline: Outline, action_id: int) -> str:
    related = BETWEEN.join(outline.section_names(action_id, Role.RELATED))
    return outline.lead(action_id) + (f"{RELATED}{related}" if related else "")


def _status(status: Status | None) -> str:
    return f"{status.mark} {status.label}".strip() if status else ""


def _progress(outline: Outline, action_id: int) -> str:
    """Return the text, or each of several lines behind its own mark."""
    lines = outline.lines.get(action_id, ())
    if len(lines) == 1:
        return lines[0].text
    marks = {each.id: each.mark for each in outline.statuses.values()}
    return "\n".join(f"{marks.get(line.status_id or 0, '')} {line.text}".strip() for line in lines)
