"""Keeps what goes into a report (出力の設定) under names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kyodo_desktop.domain import errors, inputs
from kyodo_desktop.domain.plan import ReportChoice
from kyodo_desktop.store import fetching, reading, tables

if TYPE_CHECKING:
    from kyodo_desktop.services.workspace import Workspace

NAME_FIELD = "設定の名前"


def saved_report_choices(workspace: Workspace) -> tuple[ReportChoice, ...]:
    """Return the choices of the plan, in the order of their names."""
    with workspace.reading() as connection:
        return tuple(reading.read_all(connection, ReportChoice, "ORDER BY name"))


def save_report_choice(workspace: Workspace, name: str, body: str) -> None:
    """Keep a choice under its name, in the place of an older one of that name.

    `body` is a JSON object. Raises InvalidInputError for the name.
    """
    assert isinstance(json.loads(body), dict)  # else no export could bring it back
    name = inputs.checked_title(name, NAME_FIELD)
    with workspace.transact(f"出力の設定「{name}」を保存") as session:
        found = fetching.fetch_where(session, tables.ReportChoiceRow, name=[name])
        row = next(iter(found), None) or tables.ReportChoiceRow(name=name, body=body)
        row.body = body
        session.add(row)


def rename_report_choice(workspace: Workspace, name: str, new_name: str) -> None:
    """Keep a choice under another name.

    Raises InvalidInputError for the new name, also where another choice has it, and GoneError
    where there is none of the old one.
    """
    new_name = inputs.checked_title(new_name, NAME_FIELD)
    with workspace.transact(f"出力の設定「{name}」の名前を変更") as session:
        both = fetching.fetch_where(session, tables.ReportChoiceRow, name=[name, new_name])
        rows = {row.name: row for row in both}
        if name not in rows:
            raise errors.GoneError(f"出力の設定「{name}」は、既に削除されています。")
        if new_name != name and new_name in rows:
            raise errors.InvalidInputError(NAME_FIELD, f"の「{new_name}」は、既に使われています。")
        rows[name].name = new_name


def delete_report_choice(workspace: Workspace, name: str) -> None:
    """Delete a choice; raises GoneError where there is none of that name."""
    with workspace.transact(f"出力の設定「{name}」を削除") as session:
        found = fetching.fetch_where(session, tables.ReportChoiceRow, name=[name])
        row = next(iter(found), None)
        if row is None:
            raise errors.GoneError(f"出力の設定「{name}」は、既に削除されています。")
        session.delete(row)
