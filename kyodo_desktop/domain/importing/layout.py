"""The columns of a sheet by what they hold, so that each row is read without searching."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.header_words import weights_of
from kyodo_desktop.domain.importing.headings import SEPARATOR
from kyodo_desktop.domain.importing.mapping import ColumnRole

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.mapping import ColumnChoice, SheetChoice

_SAYS_IT_ALL = 0.9
_TELL_NOTHING = (ColumnRole.IGNORED, ColumnRole.NUMBER, ColumnRole.HEADING, ColumnRole.ACTION)
_OF_A_ROUND = (
    ColumnRole.STATUS,
    ColumnRole.PROGRESS,
    ColumnRole.ISSUE,
    ColumnRole.DIRECTION,
    ColumnRole.OUTLOOK,
)


class RoundColumns(NamedTuple):
    """The columns that speak of one round; each is (column, words to print before its text)."""

    round: str
    statuses: tuple[tuple[int, str], ...]
    texts: tuple[tuple[int, str], ...]
    directions: tuple[tuple[int, str], ...]
    outlooks: tuple[tuple[int, str], ...]


class Layout:
    """One sheet's columns. Numbers are by the level that they count."""

    def __init__(self, choice: SheetChoice, own_round: str, depth: int) -> None:
        columns = sorted(choice.columns)
        self.depth = depth
        self.headings = [
            (each.level, each.column) for each in columns if each.role is ColumnRole.HEADING
        ]
        self.headings.sort()
        self.action = _first(columns, ColumnRole.ACTION)
        numbers = [each for each in columns if each.role is ColumnRole.NUMBER]
        own = max(
            (each.level for each in columns if each.role is ColumnRole.ACTION), default=depth
        )
        self.number = next((each.column for each in numbers if each.level == own), None)
        self.numbers = {each.level: each.column for each in numbers if each.level != own}
        self.sections = _all(columns, ColumnRole.SECTION)
        self.related = _all(columns, ColumnRole.RELATED_SECTION)
        self.relisted = _first(columns, ColumnRole.RELISTED)
        self.round = _first(columns, ColumnRole.ROUND)
        self.start = _first(columns, ColumnRole.START)
        self.due = _first(columns, ColumnRole.DUE)
        self.notes = _prefixed(columns, ColumnRole.NOTE)
        self.descriptions = _prefixed(columns, ColumnRole.DESCRIPTION)
        self.own_round = own_round
        names = dict.fromkeys(
            each.round or own_round for each in columns if each.role in _OF_A_ROUND
        )
        self.rounds = [_round(columns, name, own_round) for name in names]
        self.told = frozenset(each.column for each in columns if each.role not in _TELL_NOTHING)
        self._lowest = own

    def level_right_of(self, column: int) -> int:
        """Return the level of the first headings at the right of a column, else the action's."""
        return min((level for level, at in self.headings if at > column), default=self._lowest)


def _round(columns: list[ColumnChoice], name: str, own: str) -> RoundColumns:
    mine = [each for each in columns if (each.round or own) == name]
    texts = [each for each in mine if each.role in (ColumnRole.PROGRESS, ColumnRole.ISSUE)]
    main = next((each for each in texts if each.role is ColumnRole.PROGRESS), None)
    outlooks = [each for each in mine if each.role is ColumnRole.OUTLOOK]
    return RoundColumns(
        name,
        tuple((each.column, leaf_of(each)) for each in mine if each.role is ColumnRole.STATUS),
        tuple(
            (each.column, "" if each is main else f"【{_text_word(each, texts)}】")
            for each in texts
        ),
        tuple((each.column, leaf_of(each)) for each in mine if each.role is ColumnRole.DIRECTION),
        tuple(
            (each.column, "" if each is outlooks[0] else f"【{leaf_of(each)}】")
            for each in outlooks
        ),
    )


def _text_word(choice: ColumnChoice, texts: list[ColumnChoice]) -> str:
    """Return what is printed before a text beside the main one; the only 課題 is just that."""
    if (
        choice.role is ColumnRole.ISSUE
        and sum(1 for each in texts if each.role is ColumnRole.ISSUE) == 1
    ):
        return ColumnRole.ISSUE.label
    return leaf_of(choice) or choice.role.label


def _prefixed(columns: list[ColumnChoice], role: ColumnRole) -> list[tuple[int, str]]:
    mine = [each for each in columns if each.role is role]
    alone = len(mine) == 1 and weights_of(leaf_of(mine[0])).get(role, 0) >= _SAYS_IT_ALL
    return [
        (each.column, "" if alone or not each.words else f"【{_said(each)}】") for each in mine
    ]


def _said(choice: ColumnChoice) -> str:
    """備考 says nothing beside other notes; what stands in more rows is said in full."""
    return choice.words.replace(SEPARATOR, " ")


def leaf_of(choice: ColumnChoice) -> str:
    """Return the lowest words at the head of a column."""
    return choice.words.rpartition(SEPARATOR)[2]


def _first(columns: list[ColumnChoice], role: ColumnRole) -> int | None:
    return next((each.column for each in columns if each.role is role), None)


def _all(columns: list[ColumnChoice], role: ColumnRole) -> list[int]:
    return [each.column for each in columns if each.role is role]
