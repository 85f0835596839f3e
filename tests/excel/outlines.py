"""Outlines for the tests of the workbook, written row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kyodo_desktop.domain.indexing import children_of, grouped
from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.domain.plan import (
    Action,
    Heading,
    Level,
    Placement,
    Plan,
    Progress,
    Round,
    Section,
    Status,
    Term,
)

DONE = Status(1, 0, "✓", "完了", "完了", "done", "#2e7d4f", 1)
NEAR = Status(2, 1, "◇", "完了の目途", "完了の目途", "near", "#c98a00", 1)
ONGOING = Status(3, 2, "・", "継続中", "継続中", "ongoing", "#3b6fb6", 1)
STOPPED = Status(4, 3, "－", "中止", "中止", "stopped", "#777777", 0)
STATUSES = {each.id: each for each in (DONE, NEAR, ONGOING, STOPPED)}
ROUND = Round(1, "平成27年度", 2015, "2015-10-31", None)

Row = tuple[str, str, str, list[tuple[Status | None, str]]]
"""推進項目, 施策, title, and lines as (status, text); a title seen before is a 再掲."""


def outline_of_rows(*rows: Row, **fields: Any) -> Outline:
    """Return a plan of one term with these rows; fields replace those of the outline."""
    headings: dict[tuple[str, ...], Heading] = {}
    actions: dict[str, Action] = {}
    placements: list[Placement] = []
    lines: list[Progress] = []
    for top, sub, title, marked in rows:
        above = _heading(headings, (top,), None)
        below = _heading(headings, (top, sub), above.id)
        if title not in actions:
            key = len(actions) + 1
            actions[title] = Action(key, 1, title, "", None, None, "", None)
            for status, text in marked:
                status_id = status.id if status else None
                lines.append(Progress(len(lines) + 1, 1, key, len(lines), status_id, text, None))
        place = Placement(len(placements) + 1, below.id, len(placements), actions[title].id, "")
        placements.append(place)
    outline = Outline(
        plan=Plan(1, "協働のまちづくり推進計画", "条例", "定義", "方針", 2011, 2020),
        levels=(
            Level(1, 0, "推進項目", "1"),
            Level(2, 1, "施策", "(1)"),
            Level(3, 2, "実行計画", "①"),
        ),
        principles={},
        actors={},
        statuses=STATUSES,
        directions={},
        sections={1: Section(1, 0, "市民活動推進課"), 2: Section(2, 1, "企画課")},
        rounds={1: ROUND},
        round=ROUND,
        terms={1: Term(1, 0, "前期", 2011, 2015, None), 2: Term(2, 1, "後期", 2016, 2020, 1)},
        headings={each.id: each for each in headings.values()},
        actions={each.id: each for each in actions.values()},
        placements={each.id: each for each in placements},
        lines=grouped(lines, lambda line: line.action_id),
        assignments={},
        outlooks={},
        children=children_of(headings.values(), placements),
        placed={
            action: tuple(each.id for each in places)
            for action, places in grouped(placements, lambda each: each.action_id).items()
        },
    )
    return replace(outline, **fields)


def _heading(
    headings: dict[tuple[str, ...], Heading], path: tuple[str, ...], parent: int | None
) -> Heading:
    if path not in headings:
        headings[path] = Heading(len(headings) + 1, 1, parent, len(headings), path[-1], "")
    return headings[path]
