"""Edits the plan's statuses and its directions as whole lists, each entry keeping its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.domain.inputs import (
    LABEL_LIMIT,
    MARK_LIMIT,
    checked_colour,
    checked_distinct,
    checked_text,
    checked_title,
)
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.vocabulary import UNUSED, NameEntry, StatusEntry
from kyodo_desktop.services.entry_rows import left_out, write_entries
from kyodo_desktop.services.uses import uses_of_directions, uses_of_statuses
from kyodo_desktop.store import tables
from kyodo_desktop.store.fetching import fetch_where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.uses import Uses
    from kyodo_desktop.services.workspace import Workspace

    Replacements = Mapping[int, int]

MARK_FIELD, LABEL_FIELD, DEFINITION_FIELD = "状態の記号", "状態の名前", "凡例の説明"
COLOUR_FIELD, DIRECTION_FIELD = "状態の色", "今後の方向性"
_NOTHING: Replacements = {}


def status_entries(outline: Outline) -> tuple[StatusEntry, ...]:
    """Return the plan's statuses as they are."""
    return tuple(
        StatusEntry(
            each.mark,
            each.label,
            each.definition,
            StatusKind(each.kind),
            each.colour,
            bool(each.counted),
            each.id,
        )
        for each in outline.statuses.values()
    )


def direction_entries(outline: Outline) -> tuple[NameEntry, ...]:
    """Return the plan's directions as they are."""
    return tuple(NameEntry(each.label, each.id) for each in outline.directions.values())


def set_statuses(
    workspace: Workspace,
    entries: Sequence[StatusEntry],
    replaced_by: Replacements = _NOTHING,
) -> None:
    """Let the plan have these statuses in this order; those left out are deleted.

    The lines of open rounds go over to the status that replaces theirs. Raises RefusedError
    where a line would be left without, or is of a closed round.
    """
    checked = checked_statuses(entries)
    known = workspace.outline.statuses
    gone = left_out(known, checked)
    words = {each.id: each.word for each in status_entries(workspace.outline)}
    _refuse_orphans("状態", gone, words, uses_of_statuses(workspace), replaced_by)
    with workspace.transact("状態の区分を変更") as session:
        _hand_over(session, tables.ProgressRow, "status_id", gone, replaced_by)
        rows = [(each.id, status_values(each)) for each in checked]
        write_entries(session, tables.StatusRow, gone, rows)


def set_directions(
    workspace: Workspace,
    entries: Sequence[NameEntry],
    replaced_by: Replacements = _NOTHING,
) -> None:
    """Let the plan have these directions in this order, in the manner of `set_statuses`."""
    checked = checked_directions(entries)
    gone = left_out(workspace.outline.directions, checked)
    words = {each.id: each.word for each in direction_entries(workspace.outline)}
    _refuse_orphans("今後の方向性", gone, words, uses_of_directions(workspace), replaced_by)
    with workspace.transact("今後の方向性の区分を変更") as session:
        _hand_over(session, tables.OutlookRow, "direction_id", gone, replaced_by)
        rows = [(each.id, {"label": each.text}) for each in checked]
        write_entries(session, tables.DirectionRow, gone, rows)


def checked_statuses(entries: Sequence[StatusEntry]) -> tuple[StatusEntry, ...]:
    """Return the statuses as they can be written; raises InvalidInputError."""
    if not entries:
        raise InvalidInputError(MARK_FIELD, "を1つ以上設けてください。")
    checked = tuple(
        each._replace(
            mark=checked_title(each.mark, MARK_FIELD, MARK_LIMIT),
            label=checked_title(each.label, LABEL_FIELD, LABEL_LIMIT),
            definition=checked_text(each.definition, DEFINITION_FIELD),
            colour=checked_colour(each.colour, COLOUR_FIELD),
        )
        for each in entries
    )
    checked_distinct([each.mark for each in checked], MARK_FIELD)
    return checked


def checked_directions(entries: Sequence[NameEntry]) -> tuple[NameEntry, ...]:
    """Return the directions as they can be written; raises InvalidInputError."""
    return checked_names(entries, DIRECTION_FIELD, LABEL_LIMIT)


def checked_names(entries: Sequence[NameEntry], field: str, limit: int) -> tuple[NameEntry, ...]:
    """Return names as they can be written; raises InvalidInputError."""
    checked = tuple(each._replace(text=checked_title(each.text, field, limit)) for each in entries)
    checked_distinct([each.text for each in checked], field)
    return checked


def status_values(entry: StatusEntry) -> dict[str, Any]:
    """Return the columns of a status."""
    values = {**entry._asdict(), "kind": entry.kind.value, "counted": int(entry.counted)}
    del values["id"]
    return values


def _refuse_orphans(
    what: str,
    gone: Sequence[int],
    words: Mapping[int | None, str],
    uses: Uses,
    replaced_by: Replacements,
) -> None:
    for row_id in gone:
        use = uses.get(row_id, UNUSED)
        if use.refusal:
            raise RefusedError(f"{what}「{words[row_id]}」は{use.refusal}")
        heir = replaced_by.get(row_id)
        if use.total and (heir is None or heir in gone or heir not in words):
            raise RefusedError(
                f"{what}「{words[row_id]}」は{use.total:,}か所で使われているため削除できません。"
                "代わりの区分を選んでください。"
            )


def _hand_over(
    session: Session,
    kind: type[tables.ProgressRow | tables.OutlookRow],
    column: str,
    gone: Sequence[int],
    replaced_by: Replacements,
) -> None:
    """Give what refers to a row that goes its replacement; all of it is in open rounds."""
    for row in fetch_where(session, kind, **{column: gone}):
        setattr(row, column, replaced_by[getattr(row, column)])
