"""The columns of a sheet by what they hold, so that each row is read without searching."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.columns import SEPARATOR
from kyodo_desktop.domain.importing.header_words import is_year, others_view, row_role, weights_of
from kyodo_desktop.domain.importing.mapping import ColumnChoice, ColumnRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kyodo_desktop.domain.importing.labelled_parts import LabelledPart


_SAYS_IT_ALL = 0.9
_LABEL_AND_TEXT = 2  # cells
_COUNT = re.compile(r"[▲△\-]?\s*[0-9０-９][0-9０-９,.，]*\s*[%％]?")
_TELL_NOTHING = (
    ColumnRole.IGNORED,
    ColumnRole.NUMBER,
    ColumnRole.HEADING,
    ColumnRole.ACTION,
    ColumnRole.ROW_KIND,
)
OF_A_ROUND = (
    ColumnRole.STATUS,
    ColumnRole.PROGRESS,
    ColumnRole.ISSUE,
    ColumnRole.DIRECTION,
    ColumnRole.OUTLOOK,
)
_MAY_BE_PARTED = (*OF_A_ROUND, ColumnRole.DESCRIPTION, ColumnRole.NOTE)
_MOST_COLUMNS = 1 << 14  # of a sheet; beyond them are the parts of cells
_BY_ROW = (ColumnRole.PROGRESS, ColumnRole.DESCRIPTION, ColumnRole.STATUS)


class RoundColumns(NamedTuple):
    """The columns that speak of one round.

    Those of grades and choices come with the words above them, which a tick stands for.
    """

    round: str
    statuses: tuple[tuple[int, str], ...]
    texts: tuple[int, ...]
    directions: tuple[tuple[int, str], ...]
    outlooks: tuple[int, ...]


class Layout:
    """One sheet's columns. Numbers are by the level that they count."""

    def __init__(self, columns: Iterable[ColumnChoice], own_round: str, depth: int) -> None:
        self._columns = columns = _one_action(sorted(columns))
        self.depth, self.own_round = depth, own_round
        self.headings = sorted(
            (each.level, each.column) for each in columns if each.role is ColumnRole.HEADING
        )
        self.action = _first(columns, ColumnRole.ACTION)
        numbers = [each for each in columns if each.role is ColumnRole.NUMBER]
        self._lowest = max(
            (each.level for each in columns if each.role is ColumnRole.ACTION), default=depth
        )
        self.number = next((each.column for each in numbers if each.level == self._lowest), None)
        self.numbers = {each.level: each.column for each in numbers if each.level != self._lowest}
        self.sections = _all(columns, ColumnRole.SECTION)
        self.related = _all(columns, ColumnRole.RELATED_SECTION)
        self.relisted = _first(columns, ColumnRole.RELISTED)
        self.round = _first(columns, ColumnRole.ROUND)
        self.row_kind = _first(columns, ColumnRole.ROW_KIND)
        self.start = _first(columns, ColumnRole.START)
        self.due = _first(columns, ColumnRole.DUE)
        self.notes = _named(columns, ColumnRole.NOTE, ColumnRole.ISSUE)
        self.descriptions = _named(columns, ColumnRole.DESCRIPTION)
        names = dict.fromkeys(
            each.round or own_round for each in columns if each.role in OF_A_ROUND
        )
        self.rounds = [_round(columns, name, own_round) for name in names]
        self.told = frozenset(each.column for each in columns if each.role not in _TELL_NOTHING)
        self.may_be_parted = [each.column for each in columns if each.role in _MAY_BE_PARTED]
        self._of_kind: dict[tuple[str, frozenset[int]], Layout] = {}
        self._of_parts: dict[tuple[tuple[int, str, ColumnRole], ...], Layout] = {}

    @property
    def ahead(self) -> list[int]:
        """The columns of what shall become of an action."""
        chosen = [column for each in self.rounds for column, _ in each.directions]
        return [*chosen, *(column for each in self.rounds for column in each.outlooks)]

    @property
    def has_statuses(self) -> bool:
        """Tell whether a column holds grades."""
        return any(each.statuses for each in self.rounds)

    @property
    def has_texts(self) -> bool:
        """Tell whether a column tells what was done."""
        return any(each.texts for each in self.rounds)

    def level_right_of(self, column: int) -> int:
        """Return the level of the first headings at the right of a column, else the action's."""
        return min((level for level, at in self.headings if at > column), default=self._lowest)

    def goes_on(self, cells: dict[int, str], above: dict[int, str]) -> bool:
        """Tell whether a row only goes on with what the row above it began to say.

        It has neither number nor grade, and says nothing where that row says nothing.
        """
        begins = {column for each in self.rounds for column, _ in each.statuses}
        begins |= {self.number or 0, self.row_kind or 0}
        begins |= {column for _, column in self.headings}
        counts = any(_COUNT.fullmatch(text) for text in cells.values())
        return not counts and begins.isdisjoint(cells) and cells.keys() <= above.keys()

    def is_label(self, cells: dict[int, str]) -> bool:
        """Tell whether a label stands where the titles do, beside what it is of: 実績 | …."""
        label = cells.get(self.action or 0, "")
        if not label or (self.number or 0) in cells or len(cells) != _LABEL_AND_TEXT:
            return False
        return row_role(label) is not None and max(cells) > (self.action or 0)

    def labelled(self, cells: dict[int, str]) -> Layout:
        """Return the columns of a row with such a label."""
        label, column = cells[self.action or 0], max(cells)
        role = row_role(label) or ColumnRole.NOTE
        return Layout([ColumnChoice(column, label, role)], self.own_round, self.depth)

    def of_row(self, cells: dict[int, str], whole: frozenset[int] = frozenset()) -> Layout:
        """Return the columns as a row says that it is to be read: as 計画, 実績 or 課題.

        Those in `whole` are merged over rows of several kinds, and hold what they always do.
        """
        words = cells.get(self.row_kind or 0, "")
        if not words:
            return self
        if (words, whole) not in self._of_kind:
            self._of_kind[words, whole] = self._read_as(words, whole)
        return self._of_kind[words, whole]

    def of_parts(self, parts: Mapping[int, LabelledPart], rounds: Mapping[int, int]) -> Layout:
        """Return the columns with others for the parts of cells that say what they are.

        Each part has a column of `part_column`; `rounds` are the columns of which the parts are.
        """
        key = tuple((column, part.label, part.role) for column, part in parts.items())
        if key not in self._of_parts:
            named = {each.column: each.round for each in self._columns}
            added = [
                ColumnChoice(column, part.label, part.role, 0, named[rounds[column]])
                for column, part in parts.items()
            ]
            self._of_parts[key] = Layout([*self._columns, *added], self.own_round, self.depth)
        return self._of_parts[key]

    def _read_as(self, words: str, whole: frozenset[int]) -> Layout:
        role = row_role(words)
        if role is None or role is ColumnRole.PROGRESS:
            return self
        taken = OF_A_ROUND if others_view(words) else _BY_ROW
        columns = [
            each._replace(role=role, words=SEPARATOR.join(filter(None, (words, _moment_of(each)))))
            if each.role in taken
            and each.column > (self.row_kind or 0)
            and each.column not in whole
            and (taken is OF_A_ROUND or _is_open(each))
            else each
            for each in self._columns
        ]
        return Layout(columns, self.own_round, self.depth)


