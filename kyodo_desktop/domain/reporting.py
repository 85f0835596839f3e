"""What a report tells beside the plan itself: what was found and done, read beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import NothingToExportError
from kyodo_desktop.domain.terms import reported_terms

if TYPE_CHECKING:
    from kyodo_desktop.domain.comparing.before_after import BeforeAfterGroup
    from kyodo_desktop.domain.comparing.comparison import Comparison
    from kyodo_desktop.domain.counting import Counts
    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.domain.plan import Round, Status

MOST_HISTORY_LINES = 10_000
"""Of a report, which is read; データ一式 has all of them."""


_NO_ACTIONS = "実行計画がまだ1件もないため、出力できません。実行計画を加えてから出力してください。"


def expect_actions(outline: Outline) -> None:
    """Raise NothingToExportError for a plan of which no report can tell anything."""
    if not reported_terms(outline):
        raise NothingToExportError(outline.worded(_NO_ACTIONS))


class Extra(Enum):
    """A part of a report that must be read beforehand, because no outline holds it."""

    COMPARISON = auto()
    FINDINGS = auto()
    BEFORE_AFTER = auto()
    HISTORY = auto()
    YEARS = auto()
    CONTACTS = auto()
    RECORDS = auto()


class CheckedFinding(NamedTuple):
    """A finding of 点検 at a node; its `note` is None until somebody has confirmed it."""

    rule: str
    node: int
    message: str
    suggestion: str
    note: str | None
    notice: bool


class BeforeAfterTable(NamedTuple):
    """A 新旧対照表; `what` says between which states of the plan it is.

    `old` is what the earlier one is called, `decided_on` the day of a revision's decision.
    """

    what: str
    groups: tuple[BeforeAfterGroup, ...]
    old: str = ""
    decided_on: str = ""


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


class RoundTotals(NamedTuple):
    """What a round's own report counted in one of its terms, as 実行計画数 by status id.

    `statuses` are those that the plan had then; None is 未記入.
    """

    round: Round
    term: str
    statuses: dict[int, Status]
    counts: Counts


class SectionContact(NamedTuple):
    """Whom to ask in a section; of the section that asked the others the extension is 電話."""

    section: str
    person: str
    extension: str


@dataclass(frozen=True, slots=True)
class Extras:
    """The parts that no outline holds; a report gets those which its sheets need.

    `comparison` is with the round before the one that is shown; `years` are all rounds up to
    that one, the oldest first, `records` those before it. `contacts` are internal: 照会元, then
    those who answered in the round, in the plan's order of sections.
    """

    comparison: Comparison | None = None
    findings: tuple[CheckedFinding, ...] = ()
    before_after: BeforeAfterTable | None = None
    history: tuple[HistoryLine, ...] = ()
    years: tuple[RoundTotals, ...] = ()
    contacts: tuple[SectionContact, ...] = ()
    records: tuple[Record, ...] = ()
