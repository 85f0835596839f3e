"""One action in the editor: its fields, and behind tabs its history and its last round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget

from kyodo_desktop.domain.comparing.comparison import compare_action
from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.domain.fiscal_year import month_label
from kyodo_desktop.domain.nodes import row_id
from kyodo_desktop.domain.plan import Outlook
from kyodo_desktop.services import details, progress, rounds, structure
from kyodo_desktop.services.history_rewind import as_of_round
from kyodo_desktop.ui.comparing.changes import ChangesView
from kyodo_desktop.ui.editor import (
    choices,
    history,
    prerequisites,
    progress_lines,
    sections,
    status_buttons,
)
from kyodo_desktop.ui.editor.editing import LiveText
from kyodo_desktop.ui.widgets import forms, inputs

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Action, Round
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.editor.editing import Editing


class ActionTabs(QTabWidget):
    """History and comparison are read while their tab is looked at, not before."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("action_tabs")
        self.setDocumentMode(True)
        self._editing = editing
        self._action_id = 0
        self._read_for = 0
        self._form = ActionForm(editing)
        self._history = history.HistoryView()
        self.addTab(self._form, "編集")
        self._comparison = ActionComparison()
        self.addTab(self._history, "履歴")
        self.addTab(self._comparison, "前回との比較")
        self.currentChanged.connect(self._show_more)

    def show_node(self, outline: Outline, node: int) -> None:
        """Show the action at a placement as it is now."""
        self._action_id = outline.action_id_at(node)
        self._form.show_node(outline, node)
        self._show_more()

    def pick_status(self, key: int) -> None:
        """Give the action the status with this key (from 1)."""
        self._form.pick_status(key)

    def _show_more(self) -> None:
        if self.currentWidget() is self._history:
            self._show_history()
        elif self.currentWidget() is self._comparison:
            self._comparison.show_action(self._editing.workspace, self._action_id)

    def _show_history(self) -> None:
        if self._read_for == self._action_id:
            self._history.refresh()
        else:
            self._read_for = self._action_id
            self._history.show_history(self._editing.workspace, self._action_id)


