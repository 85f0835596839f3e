"""One action in the editor: its fields."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from kyodo_desktop.domain import action_fields, nodes, prerequisites
from kyodo_desktop.services import details, progress, rounds, structure
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.editor import choices, progress_lines, sections
from kyodo_desktop.ui.editor.editing import Editing, LiveText
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Action


class Prerequisites(QWidget):
    """A button for each action that is waited for, with a menu; links to those that wait."""

    jump_requested = Signal(int)

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("prerequisites")
        self._editing = editing
        self._action_id = 0
        self._shown: tuple[object, ...] | None = None
        self._chips: list[QPushButton] = []
        self.add = QPushButton("＋ 先に終える実行計画を追加…")
        self.add.setObjectName("add_prerequisite")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._ask)
        row = QWidget()
        self._flow = forms.FlowLayout(row)
        self._flow.addWidget(self.add)
        self._waiting = plain.rich_label()
        self._waiting.setObjectName("waiting")
        self._waiting.setWordWrap(True)
        self._waiting.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._waiting.linkActivated.connect(lambda link: self.jump_requested.emit(int(link)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)
        column.addWidget(self._waiting)

    def show_waiting(self, outline: Outline, action_id: int) -> None:
        """Show who waits for whom as it is now."""
        self._action_id = action_id
        self.add.setEnabled(self._editing.is_open)
        required = [
            (each, _label(outline, each)) for each in prerequisites.required_by(outline, action_id)
        ]
        links = "、".join(
            _link(outline, each) for each in prerequisites.waiting_for(outline, action_id)
        )
        shown = (action_id, self._editing.is_open, tuple(required), links)
        if shown == self._shown:
            return
        self._shown = shown
        self._waiting.setText(f"この後に続く実行計画：{links}" if links else "")
        self._waiting.setVisible(bool(links))
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.add)
        self._chips = [self._chip(each, label) for each, label in required]
        for part in (*self._chips, self.add):
            self._flow.addWidget(part)

    def _chip(self, required_id: int, label: str) -> QPushButton:
        chip = QPushButton(plain.whole(label))
        chip.setObjectName(f"required_{required_id}")
        chip.setAutoDefault(False)
        menu = QMenu(chip)
        menu.addAction("この実行計画へ移動").triggered.connect(partial(self._jump, required_id))
        away = menu.addAction("先に終える実行計画から外す")
        away.setEnabled(self._editing.is_open)
        away.triggered.connect(partial(self._remove, required_id))
        chip.setMenu(menu)
        return chip

    def _jump(self, action_id: int) -> None:
        self.jump_requested.emit(self._editing.outline.home(action_id))

    def _remove(self, required_id: int) -> None:
        self._editing.do(details.remove_prerequisite, self._action_id, required_id)

    def _ask(self) -> None:
        from kyodo_desktop.ui.widgets.choosing import ChooseActionDialog

        outline, action_id = self._editing.outline, self._action_id
        title = outline.actions[action_id].title
        dialog = ChooseActionDialog(
            outline,
            f"「{title}」より先に終える実行計画を選んでください。",
            partial(_not_offered, outline, action_id),
            self.window(),
        )
        ask(dialog, lambda: self._add(action_id, dialog.chosen))

    def _add(self, action_id: int, required_id: int | None) -> None:
        self._editing.do(details.add_prerequisite, action_id, required_id)


def _not_offered(outline: Outline, action_id: int, other_id: int) -> str:
    """Return why an action is not offered; one that would close a circle is, to be told so."""
    other_term = outline.actions[action_id].term_id != outline.actions[other_id].term_id
    known = other_id in prerequisites.required_by(outline, action_id)
    return "×" if other_term or known or action_id == other_id else ""


def _label(outline: Outline, action_id: int) -> str:
    status = outline.status(action_id)
    mark = status.word if status else "未記入"
    return f"{outline.actions[action_id].title}（{mark}）"


def _link(outline: Outline, action_id: int) -> str:
    return f'<a href="{outline.home(action_id)}">{escape(outline.actions[action_id].title)}</a>'


_NUMBER_WIDTH, _DUE_WIDTH = 4, 10  # in widths of a character
_FIRST_TEXTS: tuple[action_fields.Field[Any], ...] = (
    action_fields.OUTLOOK,
    action_fields.DUE,
    action_fields.DESCRIPTION,
    action_fields.NOTE,
)
_FIRST_CHOICES: tuple[action_fields.Field[Any], ...] = action_fields.DIRECTION, action_fields.START
"""The fields with a place of their own in the form; further ones follow as rows."""

_FURTHER = tuple(
    field
    for field in action_fields.taking_part(
        action_fields.Use.EDITOR, action_fields.Scope.ACTION, action_fields.Scope.ROUND
    )
    if field.column and field not in (action_fields.TITLE, *_FIRST_TEXTS, *_FIRST_CHOICES)
)


class ActionForm(forms.FormPage):
    """The fields of the action at one node. Each field saves itself."""

    def __init__(self, editing: Editing) -> None:
        super().__init__("action_form")
        self._editing = editing
        self._action_id = 0
        self._allowed: tuple[bool, bool] | None = None
        self._title = LiveText(inputs.LineField(), editing, structure.rename)
        self._number = LiveText(inputs.LineField(), editing, structure.renumber)
        self._statuses = progress_lines.StatusButtons()
        self._lines = progress_lines.ProgressLines(editing)
        self._previous = progress_lines.PreviousLines()
        self._previous.accepted.connect(self._accept_carried)
        self._choices = {field: self._choice(field) for field in _FIRST_CHOICES}
        self._texts = {field: _live_text(field, editing) for field in _FIRST_TEXTS}
        for field in _FURTHER:
            if choices.is_picked(field):
                self._choices[field] = self._choice(field)
            else:
                self._texts[field] = _live_text(field, editing)
        self._sections = sections.SectionChips(editing)
        self._prerequisites = Prerequisites(editing)
        self._prerequisites.jump_requested.connect(editing.jump_requested)
        self._toggles = {
            field: self._toggles_of(field)
            for field in (action_fields.ACTORS, action_fields.PRINCIPLES)
        }
        self._name_fields()
        self._lay_out()
        self._statuses.picked.connect(self._give_status)

    def show_node(self, outline: Outline, node: int) -> None:
        """Show the action at a placement as it is now."""
        action = outline.action_at(node)
        assert action is not None
        self._action_id = action.id
        self._show_texts(outline, node, action)
        self._show_choices(outline, action)
        self._show_participants(outline, action)
        self._prerequisites.show_waiting(outline, action.id)
        self._lines.show_lines(action.id, outline.lines.get(action.id, ()))
        self.lead(self._lines_row, self._lines.entry)
        self._previous.show_previous(outline, action.id, editable=self._editing.is_round_open)
        self._sections.show_sections(action.id, outline.assignments.get(action.id, ()))
        self._allow(self._editing.is_open, self._editing.is_round_open)

    def pick_status(self, key: int) -> None:
        """Give the action the status with this key (from 1)."""
        self._statuses.pick(key)

    def _show_texts(self, outline: Outline, node: int, action: Action) -> None:
        self._number.field.setPlaceholderText(outline.number(node))
        self._number.show_text(node, outline.placements[nodes.row_id(node)].number)
        self._title.show_text(node, action.title)
        for field, text in self._texts.items():
            value = field.of(outline, action.id)
            is_text = field.type.is_running_text  # which is shown as it is, to be changed
            text.show_text(action.id, value if is_text else field.type.format(value, outline))

    def _show_choices(self, outline: Outline, action: Action) -> None:
        status = outline.status(action.id)
        self._statuses.offer(tuple(outline.statuses.values()))
        self._statuses.show_status(status.id if status else None)
        for field, box in self._choices.items():
            value = field.of(outline, action.id)
            box.offer(choices.values_of(field, outline, value))
            box.show_value(value)

    def _show_participants(self, outline: Outline, action: Action) -> None:
        for field, toggles in self._toggles.items():
            offered = choices.rows_of(field, outline)
            toggles.offer(offered)
            toggles.show_chosen(field.of(outline, action.id))
            self.form.setRowVisible(toggles, bool(offered))

    def _allow(self, is_open: bool, is_round_open: bool) -> None:
        """Let be edited what may be; the rest can be read and copied."""
        if self._allowed == (is_open, is_round_open):
            return
        self._allowed = is_open, is_round_open
        for text in (self._number, self._title):
            text.field.setReadOnly(not is_open)
        for toggles in self._toggles.values():
            toggles.setEnabled(is_open)
        self._statuses.setEnabled(is_round_open)
        is_allowed = {
            action_fields.Scope.ACTION: is_open,
            action_fields.Scope.ROUND: is_round_open,
        }
        for field, text in self._texts.items():
            text.field.setReadOnly(not is_allowed[field.scope])
        for field, box in self._choices.items():
            box.setEnabled(is_allowed[field.scope])

    def _give_status(self, status_id: int) -> None:
        self._editing.do(progress.set_status, [self._action_id], status_id)
        # The click has toggled the button, whether or not there was anything to change.
        self._show_choices(self._editing.outline, self._editing.outline.actions[self._action_id])

    def _accept_carried(self) -> None:
        self._editing.do(rounds.accept_carried, [self._action_id])

    def _choice(self, field: action_fields.Field[Any]) -> inputs.ChoiceBox:
        box = inputs.ChoiceBox()
        box.picked.connect(partial(self._give, field))
        return box

    def _give(self, field: action_fields.Field[Any], value: object) -> None:
        self._editing.do(details.set_value, [self._action_id], field, value)

    def _toggles_of(self, field: action_fields.Field[tuple[int, ...]]) -> choices.Toggles:
        toggles = choices.Toggles(field.name)
        toggles.toggled.connect(
            lambda row_id, on: choices.give_row(
                self._editing, [self._action_id], field, row_id, on
            )
        )
        return toggles

    def _name_fields(self) -> None:
        for name, label, widget in (
            ("action_number", "番号", self._number.field),
            ("action_title", "名称", self._title.field),
            ("outlook_text", "今後の方向性の説明", self._texts[action_fields.OUTLOOK].field),
            ("start", "開始年度", self._choices[action_fields.START]),
            *(
                (field.name, field.label, widget)
                for field, widget in self._widgets().items()
                if field not in (action_fields.OUTLOOK, action_fields.START)
            ),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(label)
        self._number.field.setToolTip("番号（空欄なら自動）")
        self._texts[action_fields.DUE].field.setPlaceholderText("例：H28.3")

    def _lay_out(self) -> None:
        character = self.fontMetrics().horizontalAdvance("あ")
        self._number.field.setFixedWidth(_NUMBER_WIDTH * character)
        title, due, outlook = (
            self._title.field,
            self._texts[action_fields.DUE],
            self._texts[action_fields.OUTLOOK],
        )
        direction, start = (self._choices[field] for field in _FIRST_CHOICES)
        due.field.setFixedWidth(_DUE_WIDTH * character)
        names = forms.in_row(self._number.field, title)
        self.add("名称(&N)", names, self._title.error, self._number.error, leads_to=title)
        self.add("状態", self._statuses)
        lines = forms.ResponsiveRow(self._lines, self._previous)
        self._lines_row = self.add("進捗状況(&L)", lines, leads_to=self._lines.entry)
        words = forms.in_row(direction, outlook.field, at_top=True)
        self.add("今後の方向性(&O)", words, outlook.error, leads_to=direction)
        year = forms.in_row(forms.captioned("開始年度(&Y)", start), start)
        dates = forms.in_flow(due.field, year)
        self.add("完了予定(&D)", dates, due.error, leads_to=due.field)
        self.add("担当課(&K)", self._sections, leads_to=self._sections.entry)
        self.add("先に終える実行計画(&J)", self._prerequisites, leads_to=self._prerequisites.add)
        for toggles, label in zip(self._toggles.values(), choices.TOGGLES, strict=True):
            self.add(label, toggles, leads_to=toggles.entry)
        for field, label in (
            (action_fields.DESCRIPTION, "内容(&C)"),
            (action_fields.NOTE, "備考(&R)"),
        ):
            self.add(label, self._texts[field].field, self._texts[field].error)
        for field in _FURTHER:
            if field in self._choices:
                self.add(field.label, self._choices[field])
            else:
                self.add(field.label, self._texts[field].field, self._texts[field].error)

    def _widgets(self) -> dict[action_fields.Field[Any], QWidget]:
        return {**{field: text.field for field, text in self._texts.items()}, **self._choices}


def _live_text(field: action_fields.Field[Any], editing: Editing) -> LiveText:
    """Return what a value of the field is typed into; one that is no text is read when done."""
    save = details.save_typed(field)
    if not field.type.is_running_text:
        return LiveText(inputs.LineField(), editing, save, quiet=True)
    fewest = 1 if field is action_fields.OUTLOOK else 2
    return LiveText(inputs.GrowingText(lines=fewest), editing, save)
