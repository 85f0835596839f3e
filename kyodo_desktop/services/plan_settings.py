"""Edits what the plan says of itself: its texts, 主体, 基本原則, and the names of its levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import errors, inputs, vocabulary
from kyodo_desktop.domain.numbering import CIRCLED, number
from kyodo_desktop.domain.replies.addressing import Contact, contact_of
from kyodo_desktop.services.rows import fetch
from kyodo_desktop.services.vocabularies import checked_names, left_out, write_entries
from kyodo_desktop.store import fetching, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

ACTOR_FIELD, PRINCIPLE_FIELD, LEVEL_FIELD = "主体", "基本原則", "階層名"
MUNICIPALITY_FIELD = "市町村名"
_ACTOR_LIMIT, _LEVEL_LIMIT = 100, 50
CONTACT_FIELDS = Contact("照会元の課", "照会元の担当者", "照会元の電話")


class PlanSettings(NamedTuple):
    """What a plan says of itself. Principles and actors stand in their printed order.

    `levels` are name and style of numbering, from the top down to the action. The contact is
    printed on the forms that go out; what of it is empty is left out there. `municipality` may
    be empty; with it reports name whose plan it is.
    """

    title: str
    ordinance: str
    definition: str
    policy: str
    first_fiscal_year: int
    last_fiscal_year: int
    principles: tuple[vocabulary.NameEntry, ...]
    actors: tuple[vocabulary.NameEntry, ...]
    levels: tuple[tuple[str, str], ...]
    contact: Contact
    municipality: str


def plan_settings(outline: Outline) -> PlanSettings:
    """Return the settings as they are."""
    return PlanSettings(
        *outline.plan[1:7],
        principles=tuple(
            vocabulary.NameEntry(each.text, each.id) for each in outline.principles.values()
        ),
        actors=tuple(vocabulary.NameEntry(each.name, each.id) for each in outline.actors.values()),
        levels=tuple((level.name, level.numbering) for level in outline.levels),
        contact=contact_of(outline.plan),
        municipality=outline.plan.municipality,
    )


def set_plan_settings(workspace: Workspace, settings: PlanSettings) -> None:
    """Write the settings, as one step; a principle or an actor left out is taken from all actions.

    Raises InvalidInputError.
    """
    outline = workspace.outline
    texts = _checked_texts(settings)
    principles = checked_principles(settings.principles)
    actors = checked_actors(settings.actors)
    levels = _checked_levels(outline, settings)
    with workspace.transact("計画の設定を変更") as session:
        plan = fetch(session, tables.PlanRow, outline.plan.id)
        for name, value in texts.items():
            setattr(plan, name, value)
        _write_principles(session, outline, principles)
        _write_actors(session, outline, actors)
        for level, (name, numbering) in zip(outline.levels, levels, strict=True):
            row = fetch(session, tables.LevelRow, level.id)
            row.name, row.numbering = name, numbering


def checked_principles(
    entries: Sequence[vocabulary.NameEntry],
) -> tuple[vocabulary.NameEntry, ...]:
    """Return the principles as they can be written; raises InvalidInputError."""
    return checked_names(entries, PRINCIPLE_FIELD, inputs.TITLE_LIMIT)


def checked_actors(entries: Sequence[vocabulary.NameEntry]) -> tuple[vocabulary.NameEntry, ...]:
    """Return the actors as they can be written; raises InvalidInputError."""
    return checked_names(entries, ACTOR_FIELD, _ACTOR_LIMIT)


def _checked_texts(settings: PlanSettings) -> dict[str, Any]:
    first, last = inputs.checked_years(
        settings.first_fiscal_year, settings.last_fiscal_year, "計画期間"
    )
    return {
        "title": inputs.checked_title(settings.title, "計画名"),
        "ordinance": inputs.checked_text(settings.ordinance, "根拠となる条例"),
        "definition": inputs.checked_text(settings.definition, "定義"),
        "policy": inputs.checked_text(settings.policy, "推進方針"),
        "municipality": inputs.checked_line(settings.municipality, MUNICIPALITY_FIELD),
        "first_fiscal_year": first,
        "last_fiscal_year": last,
    } | {
        f"contact_{name}": text
        for name, text in checked_contact(settings.contact)._asdict().items()
    }


def checked_contact(contact: Contact) -> Contact:
    """Return the contact in one line each, all of which may be empty; raises InvalidInputError."""
    return Contact(*map(inputs.checked_line, contact, CONTACT_FIELDS))


def _checked_levels(outline: Outline, settings: PlanSettings) -> list[tuple[str, str]]:
    if len(settings.levels) != len(outline.levels):
        raise errors.RefusedError("階層の数は、計画を作ったあとでは変えられません。")
    return [
        (inputs.checked_title(name, LEVEL_FIELD, _LEVEL_LIMIT), inputs.checked_numbering(style))
        for name, style in settings.levels
    ]


def _write_principles(
    session: Session, outline: Outline, entries: Sequence[vocabulary.NameEntry]
) -> None:
    gone = left_out(outline.principles, entries)
    for link in fetching.fetch_where(session, tables.ActionPrincipleRow, principle_id=gone):
        session.delete(link)
    rows = [
        (each.id, {"number": number(CIRCLED, place), "text": each.text})
        for place, each in enumerate(entries, start=1)
    ]
    write_entries(session, tables.PrincipleRow, gone, rows)


def _write_actors(
    session: Session, outline: Outline, entries: Sequence[vocabulary.NameEntry]
) -> None:
    gone = left_out(outline.actors, entries)
    for link in fetching.fetch_where(session, tables.ActionActorRow, actor_id=gone):
        session.delete(link)
    write_entries(
        session, tables.ActorRow, gone, [(each.id, {"name": each.text}) for each in entries]
    )
