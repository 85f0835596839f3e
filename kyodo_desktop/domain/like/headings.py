"""Writes the titles of headings that got other names in the plan, wherever the table has them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.found_plan import ValueOrigin
from kyodo_desktop.domain.importing.grid import Unread
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.like.sites import span_of
from kyodo_desktop.domain.nodes import is_heading, row_id
from kyodo_desktop.domain.texts import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.importing.found_plan import FoundHeading
    from kyodo_desktop.domain.importing.grid import CellPlace
    from kyodo_desktop.domain.like.cell_edits import CellEdits
    from kyodo_desktop.domain.like.table_columns import TableColumns
    from kyodo_desktop.domain.like.table_match import TableMatch

    Path = tuple[tuple[str, str], ...]

NOT_FOUND = (
    "見出しの名称が計画と違いますが、書き込む欄が見つかりません。もとの表で直してください。"
)


def write_headings(match: TableMatch, columns: TableColumns, edits: CellEdits) -> Iterator[Unread]:
    """Put the plan's titles in the place of other ones; yield those that stand in no cell."""
    known = {**_by_actions(match), **match.headings}
    for found in match.raw.headings:
        heading = match.outline.headings.get(known.get(found.own_path, 0))
        if heading is None or squeezed(heading.title) == squeezed(found.title):
            continue
        first = _cell_of(found, columns, edits)
        span = span_of(found.title, edits.cell(first)) if first is not None else None
        if first is None or span is None:
            yield Unread(found.place, found.title, f"{NOT_FOUND}（計画「{heading.title}」）")
            continue
        for place in (first, *_repeated(match, found, first, edits)):
            origin = ValueOrigin(ColumnRole.HEADING, "", 0, place)
            edits.put(origin._replace(start=span[0], end=span[1]), heading.title)


def _by_actions(match: TableMatch) -> dict[Path, int]:
    """Return the headings over the actions of a heading that has no other pair: it was renamed."""
    outline, above = match.outline, defaultdict(set)
    for at, action_id in match.actions.items():
        path = match.found.actions[at].path
        nodes = [each for each in outline.ancestors(outline.home(action_id)) if is_heading(each)]
        for depth, node in enumerate(reversed(nodes), start=1):
            above[path[:depth]].add(row_id(node))
    paired = set(match.headings.values())
    return {
        path: found
        for path, ids in above.items()
        if len(ids) == 1 and (found := next(iter(ids))) not in paired
    }


def _cell_of(found: FoundHeading, columns: TableColumns, edits: CellEdits) -> CellPlace | None:
    """Return the cell with the title: that of the heading, or one of its row's level columns."""
    levels = columns.of(found.place, ColumnRole.HEADING)
    for place in (found.place, *(found.place._replace(column=each.column) for each in levels)):
        if span_of(found.title, edits.cell(place)) is not None:
            return edits.first_cell(place)
    return None


def _repeated(
    match: TableMatch, found: FoundHeading, first: CellPlace, edits: CellEdits
) -> Iterator[CellPlace]:
    """Yield the cells of later rows that repeat the heading."""
    text, depth, seen = edits.cell(first), len(found.own_path), {first}
    for action in match.raw.actions:
        if action.path[:depth] == found.own_path and action.place.sheet == found.place.sheet:
            place = edits.first_cell(action.place._replace(column=first.column))
            if place not in seen and edits.cell(place) == text:
                seen.add(place)
                yield place
