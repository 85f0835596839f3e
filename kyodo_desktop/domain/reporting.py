"""What a report tells beside the plan itself: what was found and done, read beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kyodo_desktop.domain.comparing.before_after import BeforeAfterGroup
    from kyodo_desktop.domain.comparing.comparison import Comparison

MOST_HISTORY_LINES = 1_000_000
"""A sheet has 1,048,576 rows."""


class Extra(Enum):
    """A part of a report that must be read beforehand, because no outline holds it."""

    COMPARISON = auto()
    FINDINGS = auto()
    BEFORE_AFTER = auto()
    HISTORY = auto()


class CheckedFinding(NamedTuple):
    """A finding of 点検 in words; its `note` is None until somebody has confirmed it."""

    rule: str
    place: str
    message: str
    suggestion: str
    note: str | None
    notice: bool


class BeforeAfterTable(NamedTuple):
    """A 新旧対照表; `what` says between which states of the plan it is."""

    what: str
    groups: tuple[BeforeAfterGroup, ...]


class HistoryLine(NamedTuple):
    """One field of one step of the history; `at` is local time with its offset.

    A step of which nothing can be told has empty fields.
    """

    at: str
    author: str
    step: str
    action: str = ""
    item: str = ""
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Extras:
    """The parts that no outline holds; a report gets those which its sheets need.

    `comparison` is with the round before the one that is shown.
    """

    comparison: Comparison | None = None
    findings: tuple[CheckedFinding, ...] = ()
    before_after: BeforeAfterTable | None = None
    history: tuple[HistoryLine, ...] = ()
