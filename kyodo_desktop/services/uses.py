"""Counts where the plan's own words are used, over all rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.vocabulary import UNUSED, Use

if TYPE_CHECKING:
    from kyodo_desktop.services.workspace import Workspace

Uses = dict[int, Use]
"""By id; what is not used is not in it."""

_IN_ROUNDS = """
    SELECT {column}, round.name, round.closed_at IS NOT NULL, count(*)
    FROM {table} JOIN round ON round.id = round_id
    WHERE {column} IS NOT NULL
    GROUP BY {column}, round_id
    ORDER BY fiscal_year, as_of, round.id
"""
_ACTIONS_OF_SECTIONS = """
    SELECT section_id, count(*) FROM (
        SELECT section_id, action_id FROM assignment
        UNION SELECT section_id, action_id FROM progress WHERE section_id IS NOT NULL
    ) GROUP BY section_id
"""


def uses_of_statuses(workspace: Workspace) -> Uses:
    """Count the lines of progress with each status."""
    return _in_rounds(workspace, "progress", "status_id")


def uses_of_directions(workspace: Workspace) -> Uses:
    """Count the outlooks with each direction."""
    return _in_rounds(workspace, "outlook", "direction_id")


def uses_of_actors(workspace: Workspace) -> Uses:
    """Count the actions of each actor."""
    return _of_actions(workspace, "SELECT actor_id, count(*) FROM action_actor GROUP BY actor_id")


def uses_of_principles(workspace: Workspace) -> Uses:
    """Count the actions that follow each principle."""
    query = "SELECT principle_id, count(*) FROM action_principle GROUP BY principle_id"
    return _of_actions(workspace, query)


def uses_of_sections(workspace: Workspace) -> Uses:
    """Count the actions that name each section, as theirs or in a line of any round."""
    return _of_actions(workspace, _ACTIONS_OF_SECTIONS)


def _in_rounds(workspace: Workspace, table: str, column: str) -> Uses:
    found: Uses = {}
    with workspace.reading() as connection:
        query = _IN_ROUNDS.format(table=table, column=column)
        for row_id, round_name, is_closed, count in connection.execute(query):
            use = found.get(row_id, UNUSED)
            closed_rounds = (*use.closed_rounds, round_name) if is_closed else use.closed_rounds
            closed = use.closed + count * is_closed
            found[row_id] = Use(use.total + count, closed, closed_rounds)
    return found


def _of_actions(workspace: Workspace, query: str) -> Uses:
    with workspace.reading() as connection:
        return {row_id: Use(count) for row_id, count in connection.execute(query)}
