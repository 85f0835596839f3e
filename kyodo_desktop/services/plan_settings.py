"""Edits the plan's own texts and the names and numbering of its levels."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.inputs import (
    checked_numbering,
    checked_text,
    checked_title,
    checked_years,
)
from kyodo_desktop.domain.numbering import CIRCLED, number
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.store.fetching import fetch_where
from kyodo_desktop.store.tables import (
    ActionActorRow,
    ActionPrincipleRow,
    ActorRow,
    LevelRow,
    PlanRow,
    PrincipleRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session, SQLModel

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace


class PlanTexts(NamedTuple):
    """What a plan says of itself. Principles and actors stand in their printed order."""

    title: str
    ordinance: str
    definition: str
    policy: str
    first_fiscal_year: int
    last_fiscal_year: int
    principles: tuple[str, ...]
    actors: tuple[str, ...]


def plan_texts(outline: Outline) -> PlanTexts:
    """Return the texts as they are."""
    return PlanTexts(
        *outline.plan[1:],
        principles=tuple(each.text for each in outline.principles.values()),
        actors=tuple(each.name for each in outline.actors.values()),
    )


def set_plan_texts(workspace: Workspace, texts: PlanTexts) -> None:
    """Write the texts, as one step; raises InvalidInputError."""
    first, last = checked_years(texts.first_fiscal_year, texts.last_fiscal_year, "計画期間")
    values: dict[str, Any] = {
        "title": checked_title(texts.title, "計画名"),
        "ordinance": checked_text(texts.ordinance, "根拠となる条例"),
        "definition": checked_text(texts.definition, "定義"),
        "policy": checked_text(texts.policy, "推進方針"),
        "first_fiscal_year": first,
        "last_fiscal_year": last,
    }
    principles = [
        {"number": number(CIRCLED, place), "text": checked_title(text, "基本原則")}
        for place, text in enumerate(texts.principles, start=1)
    ]
    actors = [{"name": checked_title(name, "主体")} for name in texts.actors]
    outline = workspace.outline
    with workspace.transact("計画の基本情報を変更") as session:
        plan = fetch(session, PlanRow, outline.plan.id)
        for name, value in values.items():
            setattr(plan, name, value)
        _set_rows(session, PrincipleRow, list(outline.principles), principles)
        _set_rows(session, ActorRow, list(outline.actors), actors)


def set_levels(workspace: Workspace, levels: Sequence[tuple[str, str]]) -> None:
    """Name and number the levels, from the top to the action: (name, style of numbering)."""
    outline = workspace.outline
    if len(levels) != len(outline.levels):
        raise RefusedError("階層の数は、計画を作ったあとでは変えられません。")
    checked = [
        (checked_title(name, "階層名", 50), checked_numbering(style)) for name, style in levels
    ]
    with workspace.transact("階層の名称と番号の形式を変更") as session:
        for level, values in zip(outline.levels, checked, strict=True):
            row = fetch(session, LevelRow, level.id)
            row.name, row.numbering = values


def _set_rows(
    session: Session,
    table: type[PrincipleRow | ActorRow],
    ids: list[int],
    rows: list[dict[str, Any]],
) -> None:
    """Write the rows over those which are there, in order; add or delete the rest."""
    for position, (known, values) in enumerate(zip_longest(ids, rows)):
        if values is None:
            _unlink(session, table, known)
            session.delete(fetch(session, table, known))
            continue
        if known is None:
            session.add(table(position=position, **values))
            continue
        row = fetch(session, table, known)
        for name, value in values.items():
            setattr(row, name, value)


def _unlink(session: Session, table: type[PrincipleRow | ActorRow], row_id: int) -> None:
    """Take a principle or an actor out of the actions that name it."""
    links: Iterable[SQLModel]
    if table is ActorRow:
        links = fetch_where(session, ActionActorRow, actor_id=[row_id])
    else:
        links = fetch_where(session, ActionPrincipleRow, principle_id=[row_id])
    for link in links:
        session.delete(link)
