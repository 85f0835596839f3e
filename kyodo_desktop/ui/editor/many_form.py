"""Gives several chosen actions the same in one step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from kyodo_desktop.domain import action_fields
from kyodo_desktop.services import details, progress
from kyodo_desktop.ui.editor import choices, progress_lines, sections
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing

_NAMED = 8  # titles of this many are listed
_DIFFERING = "differing"
_CHOSEN = tuple(
    field
    for field in action_fields.taking_part(
        action_fields.Use.EDITOR, action_fields.Scope.ACTION, action_fields.Scope.ROUND
    )
    if field.type.is_chosen
)


class ManyForm(forms.FormPage):
    """Status, 今後の方向性 and 担当 for all actions among the chosen nodes."""

    def __init__(self, editing: Editing) -> None:
        super().__init__("many_form")
        self._editing = editing
        self._action_ids: list[int] = []
        self._chosen = plain.Label()
        self._chosen.setObjectName("chosen")
        self._chosen.setWordWrap(True)
        self._chosen.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._statuses = progress_lines.StatusButtons()
        self._statuses.picked.connect(self._give_status)
        self._choices = {field: self._choice(field) for field in _CHOSEN}
        self._sections = sections.ManySections(editing)
        self._toggles = {
            field: self._toggles_of(field)
            for field in (action_fields.ACTORS, action_fields.PRINCIPLES)
        }
        self.add("選択中", self._chosen)
        self.add("状態", self._statuses)
        self.add("今後の方向性(&O)", self._choices[action_fields.DIRECTION])
        self.add("担当課(&K)", self._sections, leads_to=self._sections.entry)
        for toggles, label in zip(self._toggles.values(), choices.TOGGLES, strict=True):
            self.add(label, toggles, leads_to=toggles.entry)
        for field, box in self._choices.items():
            if field is not action_fields.DIRECTION:
                self.add(field.label, box)

    def show_nodes(self, outline: Outline, nodes: Sequence[int]) -> None:
        """Show what is chosen, and what all of it has in common."""
        actions = [action for node in nodes if (action := outline.action_at(node))]
        self._action_ids = list(dict.fromkeys(action.id for action in actions))
        self._chosen.setText(_summary(outline, self._action_ids, len(nodes) - len(actions)))
        self._statuses.offer(tuple(outline.statuses.values()))
        for field, box in self._choices.items():
            box.offer(choices.values_of(field, outline, None))
        self._sections.show_actions(outline, self._action_ids)
        self._show_common(outline)
        any_chosen = bool(self._action_ids)
        self._statuses.setEnabled(any_chosen and self._editing.is_round_open)
        is_open = {
            action_fields.Scope.ACTION: self._editing.is_open,
            action_fields.Scope.ROUND: self._editing.is_round_open,
        }
        for field, box in self._choices.items():
            box.setEnabled(any_chosen and is_open[field.scope])

    def pick_status(self, key: int) -> None:
        """Give the actions the status with this key (from 1)."""
        self._statuses.pick(key)

    def _show_common(self, outline: Outline) -> None:
        statuses = {outline.status(action_id) for action_id in self._action_ids}
        status = statuses.pop() if len(statuses) == 1 else None
        self._statuses.show_status(status.id if status else None)
        for field, box in self._choices.items():
            found = {field.of(outline, action_id) for action_id in self._action_ids}
            box.show_value(found.pop() if len(found) == 1 else _DIFFERING)
        self._show_participants(outline)

    def _show_participants(self, outline: Outline) -> None:
        """Show as chosen what all of the actions have."""
        for field, toggles in self._toggles.items():
            offered = choices.rows_of(field, outline)
            toggles.offer(offered)
            sets = [set(field.of(outline, action_id)) for action_id in self._action_ids]
            toggles.show_chosen(set.intersection(*sets) if sets else set())
            toggles.setEnabled(bool(sets) and self._editing.is_open)
            self.form.setRowVisible(toggles, bool(offered))

    def _toggles_of(self, field: action_fields.Field[tuple[int, ...]]) -> choices.Toggles:
        toggles = choices.Toggles(field.name)
        toggles.toggled.connect(
            lambda row_id, on: choices.give_row(self._editing, self._action_ids, field, row_id, on)
        )
        return toggles

    def _give_status(self, status_id: int) -> None:
        self._editing.do(progress.set_status, self._action_ids, status_id)
        self._show_common(self._editing.outline)

    def _choice(self, field: action_fields.Field[Any]) -> inputs.ChoiceBox:
        box = inputs.ChoiceBox()
        box.setObjectName(field.name)
        box.setPlaceholderText("（選ぶと全件に付きます）")
        box.picked.connect(partial(self._give, field))
        return box

    def _give(self, field: action_fields.Field[Any], value: object) -> None:
        self._editing.do(details.set_value, self._action_ids, field, value)


def _summary(outline: Outline, action_ids: Sequence[int], others: int) -> str:
    """Return how many are chosen, and which: the first of them by name."""
    level = outline.levels[-1].name
    titles = [f"・{outline.actions[action_id].title}" for action_id in action_ids[:_NAMED]]
    if len(action_ids) > _NAMED:
        titles.append(f"ほか {len(action_ids) - _NAMED}件")
    besides = f"（ほかに見出し {others}件：変更の対象になりません）" if others else ""
    return "\n".join([f"{level} {len(action_ids)}件{besides}", *titles])
