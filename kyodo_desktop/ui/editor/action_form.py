"""One action in the editor: 今回 with 前回, 予定と担当, 詳細, and what is to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from kyodo_desktop.services import rounds
from kyodo_desktop.ui.editor.details import Details
from kyodo_desktop.ui.editor.findings import FindingLine
from kyodo_desktop.ui.editor.foot import ConfirmFoot
from kyodo_desktop.ui.editor.schedule import Schedule
from kyodo_desktop.ui.editor.this_round import ThisRound
from kyodo_desktop.ui.widgets import forms, inputs, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from kyodo_desktop.domain.changes import ChangeSet
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing

_SIDE, _TOP, _BETWEEN = 16, 8, 8
_LOW = 200  # with less height than this the fields have all of it: the foot scrolls with them


class ActionForm(QWidget):
    """The action at one node. Each part of it is shown anew only when it may have changed.

    What confirms it stands in a foot that does not scroll: at the end of 今回 it stood higher or
    lower with the length of each text, and had to be looked for.
    """

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._page = forms.ScrollPage("action_form")
        self._page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._editing = editing
        self._node = self._action_id = 0
        self._allowed: tuple[bool, bool] | None = None
        self._round = ThisRound(editing)
        self._schedule = Schedule(editing)
        self.details = Details(editing)
        self.details.unfolded.connect(self._lead_tab_key)
        self.findings = FindingLine()
        self._foot = ConfirmFoot(editing)
        self._foot.confirmed.connect(self.confirm_and_go_on)
        self._foot.accepted.connect(self._accept_carried)
        self._lay_out()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self._page.content)
        for part in (self._round, self._schedule, self.details):
            self._column.addWidget(part)
            self._column.addWidget(forms.Divider())
        self._column.addWidget(self.findings)
        self._column.addStretch(1)
        self._page.keep_width(self._column, (_SIDE, _TOP))
        self._column.setSpacing(theme.px(_BETWEEN))
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._page, 1)
        whole.addWidget(self._foot)

    def show_node(self, outline: Outline, node: int, changes: ChangeSet | None = None) -> None:
        """Show the action at a placement as it is now; `changes` tells what differs, if known."""
        action = outline.action_at(node)
        assert action is not None
        allowed = self._editing.is_open, self._editing.is_round_open
        is_other = node != self._node
        if is_other or allowed != self._allowed or changes is None or changes.whole:
            changed = None
        else:
            changed = {row.table for row in changes.rows}
        self._node, self._action_id, self._allowed = node, action.id, allowed
        if changed is None or self._round.tables & changed:
            self._round.show_action(outline, action.id)
            self._foot.show_action(outline, action.id)
        if changed is None or self._schedule.tables & changed:
            self._schedule.show_action(outline, action.id)
        if changed is None or self.details.tables & changed:
            self.details.show_node(outline, node)
        if is_other:
            self._stay_in_field()

    def pick_status(self, key: int) -> None:
        """Give the action the status with this key (from 1)."""
        self._round.pick_status(key)

    @property
    def entry(self) -> QWidget:
        """Where typing begins."""
        return self._round.entry

    def confirm_and_go_on(self) -> None:
        """Say that what stands there is right, and ask for the next action."""
        if not self._editing.is_round_open or not self._editing.commit():
            return
        is_carried = self._editing.outline.is_carried(self._action_id)
        if is_carried and not self._editing.do(rounds.accept_carried, [self._action_id]):
            return
        self._editing.step_requested.emit(1)

    # Qt's interface

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < theme.px(_LOW)
        if is_low != self._page.content.isAncestorOf(self._foot):
            self._place_foot(in_page=is_low)

    def _place_foot(self, *, in_page: bool) -> None:
        """Let the foot stand under the page, or in it after 今回."""
        had_focus = next((each for each in self._foot.parts if each.hasFocus()), None)
        if in_page:
            self._column.insertWidget(1, self._foot)
        else:
            self._whole.addWidget(self._foot)
        self._foot.be_part(in_page)
        self._lead_tab_key()
        if had_focus is not None:
            had_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept_carried(self) -> None:
        self._editing.do(rounds.accept_carried, [self._action_id])

    def _lead_tab_key(self) -> None:
        """Let the Tab key come to the foot last, also when more fields have been made."""
        last = self.details.last_part
        if last is not None:
            forms.follow_in_tab_order(last, [*self.findings.parts, *self._foot.parts])

    def _stay_in_field(self) -> None:
        """Let typing go on behind the text of the field that has the focus."""
        focus = QApplication.focusWidget()
        if isinstance(focus, inputs.TextField) and self.isAncestorOf(focus):
            focus.to_end()