class ActionComparison(ChangesView):
    """Reads what the round before saw once, and keeps it while the round is the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("action_comparison")
        self._before: tuple[Round, Outline] | None = None

    def show_action(self, workspace: Workspace, action_id: int) -> None:
        """Show what differs from the round before."""
        outline = workspace.outline
        previous = outline.previous
        if previous is None:
            self.setPlainText("前回の調査がないため、比較できません。")
            return
        if self._before is None or self._before[0] != previous.round:
            try:
                self._before = previous.round, as_of_round(workspace, previous.round.id)
            except PlanError as error:
                self.setPlainText(error.message)
                return
        change = compare_action(self._before[1], outline, action_id)
        if change is None:
            self.setPlainText(f"「{previous.round.name}」から変わっていません。")
        else:
            self.show_fields(change)


_NO_OUTLOOK = Outlook(0, 0, 0, None, "")
_NUMBER_WIDTH, _DUE_WIDTH = 4, 10  # in widths of a character


class ActionForm(forms.FormPage):
    """The fields of the action at one node. Each field saves itself."""

    def __init__(self, editing: Editing) -> None:
        super().__init__("action_form")
        self._editing = editing
        self._action_id = 0
        self._allowed: tuple[bool, bool] | None = None
        self._title = LiveText(inputs.LineField(), editing, structure.rename)
        self._number = LiveText(inputs.LineField(), editing, structure.renumber)
        self._statuses = status_buttons.StatusButtons()
        self._lines = progress_lines.ProgressLines(editing)
        self._previous = progress_lines.PreviousLines()
        self._previous.accepted.connect(self._accept_carried)
        self._direction = inputs.ChoiceBox()
        self._outlook = LiveText(inputs.GrowingText(), editing, details.set_outlook_text)
        self._due = LiveText(inputs.LineField(), editing, details.set_due, quiet=True)
        self._start = inputs.ChoiceBox()
        self._sections = sections.SectionChips(editing)
        self._prerequisites = prerequisites.Prerequisites(editing)
        self._prerequisites.jump_requested.connect(editing.jump_requested)
        self._description = LiveText(inputs.GrowingText(lines=2), editing, details.set_description)
        self._note = LiveText(inputs.GrowingText(lines=2), editing, details.set_note)
        self._actors = choices.Toggles("actors")
        self._principles = choices.Toggles("principles")
        self._name_fields()
        self._lay_out()
        self._statuses.picked.connect(self._give_status)
        self._direction.picked.connect(self._give_direction)
        self._start.picked.connect(self._give_start)
        self._actors.toggled.connect(self._give_actor)
        self._principles.toggled.connect(self._give_principle)

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
        outlook = outline.outlooks.get(action.id, _NO_OUTLOOK)
        self._number.field.setPlaceholderText(outline.number(node))
        self._number.show_text(node, outline.placements[row_id(node)].number)
        self._title.show_text(node, action.title)
        self._outlook.show_text(action.id, outlook.text)
        self._due.show_text(action.id, month_label(action.due))
        self._description.show_text(action.id, action.description)
        self._note.show_text(action.id, action.note)

    def _show_choices(self, outline: Outline, action: Action) -> None:
        status = outline.status(action.id)
        self._statuses.offer(tuple(outline.statuses.values()))
        self._statuses.show_status(status.id if status else None)
        self._direction.offer([inputs.UNDECIDED, *choices.directions(outline)])
        self._direction.show_value(outline.outlooks.get(action.id, _NO_OUTLOOK).direction_id)
        self._start.offer(
            [inputs.UNDECIDED, *choices.fiscal_years(outline, action.start_fiscal_year)]
        )
        self._start.show_value(action.start_fiscal_year)

    def _show_participants(self, outline: Outline, action: Action) -> None:
        for toggles, offered, chosen in (
            (self._actors, choices.actors(outline), choices.actor_ids(outline, action.id)),
            (
                self._principles,
                choices.principles(outline),
                choices.principle_ids(outline, action.id),
            ),
        ):
            toggles.offer(offered)
            toggles.show_chosen(chosen)
            self.form.setRowVisible(toggles, bool(offered))

    def _allow(self, is_open: bool, is_round_open: bool) -> None:
        """Let be edited what may be; the rest can be read and copied."""
        if self._allowed == (is_open, is_round_open):
            return
        self._allowed = is_open, is_round_open
        for text in (self._number, self._title, self._due, self._description, self._note):
            text.field.setReadOnly(not is_open)
        for choice in (self._start, self._actors, self._principles):
            choice.setEnabled(is_open)
        self._outlook.field.setReadOnly(not is_round_open)
        self._statuses.setEnabled(is_round_open)
        self._direction.setEnabled(is_round_open)

    def _give_status(self, status_id: int) -> None:
        self._editing.do(progress.set_status, [self._action_id], status_id)
        # The click has toggled the button, whether or not there was anything to change.
        self._show_choices(self._editing.outline, self._editing.outline.actions[self._action_id])

    def _accept_carried(self) -> None:
        self._editing.do(rounds.accept_carried, [self._action_id])

    def _give_direction(self, direction_id: int | None) -> None:
        self._editing.do(details.set_direction, [self._action_id], direction_id)

    def _give_start(self, year: int | None) -> None:
        self._editing.do(details.set_start, self._action_id, year)

    def _give_actor(self, actor_id: int, on: bool) -> None:
        choices.give_actor(self._editing, [self._action_id], actor_id, on)

    def _give_principle(self, principle_id: int, on: bool) -> None:
        choices.give_principle(self._editing, [self._action_id], principle_id, on)

    def _name_fields(self) -> None:
        for name, label, field in (
            ("action_number", "番号", self._number.field),
            ("action_title", "名称", self._title.field),
            ("direction", "今後の方向性", self._direction),
            ("outlook_text", "今後の方向性の説明", self._outlook.field),
            ("due", "完了予定", self._due.field),
            ("start", "開始年度", self._start),
            ("description", "内容", self._description.field),
            ("note", "備考", self._note.field),
        ):
            field.setObjectName(name)
            field.setAccessibleName(label)
        self._number.field.setToolTip("番号（空欄なら自動）")
        self._due.field.setPlaceholderText("例：H28.3")

    def _lay_out(self) -> None:
        character = self.fontMetrics().horizontalAdvance("あ")
        self._number.field.setFixedWidth(_NUMBER_WIDTH * character)
        self._due.field.setFixedWidth(_DUE_WIDTH * character)
        title = self._title.field
        names = forms.beside_each_other(self._number.field, title)
        self.add("名称(&N)", names, self._title.error, self._number.error, leads_to=title)
        self.add("状態", self._statuses)
        lines = forms.ResponsiveRow(self._lines, self._previous)
        self._lines_row = self.add("進捗状況(&L)", lines, leads_to=self._lines.entry)
        outlook = forms.beside_each_other(self._direction, self._outlook.field, at_top=True)
        self.add("今後の方向性(&O)", outlook, self._outlook.error, leads_to=self._direction)
        start = forms.beside_each_other(forms.captioned("開始年度(&Y)", self._start), self._start)
        dates = forms.one_after_the_other(self._due.field, start)
        self.add("完了予定(&D)", dates, self._due.error, leads_to=self._due.field)
        self.add("担当課(&K)", self._sections, leads_to=self._sections.entry)
        self.add("前提(&J)", self._prerequisites, leads_to=self._prerequisites.add)
        self.add("主体(&A)", self._actors, leads_to=self._actors.entry)
        self.add("基本原則(&Q)", self._principles, leads_to=self._principles.entry)
        self.add("内容(&C)", self._description.field, self._description.error)
        self.add("備考(&R)", self._note.field, self._note.error)