def part_column(column: int, place: int) -> int:
    """Return the number by which a part of a column's cell is known, as if it had its own."""
    return column + _MOST_COLUMNS * (place + 1)


def cell_column(column: int) -> int:
    """Return the column of the cell that a column or a part is of."""
    return (column - 1) % _MOST_COLUMNS + 1


def _moment_of(choice: ColumnChoice) -> str:
    """Return when the cells of a column were so: its round, else its words if they name a year."""
    is_timed = any(map(is_year, choice.words.split(SEPARATOR)))
    return choice.round or (choice.words if is_timed else "")


def _one_action(columns: list[ColumnChoice]) -> list[ColumnChoice]:
    """Return the columns with one that holds the actions; others so called are notes."""
    first = _first(columns, ColumnRole.ACTION)
    return [
        each._replace(role=ColumnRole.NOTE)
        if each.role is ColumnRole.ACTION and each.column != first
        else each
        for each in columns
    ]


def _is_open(choice: ColumnChoice) -> bool:
    """Tell whether the words of a column leave it to the row what stands in it."""
    leaf = leaf_of(choice)
    return choice.role is not ColumnRole.STATUS or is_year(leaf) or not weights_of(leaf)


@lru_cache(256)
def _says_nothing_else(role: ColumnRole, words: str) -> bool:
    return weights_of(words).get(role, 0.0) >= _SAYS_IT_ALL


def _round(columns: list[ColumnChoice], name: str, own: str) -> RoundColumns:
    mine = [each for each in columns if (each.round or own) == name]

    def of(role: ColumnRole) -> tuple[ColumnChoice, ...]:
        return tuple(each for each in mine if each.role is role)

    return RoundColumns(
        name,
        tuple((each.column, leaf_of(each)) for each in of(ColumnRole.STATUS)),
        tuple(each.column for each in of(ColumnRole.PROGRESS)),
        tuple((each.column, leaf_of(each)) for each in of(ColumnRole.DIRECTION)),
        tuple(each.column for each in of(ColumnRole.OUTLOOK)),
    )


def _named(columns: list[ColumnChoice], *roles: ColumnRole) -> list[tuple[int, str]]:
    """Return columns that share one field, each with its words: 備考 alone needs none."""
    mine = [each for each in columns if each.role in roles]
    alone = len(mine) == 1 and _says_nothing_else(roles[0], leaf_of(mine[0]))
    return [(each.column, "" if alone or not each.words else f"{_said(each)}：") for each in mine]


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
