"""The whole plan, all rounds of it, as plain data for other programs and for tests."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.nodes import is_heading, is_placement, row_id
from kyodo_desktop.domain.plan import (
    Confirmation,
    ImportMapping,
    Inquiry,
    Opinion,
    Outlook,
    Progress,
    Revision,
    Role,
)
from kyodo_desktop.store.reading import read_all

if TYPE_CHECKING:
    import sqlite3

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

Json = dict[str, Any]


def dump(workspace: Workspace) -> Json:
    """Return the plan as JSON values: statuses by their mark, sections and rounds by name."""
    outline = workspace.outline
    with workspace.reading() as connection:
        actions = _actions(outline, connection)
        opinions = read_all(connection, Opinion, "ORDER BY round_id, id")
        confirmations = read_all(connection, Confirmation, "ORDER BY round_id, rule, subject")
        inquiries = read_all(connection, Inquiry, "ORDER BY id")
        mappings = read_all(connection, ImportMapping, "ORDER BY name")
        years = {
            "opinions": [_opinion(outline, each) for each in opinions],
            "confirmations": [_confirmation(outline, each) for each in confirmations],
            "inquiries": sorted((_inquiry(outline, each) for each in inquiries), key=_when_asked),
            "import_mappings": [
                {"name": each.name, "body": json.loads(each.body)} for each in mappings
            ],
        }
    return {
        "plan": _plan(outline),
        "statuses": [
            {
                "mark": each.mark,
                "label": each.label,
                "definition": each.definition,
                "kind": each.kind,
                "colour": each.colour,
                "counted": bool(each.counted),
            }
            for each in outline.statuses.values()
        ],
        "directions": [each.label for each in outline.directions.values()],
        "sections": [each.name for each in outline.sections.values()],
        "rounds": [
            {
                "name": each.name,
                "fiscal_year": each.fiscal_year,
                "as_of": each.as_of,
                "closed": each.closed_at is not None,
            }
            for each in outline.rounds.values()
        ],
        "terms": [_term(outline, node) for node in outline.roots],
        "actions": actions,
        **years,
        "revisions": [_revision(outline, each) for each in outline.revisions.values()],
        "muted_rules": sorted(each.rule for each in outline.muted_rules.values()),
    }


def _plan(outline: Outline) -> Json:
    plan = outline.plan
    return {
        "title": plan.title,
        "ordinance": plan.ordinance,
        "definition": plan.definition,
        "policy": plan.policy,
        "first_fiscal_year": plan.first_fiscal_year,
        "last_fiscal_year": plan.last_fiscal_year,
        "levels": [level.name for level in outline.levels],
        "numbering": [level.numbering for level in outline.levels],
        "principles": [each.text for each in outline.principles.values()],
        "actors": [each.name for each in outline.actors.values()],
    }


def _term(outline: Outline, node: int) -> Json:
    term = outline.terms[row_id(node)]
    return {
        "name": term.name,
        "first_fiscal_year": term.first_fiscal_year,
        "last_fiscal_year": term.last_fiscal_year,
        "continues": outline.terms[term.continues_id].name if term.continues_id else None,
        "headings": _headings(outline, node),
    }


def _headings(outline: Outline, above: int) -> list[Json]:
    return [
        {
            "id": row_id(node),
            "number": outline.number(node),
            "title": outline.title(node),
            "headings": _headings(outline, node),
            "placements": _placements(outline, node),
        }
        for node in outline.children.get(above, ())
        if is_heading(node)
    ]


def _placements(outline: Outline, heading: int) -> list[Json]:
    return [
        {
            "number": outline.number(node),
            "action": outline.action_id_at(node),
            "relisted": outline.is_relisted(node),
        }
        for node in outline.children.get(heading, ())
        if is_placement(node)
    ]


def _actions(outline: Outline, connection: sqlite3.Connection) -> list[Json]:
    lines: defaultdict[int, list[Progress]] = defaultdict(list)
    outlooks: defaultdict[int, list[Outlook]] = defaultdict(list)
    for line in read_all(connection, Progress, "ORDER BY round_id, position, id"):
        lines[line.action_id].append(line)
    for outlook in read_all(connection, Outlook, "ORDER BY round_id"):
        outlooks[outlook.action_id].append(outlook)
    return [
        {
            "id": action.id,
            "term": outline.terms[action.term_id].name,
            "title": action.title,
            "description": action.description,
            "start_fiscal_year": action.start_fiscal_year,
            "due": action.due,
            "note": action.note,
            "continues": action.continues_id,
            "joined_into": _value(outline.joinings.get(action.id), "into_id"),
            "successor": _value(outline.successions.get(action.id), "successor_id"),
            "choice": _value(outline.successions.get(action.id), "choice"),
            "prerequisites": [
                each.required_id for each in outline.prerequisites.get(action.id, ())
            ],
            "actors": [
                outline.actors[each.actor_id].name
                for each in outline.action_actors.get(action.id, ())
            ],
            "principles": [
                outline.principles[each.principle_id].text
                for each in outline.action_principles.get(action.id, ())
            ],
            "sections": [
                {"name": name, "role": role.value}
                for role in Role
                for name in outline.section_names(action.id, role)
            ],
            "progress": [_line(outline, line) for line in lines[action.id]],
            "outlooks": [_outlook(outline, each) for each in outlooks[action.id]],
        }
        for _, action in sorted(outline.actions.items())
    ]


def _line(outline: Outline, line: Progress) -> Json:
    status = outline.statuses.get(line.status_id or 0)
    section = outline.sections.get(line.section_id or 0)
    return {
        "round": outline.rounds[line.round_id].name,
        "section": section.name if section else None,
        "status": status.mark if status else None,
        "text": line.text,
        "carried": bool(line.carried),
    }


def _outlook(outline: Outline, outlook: Outlook) -> Json:
    direction = outline.directions.get(outlook.direction_id or 0)
    return {
        "round": outline.rounds[outlook.round_id].name,
        "direction": direction.label if direction else None,
        "text": outlook.text,
        "carried": bool(outlook.carried),
    }


def _opinion(outline: Outline, opinion: Opinion) -> Json:
    return {
        "round": outline.rounds[opinion.round_id].name,
        "heading": opinion.heading_id,
        "text": opinion.text,
    }


def _confirmation(outline: Outline, confirmation: Confirmation) -> Json:
    return {
        "round": outline.rounds[confirmation.round_id].name,
        "rule": confirmation.rule,
        "subject": confirmation.subject,
        "note": confirmation.note,
    }


def _inquiry(outline: Outline, inquiry: Inquiry) -> Json:
    return {
        "round": outline.rounds[inquiry.round_id].name,
        "section": outline.sections[inquiry.section_id].name,
        "sent_at": inquiry.sent_at,
        "due_on": inquiry.due_on,
        "covering": inquiry.covering,
        "answered_at": inquiry.answered_at,
        "accepted_at": inquiry.accepted_at,
        "answer_file": inquiry.answer_file,
        "answer_hash": inquiry.answer_hash,
    }


def _when_asked(inquiry: Json) -> tuple[str, str, str]:
    return inquiry["round"], inquiry["section"], inquiry["sent_at"] or ""


def _revision(outline: Outline, revision: Revision) -> Json:
    return {
        "name": revision.name,
        "decided_on": revision.decided_on,
        "reason": revision.reason,
        "reasons": [
            {"table": each.table_name, "id": each.row_id, "text": each.text}
            for each in outline.revision_reasons.values()
            if each.revision_id == revision.id
        ],
    }


def _value(row: object, name: str) -> Any:
    return getattr(row, name, None)
