"""Plans to measure the tree with: every column has something to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kyodo_desktop.domain.plan import Assignment, Role, Section
from kyodo_desktop.services.workspace import Workspace
from kyodo_desktop.store.connection import Database
from kyodo_desktop.store.fence import NOBODY, Fence
from kyodo_desktop.ui.tree.pane import TreePane
from tests.outlines import large_outline

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline

_SECTIONS = ("市民活動推進課", "企画課", "子育て支援課", "高齢者福祉課", "都市計画課")


def full_outline(actions: int) -> Outline:
    """Return a plan in which each action has a due month and a leading section."""
    outline = large_outline(actions)
    count = len(_SECTIONS)
    return replace(
        outline,
        actions={
            i: action._replace(due=f"{2012 + i % 9}-{1 + i % 12:02}")
            for i, action in outline.actions.items()
        },
        sections={i: Section(i, i, name) for i, name in enumerate(_SECTIONS)},
        assignments={i: (Assignment(i, i, i % count, Role.LEAD),) for i in outline.actions},
    )


def tree_pane(outline: Outline) -> TreePane:
    """Return the tree with a plan that stands in no file."""
    pane, database = TreePane(), Database(Path(":memory:"))
    fence = Fence("bench", NOBODY)
    pane.show_plan(Workspace(database, outline, fence, author=str, now=lambda: datetime.now(UTC)))
    return pane
