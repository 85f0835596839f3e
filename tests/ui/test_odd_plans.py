"""Plans that are like no other: every view and every page of them can be painted and left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from kyodo_desktop.domain import plan, vocabulary
from kyodo_desktop.services import new_plan, progress, rounds, structure
from kyodo_desktop.ui.widgets import theme
from tests import edits
from tests.builders import opened
from tests.effort import cases

LEVELS = (("編", "1"), ("章", "(1)"), ("節", "①"), ("施策", "ア"), ("取組", "(ア)"))
KINDS = list(plan.StatusKind)
VIEWS = ("show_paper", "show_section", "show_due", "show_status", "show_updated", "in_order")
TABS = ("checks", "comparison", "history", "main")
STEP = cases(quick=3, deep=1)  # each third row in a view or tab: each row in three of the ten


def no_heading(workspace):
    """The plan as it was made."""


def empty_headings(workspace):
    """Headings on every level, and no action below them."""
    node = workspace.outline.roots[0]
    for _ in workspace.outline.levels[:-1]:
        node = structure.add_heading(workspace, node, "")
    structure.add_heading(workspace, workspace.outline.roots[0], "別の見出し")


def actions(workspace):
    """An action with nothing, one with everything, and one that is listed twice."""
    empty_headings(workspace)
    lowest = list(workspace.outline.below(workspace.outline.roots[0]))[-2]
    first = structure.add_action(workspace, lowest, "何もない取組")
    second = structure.add_action(workspace, lowest, "名" * 120)
    action_id = workspace.outline.action_id_at(second)
    edits.set_due(workspace, action_id, "H24.3")
    edits.set_note(workspace, action_id, "備\n考" * 50)
    if workspace.outline.round is not None:
        for _ in range(3):
            progress.add_line(workspace, action_id, "進\n捗" * 40)
        statuses = list(workspace.outline.statuses)
        progress.set_status(workspace, [action_id], statuses[-1])
        rounds.open_round(workspace, "次", 2027, "2027-10-31")
    return first


def statuses(count):
    return tuple(
        vocabulary.StatusEntry(chr(0x3231 + n), f"状態{n}", "", KINDS[n % len(KINDS)], "#888888")
        for n in range(count)
    )


def new_file(path, levels, count, now):
    """Make a plan with so many levels and statuses."""
    made = replace(
        new_plan.default_plan(date(2026, 4, 1), "計画"),
        levels=LEVELS[:levels],
        statuses=statuses(count),
        terms=tuple((f"第{n}期", 2020 + 3 * n, 2022 + 3 * n) for n in range(3)),
        first_fiscal_year=2020,
        last_fiscal_year=2028,
    )
    new_plan.create_plan(path, made, author="市民 花子", now=now)


@pytest.mark.deep
@pytest.mark.parametrize(
    ("levels", "count", "fill", "has_round"),
    [
        (2, 1, no_heading, True),
        (5, 30, empty_headings, True),
        (5, 30, actions, True),
        (5, 30, actions, False),
    ],
    ids=["nothing", "headings", "five levels and thirty statuses", "without a round"],
)
def test_every_view_and_every_page_is_painted(
    empty_window, tmp_path, clock, levels, count, fill, has_round
):
    path = tmp_path / "計画.kyodo"
    new_file(path, levels, count, clock())
    if not has_round:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("DELETE FROM round")
    with closing(opened(path, clock)) as plan:
        fill(plan.workspace)
    window = empty_window
    assert window.files.open(path)
    outline = window.plan.workspace.outline
    every = [node for root in outline.roots for node in (root, *outline.below(root))]
    ways = [window.actions_by_name[view].trigger for view in VIEWS]
    ways += [partial(window.side.call_up, tab) for tab in TABS]
    for place, show in enumerate(ways):
        show()
        seen()
        for node in every[place % STEP :: STEP]:
            window.tree.select(node)
            seen()
    window.tree.select_all(every)
    dark = theme.of_scheme(is_dark=True)
    theme.dress(dark, theme.palette_of(dark))
    seen()
    window.zoom(1)  # which is light again
    seen()
    window.zoom(0)


def seen():
    """Let everything be painted that waits for it."""
    QApplication.processEvents()
