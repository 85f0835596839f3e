"""Carries out what 点検 suggests, one finding or many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.checks.finding import Remedy, RemedyKind
from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.services.prerequisites import add_prerequisite
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.services.structure import renumber
from kyodo_desktop.store import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.checks.finding import Finding
    from kyodo_desktop.services.workspace import Workspace


def apply(workspace: Workspace, remedy: Remedy) -> None:
    """Do what one finding suggests. Joining asks for the texts first, so it is no remedy here."""
    match remedy.kind:
        case RemedyKind.SET_DUE:
            _set_dues(workspace, [remedy])
        case RemedyKind.ADD_PREREQUISITE:
            add_prerequisite(workspace, remedy.target, int(remedy.value))
        case RemedyKind.RENUMBER:
            renumber(workspace, remedy.target, str(remedy.value))
            workspace.end_typing()
        case RemedyKind.JOIN:
            raise RefusedError("まとめる前に、残す文を選んでください。変更は行いませんでした。")


def apply_all_dues(workspace: Workspace, findings: Iterable[Finding]) -> None:
    """Take over all dates that were found in the texts, as one step."""
    remedies = [each.remedy for each in findings if each.remedy is not None]
    _set_dues(workspace, [each for each in remedies if each.kind is RemedyKind.SET_DUE])


def _set_dues(workspace: Workspace, remedies: list[Remedy]) -> None:
    several = f"（{len(remedies)}件）" if len(remedies) > 1 else ""
    with workspace.transact(f"文中の年月を完了予定に反映{several}") as session:
        for remedy in remedies:
            fetch(session, tables.ActionRow, remedy.target).due = str(remedy.value)
