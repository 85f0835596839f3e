"""Gives several chosen actions the same in one step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyodo_desktop.domain import action_fields, errors, field_types
from kyodo_desktop.domain.inputs import Unsaved
from kyodo_desktop.services import details, progress
from kyodo_desktop.ui.editor import choices, schedule, sections
from kyodo_desktop.ui.widgets import forms, inputs, plain, theme
from kyodo_desktop.ui.widgets.segments import StatusSegments

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing

    Field = action_fields.Field[Any]

MIXED = "混在"
_NAMED = 8  # titles of this many are listed
_DIFFERING = "differing"
_SIDE, _WIDTH = 16, 160
_OF_ACTION = action_fields.taking_part(
    action_fields.Use.EDITOR, action_fields.Scope.ACTION, action_fields.Scope.ROUND
)
_SHORT = tuple(field for field in _OF_ACTION if field.column and not field.type.is_running_text)
_LINKED = tuple(
    field
    for field in _OF_ACTION
    if isinstance(field.type, field_types.Links)
    and field.type.to is not field_types.ACTION
    and field not in schedule.PLACED
)
"""What an action has several of: 主体, 基本原則."""


class ManyForm(forms.ScrollPage):
    """Status, dates, 担当課, 今後の方向性 and more, for all actions among the chosen nodes."""

    def __init__(self, editing: Editing) -> None:
        super().__init__("many_form")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._editing = editing
        self._action_ids: list[int] = []
        self._chosen = plain.Label()
        self._chosen.setObjectName("chosen")
        self._chosen.setWordWrap(True)
        self._chosen.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._statuses = StatusSegments()
        self._statuses.picked.connect(self._give_status)
        self._choices = {each: self._choice(each) for each in _SHORT if choices.is_picked(each)}
        self._texts = {each: self._text(each) for each in _SHORT if each not in self._choices}
        self._sections = sections.ManySections(editing)
        self._toggles = {field: self._toggles_of(field) for field in _LINKED}
        self._rows: dict[object, QWidget] = {}
        self._captions: dict[object, plain.Label] = {}
        self._column = QVBoxLayout(self.content)
        self._lay_out()
        self.keep_width(self._column, (_SIDE, _SIDE // 2))
        self._column.setSpacing(theme.px(12))

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
        self._allow(any_chosen=bool(self._action_ids))

    def pick_status(self, key: int) -> None:
        """Give the actions the status with this key (from 1)."""
        self._statuses.pick(key)

    def _allow(self, *, any_chosen: bool) -> None:
        is_open = {
            action_fields.Scope.ACTION: any_chosen and self._editing.is_open,
            action_fields.Scope.ROUND: any_chosen and self._editing.is_round_open,
        }
        self._statuses.setEnabled(is_open[action_fields.Scope.ROUND])
        for field, box in self._choices.items():
            box.setEnabled(is_open[field.scope])
        for field, text in self._texts.items():
            text.field.setEnabled(is_open[field.scope])

    def _show_common(self, outline: Outline) -> None:
        statuses = {outline.status(action_id) for action_id in self._action_ids}
        status = statuses.pop() if len(statuses) == 1 else None
        self._statuses.show_status(status.id if status else None)
        self._say_mixed(_STATUS, is_mixed=bool(statuses))
        for field, box in self._choices.items():
            found = {field.of(outline, action_id) for action_id in self._action_ids}
            box.show_value(found.pop() if len(found) == 1 else _DIFFERING)
            self._say_mixed(field, is_mixed=len(found) > 1)
        for field, text in self._texts.items():
            values = {field.format(outline, action_id) for action_id in self._action_ids}
            text.show_actions(self._action_ids, values)
            self._say_mixed(field, is_mixed=len(values) > 1)
        self._show_linked(outline)

    def _show_linked(self, outline: Outline) -> None:
        """Show as chosen what all of the actions have, as half chosen what only some have."""
        for field, toggles in self._toggles.items():
            offered = choices.rows_of(field, outline)
            toggles.offer(offered)
            sets = [set(field.of(outline, action_id)) for action_id in self._action_ids]
            common = set.intersection(*sets) if sets else set()
            partly = set.union(*sets) - common if sets else set()
            toggles.show_chosen(common, partly)
            toggles.setEnabled(bool(sets) and self._editing.is_open)
            self._rows[field].setVisible(bool(offered))
            self._say_mixed(field, is_mixed=bool(partly))

    def _say_mixed(self, key: object, *, is_mixed: bool) -> None:
        label = key if isinstance(key, str) else getattr(key, "label", "")
        self._captions[key].setText(f"{label}　{MIXED}" if is_mixed else label)

    def _toggles_of(self, field: Field) -> choices.Toggles:
        toggles = choices.Toggles(field.name)
        toggles.setAccessibleName(field.label)
        toggles.toggled.connect(partial(self._give_row, field))
        return toggles

    def _give_row(self, field: Field, row_id: int, on: bool) -> None:
        outline = self._editing.outline
        count = sum((row_id in field.of(outline, each)) != on for each in self._action_ids)
        if choices.give_row(self._editing, self._action_ids, field, row_id, on):
            name = dict(choices.rows_of(field, outline))[row_id]
            what = f"に「{name}」を追加しました" if on else f"から「{name}」を外しました"
            self._tell(count, f"{field.label}{what}")

    def _give_status(self, status_id: int) -> None:
        outline = self._editing.outline
        before = [outline.status(each) for each in self._action_ids]
        if self._editing.do(progress.set_status, self._action_ids, status_id):
            status = outline.statuses[status_id]
            count = sum(each is None or each.id != status_id for each in before)
            self._tell(count, f"状態を「{status.word}」に変更しました")
        self._show_common(self._editing.outline)

    def _choice(self, field: Field) -> inputs.ChoiceBox:
        box = inputs.ChoiceBox()
        box.setObjectName(field.name)
        box.setAccessibleName(field.label)
        box.setPlaceholderText(MIXED)
        box.picked.connect(partial(self._give, field))
        return box

    def _text(self, field: Field) -> ManyText:
        text = ManyText(field, self._editing, self._give)
        text.field.setObjectName(field.name)
        text.field.setAccessibleName(field.label)
        return text

    def _give(self, field: Field, value: object) -> bool:
        outline, ids = self._editing.outline, self._action_ids
        count = sum(field.of(outline, each) != value for each in ids)
        if not self._editing.do(details.set_value, ids, field, value):
            return False
        shown = field.type.format(value, self._editing.outline) or "（未定）"
        self._tell(count, f"{field.label}を「{shown}」に変更しました")
        return True

    def _tell(self, count: int, what: str) -> None:
        """Say how many actions an edit has changed."""
        if count:
            self._editing.done.emit(f"{count:,}件の{what}。")

    def _lay_out(self) -> None:
        self._column.addWidget(self._chosen)
        self._column.addWidget(forms.Divider())
        self._add(_STATUS, self._statuses)
        self._add_short([field for field in schedule.PLACED if field in _SHORT])
        self._add(_SECTIONS, self._sections)
        self._add_short([field for field in _SHORT if field not in schedule.PLACED])
        for field, toggles in self._toggles.items():
            self._add(field, toggles)
        self._column.addStretch(1)

    def _add_short(self, fields: Sequence[Field]) -> None:
        """Add fields of one line beside each other."""
        for field in fields:
            if field in self._choices:
                self._make_row(field, self._choices[field])
            else:
                self._make_row(field, self._texts[field].field, self._texts[field].error)
        self._column.addWidget(forms.in_flow(*(self._rows[field] for field in fields)))

    def _add(self, key: object, *parts: QWidget) -> None:
        self._make_row(key, *parts)
        self._column.addWidget(self._rows[key])

    def _make_row(self, key: object, *parts: QWidget) -> None:
        row, caption = QWidget(), forms.roled(plain.Label(), "caption")
        caption.setText(key if isinstance(key, str) else getattr(key, "label", ""))
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(caption)
        for part in parts:
            column.addWidget(part)
            if isinstance(part, inputs.ChoiceBox | inputs.LineField):
                part.setMinimumWidth(theme.px(_WIDTH))
                column.setAlignment(part, Qt.AlignmentFlag.AlignLeft)
        self._rows[key], self._captions[key] = row, caption


_STATUS, _SECTIONS = "状態", "担当課"


class ManyText(QObject):
    """What is typed here is given to all of the actions, when Enter is pressed or it is left."""

    def __init__(
        self, field: Field, editing: Editing, give: Callable[[Field, object], bool]
    ) -> None:
        super().__init__()
        self.field = inputs.LineField()
        self.error = forms.ErrorLine()
        self._of, self._editing, self._give = field, editing, give
        self._action_ids: tuple[int, ...] = ()
        self._settled = ""
        self._is_invalid = False
        self.field.textChanged.connect(lambda _: self.error.show_error(""))
        self.field.returnPressed.connect(self.commit)
        self.field.installEventFilter(self)
        editing.take_in(self)

    def show_actions(self, action_ids: Sequence[int], values: set[str]) -> None:
        """Show what the actions have in common; what is being typed for them stays."""
        is_typed = self.field.typed() != self._settled
        if tuple(action_ids) == self._action_ids and is_typed:
            return
        self._action_ids = tuple(action_ids)
        self._settled = next(iter(values)) if len(values) == 1 else ""
        self.field.put(self._settled)
        self.field.setPlaceholderText(MIXED if len(values) > 1 else "")

    def commit(self) -> bool:
        """Give what is typed to the actions; False, and an error, if it cannot be given."""
        typed = self.field.typed()
        if typed == self._settled or not self._action_ids:
            return True
        names = field_types.OutlineNames(self._editing.outline)
        self._editing.saving.emit()
        before, self._settled = self._settled, typed
        try:
            value = self._of.type.parse(typed, names, self._of.label)
            self._is_invalid = False
        except errors.InvalidInputError as error:
            self._is_invalid, self._settled = True, before
            self.error.show_error(error.message)
            return False
        if not self._give(self._of, value):
            self._settled = before
            self.error.show_error(self._editing.refusal)
            return False
        return True

    def unsaved(self) -> Unsaved | None:
        """Return what is typed and not given yet, as if typed for the first of the actions."""
        if self.field.typed() == self._settled or not self._action_ids:
            return None
        save = details.save_typed(self._of)
        text = self._editing.text_at(save, self._action_ids[0], self.field.typed(), self._settled)
        return Unsaved(text, is_invalid=self._is_invalid)

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() != Qt.FocusReason.PopupFocusReason
        ):
            self.commit()
        return super().eventFilter(watched, event)


def _summary(outline: Outline, action_ids: Sequence[int], others: int) -> str:
    """Return how many are chosen, and which: the first of them by name."""
    level = outline.levels[-1].name
    titles = [f"・{outline.actions[action_id].title}" for action_id in action_ids[:_NAMED]]
    if len(action_ids) > _NAMED:
        titles.append(f"ほか {len(action_ids) - _NAMED}件")
    besides = f"（ほかに見出し {others}件：変更の対象になりません）" if others else ""
    return "\n".join([f"{level} {len(action_ids)}件{besides}", *titles])
