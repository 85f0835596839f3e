"""Keeps the list of sections (担当課) of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.domain.inputs import SECTION_LIMIT, checked_title
from kyodo_desktop.domain.vocabulary import UNUSED
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.services.uses import uses_of_sections
from kyodo_desktop.store import tables
from kyodo_desktop.store.fetching import fetch_where

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

_FIELD = "担当課名"


def add_section(workspace: Workspace, name: str) -> int:
    """Add a section at the end of the list and return its id."""
    name = _new_name(workspace.outline, name)
    with workspace.transact(f"担当課「{name}」を追加") as session:
        row = tables.SectionRow(position=len(workspace.outline.sections), name=name)
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id


def rename_section(workspace: Workspace, section_id: int, name: str) -> None:
    """Rename a section wherever it stands (機構改革)."""
    if name.strip() == workspace.outline.sections[section_id].name:
        return
    name = _new_name(workspace.outline, name)
    with workspace.transact(f"担当課名を「{name}」に変更") as session:
        fetch(session, tables.SectionRow, section_id).name = name


def move_section(workspace: Workspace, section_id: int, steps: int) -> None:
    """Move a section in the list; at either end it stays."""
    order = list(workspace.outline.sections)
    old = order.index(section_id)
    order.insert(max(0, old + steps), order.pop(old))
    with workspace.transact("担当課の並び順を変更") as session:
        for position, each in enumerate(order):
            fetch(session, tables.SectionRow, each).position = position


def delete_section(workspace: Workspace, section_id: int) -> None:
    """Delete a section that nothing names in any round; raises RefusedError with what does."""
    name = workspace.outline.sections[section_id].name
    use = uses_of_sections(workspace).get(section_id, UNUSED)
    if use.total:
        raise RefusedError(
            f"「{name}」は実行計画{use.total}件の担当になっているため削除できません"
            "（前の調査で記入した課を含みます）。"
            "先に担当を変更するか、担当課名を変更してください。"
        )
    with workspace.transact(f"担当課「{name}」を削除") as session:
        if fetch_where(session, tables.InquiryRow, section_id=[section_id]):
            raise RefusedError(
                f"「{name}」には照会の記録があるため削除できません。記録はそのままです。"
                "組織が変わったときは、担当課名を変更してください。"
            )
        session.delete(fetch(session, tables.SectionRow, section_id))


def _new_name(outline: Outline, name: str) -> str:
    name = checked_title(name, _FIELD, SECTION_LIMIT)
    if any(section.name == name for section in outline.sections.values()):
        raise InvalidInputError(_FIELD, f"の「{name}」は既にあります。別の名前にしてください。")
    return name
