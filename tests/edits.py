"""Edits of single fields, as the editor makes them."""

from __future__ import annotations

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.field_types import BETWEEN
from kyodo_desktop.services import details

set_description = details.save_typed(action_fields.DESCRIPTION)
set_note = details.save_typed(action_fields.NOTE)
set_due = details.save_typed(action_fields.DUE)
set_outlook_text = details.save_typed(action_fields.OUTLOOK)


def set_start(workspace, action_id, fiscal_year):
    details.set_value(workspace, [action_id], action_fields.START, fiscal_year)


def set_direction(workspace, action_ids, direction_id):
    details.set_value(workspace, action_ids, action_fields.DIRECTION, direction_id)


def names_in(outline, action_id, field):
    """Return the names of what an action's field is linked to, as データ has them."""
    return field.type.cell(field.of(outline, action_id), outline).split(BETWEEN)
