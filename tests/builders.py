"""Plans for tests, written as people would note them down."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.services.files import open_plan

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.files import OpenPlan

JAPAN = timezone(timedelta(hours=9))


class Clock:
    """A clock that stands at one moment until a test moves it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 18, 0, tzinfo=JAPAN)

    def __call__(self) -> datetime:
        return self.time


def opened(path: Path, clock: Clock, *, author: str = "市民 花子", **options: bool) -> OpenPlan:
    """Open a plan as a window would."""
    return open_plan(path, author=lambda: author, now=clock, **options)


def node_of(outline: Outline, title: str, *, nth: int = 0) -> int:
    """Return the nth node with this title, in printed order."""
    nodes = [node for root in outline.roots for node in (root, *outline.below(root))]
    return [node for node in nodes if outline.title(node) == title][nth]


def action_of(outline: Outline, title: str, *, nth: int = 0) -> int:
    """Return the id of the nth placed action with this title."""
    action = outline.action_at(node_of(outline, title, nth=nth))
    assert action is not None
    return action.id


def marks(outline: Outline) -> str:
    """Return the marks of all placements in printed order, 未記入 as a space."""
    return "".join(
        getattr(outline.status(outline.action_id_at(node)), "mark", " ")
        for root in outline.roots
        for node in outline.below(root)
        if is_placement(node)
    )
