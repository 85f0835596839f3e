"""Keeps how tables were read, so that next year's are read in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.importing.fitting import fitted, is_of_the_same_table
from kyodo_desktop.domain.importing.mapping_json import mapping_from_json
from kyodo_desktop.domain.inputs import TITLE_LIMIT, checked_title
from kyodo_desktop.domain.plan import ImportMapping
from kyodo_desktop.store.engine import select
from kyodo_desktop.store.reading import read_all
from kyodo_desktop.store.tables import ImportMappingRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.importing.grid import Book
    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.domain.importing.readings import Reading
    from kyodo_desktop.services.workspace import Workspace


def saved_mappings(workspace: Workspace) -> tuple[ImportMapping, ...]:
    """Return the mappings of the plan, the newest first."""
    with workspace.reading() as connection:
        return tuple(read_all(connection, ImportMapping, "ORDER BY id DESC"))


def mapping_for(
    book: Book, saved: Iterable[str], readings: Sequence[Reading] = ()
) -> Mapping | None:
    """Return the first saved mapping (JSON) that is of such a table, fitted to the book.

    The plan that keeps it has a meaning for each of its marks. `readings` are those of the
    book. Raises RefusedError where there is no table in the book.
    """
    for each in saved:
        try:
            known = mapping_from_json(each)
        except InvalidInputError:
            continue  # of a later version of this program
        mapping = fitted(known, book, readings)
        if is_of_the_same_table(known, mapping):
            told = tuple(each._replace(told=True) for each in mapping.statuses)
            return mapping._replace(statuses=told)
    return None


def save_mapping(workspace: Workspace, name: str, json: str) -> None:
    """Keep a mapping under its name, in the place of an older one of that name."""
    name = checked_title(name, "対応表の名前", TITLE_LIMIT)
    with workspace.transact(f"取込の対応表「{name}」を保存") as session:
        keep_mapping(session, name, json)


def keep_mapping(session: Session, name: str, json: str) -> None:
    """Keep a mapping within an edit."""
    named = select(ImportMappingRow).where(ImportMappingRow.name == name)
    row = session.exec(named).first() or ImportMappingRow(name=name, body=json)
    row.body = json
    session.add(row)
