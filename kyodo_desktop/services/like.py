"""Matches a table with the plan, so that a copy of it can be filled in with a round's values."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.domain.importing.fitting import fitted, is_of_the_same_table
from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.importing.mapping_json import mapping_from_json
from kyodo_desktop.domain.importing.reading import read_plan
from kyodo_desktop.domain.importing.readings import guess_mapping
from kyodo_desktop.domain.like.checking import not_read_back
from kyodo_desktop.domain.like.filler import filled_in
from kyodo_desktop.domain.like.table_match import TableMatch
from kyodo_desktop.services.importing.mappings import saved_mappings
from kyodo_desktop.services.importing.updating import compared
from kyodo_desktop.services.report_extras import reported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.importing.found_plan import FoundPlan, FoundRound
    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.domain.like.filling import TableFilling
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

NO_ROUND = "調査がないため、元の表の形では出力できません。先に調査を始めてください。"
_NOWHERE = CellPlace("", 0, 0)


class RoundCells(StrEnum):
    """Into which cells a round goes that is newer than the table."""

    OWN = "own"
    REPLACE = "replace"

    @property
    def label(self) -> str:
        """The words that people read."""
        if self is RoundCells.OWN:
            return "この年度の欄に書く"
        return "前年度の値を置き換える"


class TableToFill(NamedTuple):
    """A table as it was read, and how."""

    book: Book
    mapping: Mapping
    found: FoundPlan


def table_to_fill(workspace: Workspace, book: Book, control: JobControl) -> TableToFill:
    """Read a book by the newest mapping of the plan that fits it, else as it is guessed.

    Raises RefusedError where there is no table in it, and CancelledError.
    """
    try:
        mapping = _mapping_for(workspace, book)
    except RefusedError as error:  # it speaks of an import
        raise _other_table(book, workspace.outline) from error
    return TableToFill(book, mapping, read_plan(book, mapping, control.report))


def _mapping_for(workspace: Workspace, book: Book) -> Mapping:
    for saved in saved_mappings(workspace):
        try:
            known = mapping_from_json(saved.body)
        except InvalidInputError:
            continue  # of a later version of this program
        mapping = fitted(known, book)
        if is_of_the_same_table(known, mapping):
            return mapping
    return guess_mapping(book, workspace.now().date())


def _other_table(book: Book, outline: Outline) -> RefusedError:
    return RefusedError(
        f"「{book.name}」に、この計画の{outline.levels[-1].name}が1件も見つかりません。"
        "この計画のもとになった表かどうかを確かめて、その表を指定してください。何も書いていません。"
    )


class TableRounds(NamedTuple):
    """The round that is shown, the table's name of it, and that of the newest one beside it."""

    shown: str
    own: str | None
    other: str | None


def rounds_of(outline: Outline, found: FoundPlan) -> TableRounds:
    """Return of which rounds to ask. Raises RefusedError where no round is shown."""
    shown = outline.round
    if shown is None:
        raise RefusedError(NO_ROUND)
    own = own_round(outline, found)
    return TableRounds(shown.name, own, _other_round(found.rounds, own))


def _other_round(rounds: Iterable[FoundRound], own: str | None) -> str | None:
    others = [each for each in rounds if each.name != own]
    return max(others, key=lambda each: each[1:]).name if others else None


def own_round(outline: Outline, found: FoundPlan) -> str | None:
    """Return the table's name of the round that is shown, where the table has columns for it."""
    shown = outline.round
    if shown is None:
        return None
    named = [each.name for each in found.rounds if each.name == shown.name]
    same = [each.name for each in found.rounds if each.fiscal_year == shown.fiscal_year]
    if named or len(same) == 1:
        return (named or same)[0]
    return None


def filling_of(
    workspace: Workspace, table: TableToFill, cells: RoundCells | None, control: JobControl
) -> TableFilling:
    """Return what is written into a copy of the table, and what is to be told of it.

    Without a choice the round goes into its own cells if the table has any, else into those of
    the newest round. Raises RefusedError where there is no round, where nothing of the table is
    in the plan, and for its own cells where there are none.
    """
    outline = reported(workspace)
    if outline.round is None:
        raise RefusedError(NO_ROUND)
    match, notice = _match(workspace, outline, table, cells, control)
    filling = filled_in(table.book, table.mapping, match, control)
    late = not_read_back(table.book, table.mapping, match, filling)
    notices = (*([notice] if notice else []), *filling.notices, *late)
    return filling._replace(notices=notices)


def _match(
    workspace: Workspace,
    outline: Outline,
    table: TableToFill,
    cells: RoundCells | None,
    control: JobControl,
) -> tuple[TableMatch, Unread | None]:
    try:
        side = compared(workspace, table.found, (), control)
    except RefusedError as error:  # it speaks of what an import would need
        raise _other_table(table.book, outline) from error
    if not side.pairs.actions:
        raise _other_table(table.book, outline)
    name, notice = _round_to_write(outline, side.found.rounds, table.found, cells)
    return (
        TableMatch(
            outline=outline,
            found=side.found,
            raw=table.found,
            term_id=side.term_id,
            round=name,
            actions=dict(side.pairs.actions),
            headings=dict(side.pairs.headings),
            statuses=dict(side.known.statuses),
            directions=dict(side.known.directions),
            sections=dict(side.known.sections),
        ),
        notice,
    )


def _round_to_write(
    outline: Outline,
    usual: tuple[FoundRound, ...],
    found: FoundPlan,
    cells: RoundCells | None,
) -> tuple[str, Unread | None]:
    """Return the table's name of the round whose cells are written, and a notice."""
    own = own_round(outline, found)
    shown = outline.round
    assert shown is not None
    if own is not None and cells is not RoundCells.REPLACE:
        return own, None
    if own is None and cells is RoundCells.OWN:
        raise RefusedError(
            f"元の表に調査「{shown.name}」の欄がありません。「{RoundCells.REPLACE.label}」を選ぶか、"
            "この年度の列を加えた表を指定してください。何も書いていません。"
        )
    other = _other_round(found.rounds or usual, own)
    if other is None:
        return own or "", None
    reason = (
        f"調査「{shown.name}」の値で、元の表の「{other}」の欄を置き換えました。"
        "表題や見出しの年度はそのままなので、必要なら直してください。"
    )
    return other, Unread(_NOWHERE, "", reason)
