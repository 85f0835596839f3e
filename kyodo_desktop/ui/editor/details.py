"""▸ 詳細 of one action: all its fields that have no place of their own in the editor."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyodo_desktop.domain import action_fields, field_types, nodes
from kyodo_desktop.services import details, structure
from kyodo_desktop.ui.editor import choices, schedule
from kyodo_desktop.ui.editor.editing import LiveText
from kyodo_desktop.ui.editor.prerequisites import Prerequisites
from kyodo_desktop.ui.widgets import forms, inputs, plain, theme

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing

    Field = action_fields.Field[Any]

_PLACED = frozenset(
    (action_fields.TITLE, action_fields.DIRECTION, action_fields.OUTLOOK, *schedule.PLACED)
)
_NUMBER_WIDTH = 96  # 「自動（①）」 is whole


def _rank(field: Field) -> int:
    """Put what the action belongs to first, then what it waits for, then its texts."""
    if isinstance(field.type, field_types.Links):
        return int(field.type.to is field_types.ACTION)
    return 2


FIELDS: tuple[Field, ...] = tuple(
    sorted(
        (
            field
            for field in action_fields.taking_part(
                action_fields.Use.EDITOR, action_fields.Scope.ACTION, action_fields.Scope.ROUND
            )
            if field not in _PLACED
        ),
        key=_rank,
    )
)
"""What the details have, in their order."""


def summary(outline: Outline, action_id: int) -> str:
    """Return how much is filled in, and what: 6　主体 3　基本原則 2 … 内容・備考 なし."""
    total, words, empty = 0, [], []
    for field in FIELDS:
        value = field.of(outline, action_id)
        if isinstance(field.type, field_types.Links):
            total += len(value)
            words += [f"{field.label} {len(value)}"] if value else []
        elif value != field.type.empty:
            total += 1
            words.append(f"{field.label} あり")
        if value == field.type.empty:
            empty.append(field.label)
    nothing = [f"{'・'.join(empty)} なし"] if empty else []
    return "　".join([*([str(total)] if total else []), *words, *nothing])


class Details(forms.FoldedPart):
    """One line while folded. What is in it is made when it is first unfolded."""

    tables = frozenset(
        (
            *("action", "placement", "heading", "plan", "round", "outlook", "status"),
            *("actor", "action_actor", "principle", "action_principle"),
            *("prerequisite", "progress", "succession", "term"),
        )
    )
    """What a change must be of to be seen here."""

    def __init__(self, editing: Editing) -> None:
        super().__init__("details", "詳細")
        self._editing = editing
        self._fields: DetailFields | None = None
        self._shown: tuple[Outline, int] | None = None
        self.unfolded.connect(self._make)

    def show_node(self, outline: Outline, node: int) -> None:
        """Show the action at a placement as it is now."""
        self._shown = outline, node
        self.summarize(summary(outline, outline.action_id_at(node)))
        if self._fields is not None:
            self._fields.show_node(outline, node)

    @property
    def last_part(self) -> QWidget | None:
        """The last field that the Tab key comes to, if the fields have been made."""
        return self._fields.last_part if self._fields is not None else None

    def _make(self, is_open: bool) -> None:
        if is_open and self._fields is None:
            self._fields = DetailFields(self._editing)
            if self._shown is not None:
                self._fields.show_node(*self._shown)
            self.set_body(self._fields)


class DetailFields(QWidget):
    """The fields, each with its caption above it. Each saves itself."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._action_id = 0
        self._title = LiveText(inputs.LineField(), editing, structure.rename)
        self._number = LiveText(inputs.LineField(), editing, structure.renumber)
        self._prerequisites = Prerequisites(editing)
        self._prerequisites.jump_requested.connect(editing.jump_requested)
        self._texts: dict[Field, LiveText] = {}
        self._choices: dict[Field, inputs.ChoiceBox] = {}
        self._toggles: dict[Field, choices.Toggles] = {}
        self._rows: dict[Field, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(8))
        for field in FIELDS:
            self._add_field(field)
        self._add_names()

    @property
    def last_part(self) -> QWidget:
        """The last field that the Tab key comes to."""
        return self._title.field

    def show_node(self, outline: Outline, node: int) -> None:
        """Show the action at a placement as it is now."""
        action = outline.action_at(node)
        assert action is not None
        self._action_id = action.id
        self._number.field.setPlaceholderText(f"自動（{outline.number(node)}）")
        self._number.show_text(node, outline.placements[nodes.row_id(node)].number)
        self._title.show_text(node, action.title)
        self._show_values(outline, action.id)
        self._prerequisites.show_waiting(outline, action.id)
        self._allow()

    def _show_values(self, outline: Outline, action_id: int) -> None:
        for field, text in self._texts.items():
            value = field.of(outline, action_id)
            is_text = field.type.is_running_text  # which is shown as it is, to be changed
            text.show_text(action_id, value if is_text else field.type.format(value, outline))
        for field, box in self._choices.items():
            value = field.of(outline, action_id)
            box.offer(choices.values_of(field, outline, value))
            box.show_value(value)
        for field, toggles in self._toggles.items():
            offered = choices.rows_of(field, outline)
            toggles.offer(offered)
            toggles.show_chosen(field.of(outline, action_id))
            self._rows[field].setVisible(bool(offered))

    def _allow(self) -> None:
        """Let be edited what may be; the rest can be read and copied."""
        is_open = {
            action_fields.Scope.ACTION: self._editing.is_open,
            action_fields.Scope.ROUND: self._editing.is_round_open,
        }
        for name in (self._number, self._title):
            name.field.setReadOnly(not self._editing.is_open)
        for toggles in self._toggles.values():
            toggles.lock(not self._editing.is_open)
        for field, text in self._texts.items():
            text.field.setReadOnly(not is_open[field.scope])
        for field, box in self._choices.items():
            box.lock(not is_open[field.scope])

    def _add_field(self, field: Field) -> None:
        if isinstance(field.type, field_types.Links):
            if field.type.to is field_types.ACTION:
                self._add(field.label, self._prerequisites)
            else:
                self._toggles[field] = self._toggles_of(field)
                self._rows[field] = self._add(field.label, self._toggles[field])
        elif choices.is_picked(field):
            box = self._choices[field] = inputs.ChoiceBox()
            box.picked.connect(partial(self._give, field))
            self._name(box, field.name, field.label)
            self._add(field.label, box)
        else:
            text = self._texts[field] = _live_text(field, self._editing)
            self._name(text.field, field.name, field.label)
            self._add(field.label, text.field, text.error)

    def _add_names(self) -> None:
        self._name(self._number.field, "action_number", "番号")
        self._name(self._title.field, "action_title", "名称")
        self._number.field.setToolTip("番号（空欄なら自動）")
        self._number.field.setFixedWidth(theme.px(_NUMBER_WIDTH))
        names = forms.in_row(self._number.field, self._title.field)
        self._add("番号・名称", names, self._title.error, self._number.error)

    def _add(self, label: str, *parts: QWidget) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(forms.roled(plain.Label(label), "caption"))
        for part in parts:
            column.addWidget(part)
            if isinstance(part, inputs.ChoiceBox):
                column.setAlignment(part, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(row)
        return row

    def _name(self, widget: QWidget, name: str, label: str) -> None:
        widget.setObjectName(name)
        widget.setAccessibleName(label)

    def _give(self, field: Field, value: object) -> None:
        self._editing.do(details.set_value, [self._action_id], field, value)

    def _toggles_of(self, field: Field) -> choices.Toggles:
        toggles = choices.Toggles(field.name)
        toggles.setAccessibleName(field.label)
        toggles.toggled.connect(
            lambda row_id, on: choices.give_row(
                self._editing, [self._action_id], field, row_id, on
            )
        )
        return toggles


def _live_text(field: Field, editing: Editing) -> LiveText:
    """Return what a value of the field is typed into; one that is no text is read when done."""
    save = details.save_typed(field)
    if not field.type.is_running_text:
        return LiveText(inputs.LineField(), editing, save, quiet=True)
    return LiveText(inputs.GrowingText(lines=2), editing, save)
