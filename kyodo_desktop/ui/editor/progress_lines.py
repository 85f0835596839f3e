"""The lines of 進捗状況 in the editor: each with its text, and its mark where there are more."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from kyodo_desktop.services import progress
from kyodo_desktop.ui.editor.editing import Editing, LiveText
from kyodo_desktop.ui.widgets import badges, forms, inputs, plain, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.plan import Progress, Section, Status


_FEWEST = 2  # lines of text that a field has room for at least
_FOOT, _MARK, _NARROW = 30, 44, 24

_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ProgressLines(QObject):
    """A row for each line. The rows stay where they are, the lines go through them.

    So neither the order of the Tab key nor the layout changes when a line is moved. `rows` are
    those that are shown, `foot` follows them.
    """

    changed = Signal()  # there are more rows, or fewer

    def __init__(self, editing: Editing, page: QWidget) -> None:
        super().__init__(page)
        self._editing = editing
        self._action_id = 0
        self._count = 0
        self._made: list[LineRow] = []
        self._page = page
        self._make_rows(1)
        self._add = forms.push_button("＋ 行を追加", "add_line", self._add_line)
        self._only = forms.push_button("この行の操作", "line_menu")
        self._only.setMenu(self._made[0].menu)
        for button in (self._add, self._only):
            button.setProperty("role", "link")
        forms.keep_room(self._add)
        self.foot = forms.in_flow(self._add, self._only)
        self.foot.setMinimumHeight(theme.px(_FOOT))

    @property
    def rows(self) -> list[LineRow]:
        return self._made[: self._count]

    @property
    def parts(self) -> list[QWidget]:
        """What the Tab key can come to, as it is made at first."""
        return [*self._made[0].parts, self._add, self._only]

    def show_lines(self, action_id: int, lines: Sequence[Progress]) -> None:
        """Show the lines of an action; the focus stays with its line, or with its place."""
        place = next((n for n, row in enumerate(self._made) if row.text.hasFocus()), None)
        is_same = action_id == self._action_id
        typing = None if place is None else self._made[place]
        line_id, cursor = (typing.line_id, typing.cursor_place()) if typing else (0, 0)
        had = self._count
        self._action_id, self._count = action_id, len(lines)
        self._make_rows(len(lines))
        self._show_all(lines)
        if had != self._count:
            self.changed.emit()
        if typing is not None and is_same and typing.line_id != line_id:
            self._go_to(line_id, cursor)
        elif place is not None and place >= self._count:
            self.entry_near(place).setFocus(Qt.FocusReason.OtherFocusReason)
        elif not had and self._count and self._add.hasFocus():
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)  # what it asked for is there

    @property
    def entry(self) -> QWidget:
        """The text of the first line, or what adds one."""
        return self.entry_near(0)

    def entry_near(self, place: int) -> QWidget:
        """Return the text of the line at a place or of the last one, or what adds one."""
        return self._made[min(place, self._count - 1)].text if self._count else self._add

    def _make_rows(self, count: int) -> None:
        while len(self._made) < count:
            row = LineRow(self._editing, len(self._made), self._page)
            row.moved.connect(lambda steps, row=row: self._move(row, steps))
            row.deleted.connect(lambda row=row: self._delete(row))
            if self._made:
                forms.follow_in_tab_order(self._made[-1].parts[-1], row.parts)
            self._made.append(row)

    def _show_all(self, lines: Sequence[Progress]) -> None:
        outline, editable = self._editing.outline, self._editing.is_round_open
        for row, line in zip(self._made, lines, strict=False):
            status = outline.statuses.get(line.status_id or 0)
            section = outline.sections.get(line.section_id or 0)
            row.show_line(LineView(line, status, section, len(lines), editable))
        for row in self._made[len(lines) :]:
            row.show_none()
        for place, row in enumerate(self._made):
            row.setVisible(place < len(lines))
        self._add.setVisible(editable)
        self._only.setVisible(editable and len(lines) == 1)

    def _go_to(self, line_id: int, cursor: int) -> None:
        for row in self.rows:
            if row.line_id == line_id:
                row.type_at(cursor)

    def _add_line(self) -> None:
        if self._editing.do(progress.add_line, self._action_id):
            self._made[self._count - 1].type_at(0)

    def _move(self, row: LineRow, steps: int) -> None:
        line_id, cursor = row.line_id, row.cursor_place()
        if row.commit() and self._editing.do(progress.move_line, line_id, steps):
            self._go_to(line_id, cursor)

    def _delete(self, row: LineRow) -> None:
        place = self._made.index(row)
        if not self._editing.do(progress.delete_line, row.line_id):
            return
        if self._count:
            self._made[min(place, self._count - 1)].type_at(0)
        else:
            self._add.setFocus()


class LineView(NamedTuple):
    """A line with what is shown beside it, and of how many lines it is one."""

    line: Progress
    status: Status | None
    section: Section | None
    siblings: int
    editable: bool


class LineRow(QWidget):
    """Edits the line at one place of the list; which line that is may change.

    `parts` are its inputs in the order of the Tab key, `menu` has what else can be done with it.
    """

    moved = Signal(int)
    deleted = Signal()

    def __init__(self, editing: Editing, place: int, page: QWidget) -> None:
        super().__init__(page)
        self._editing = editing
        self._place = place
        self._view: LineView | None = None
        self.text = inputs.GrowingText(lines=_FEWEST)
        self._live = LiveText(self.text, editing, progress.set_line_text)
        self._mark = MarkButton(editing, f"{place + 1}行目の状態")
        self._mark.picked.connect(self._give)
        self._section = forms.roled(plain.ElidedLabel(), "secondary")
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill)
        self._more = self._new_more()
        self.parts = (self._mark, self.text, self._more)
        for name, part in zip(("mark", "text", "more"), self.parts, strict=True):
            part.setObjectName(f"line_{name}_{place + 1}")
        self.text.setAccessibleName(f"進捗状況 {place + 1}行目")
        self._lay_out()

    @property
    def line_id(self) -> int:
        return self._view.line.id if self._view else 0

    def show_line(self, view: LineView) -> None:
        """Show a line, or the same line as it is now."""
        if view == self._view:
            return
        self._view = view
        is_one_of_many = view.siblings > 1
        self._live.show_text(view.line.id, view.line.text)
        self._mark.show_status(view.status)
        self._mark.setVisible(is_one_of_many)
        self._mark.lock(not view.editable)
        self._section.setText(view.section.name if view.section else "")
        self._section.setVisible(view.section is not None)
        self.text.setReadOnly(not view.editable)
        self._more.setVisible(view.editable and is_one_of_many)

    def show_none(self) -> None:
        """Let go of the line, so that nothing can be typed into it unseen."""
        self._view = None
        self._live.show_text(0, "")
        self.text.setReadOnly(True)

    def cursor_place(self) -> int:
        """Return where in the text the cursor stands."""
        return self.text.textCursor().position()

    def type_at(self, place: int) -> None:
        """Bring the focus into the text."""
        cursor = self.text.textCursor()
        cursor.setPosition(min(place, len(self.text.typed())))
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def commit(self) -> bool:
        return self._live.commit()

    # Qt's interface

    def event(self, event: QEvent) -> bool:
        # The window moves nodes of the tree with the same keys: here they move the line.
        if event.type() == QEvent.Type.ShortcutOverride and _steps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if steps := _steps(event):
            self.moved.emit(steps)
        else:
            super().keyPressEvent(event)

    def _give(self, status_id: int | None) -> None:
        self._editing.do(progress.set_line_status, self.line_id, status_id)

    def _give_section(self, section_id: int | None) -> None:
        self._editing.do(progress.set_line_section, self.line_id, section_id)

    def _new_more(self) -> QPushButton:
        what = f"{self._place + 1}行目の操作"
        button = forms.push_button("⋮", "")
        button.setProperty("role", "link")
        button.setFixedWidth(theme.px(_NARROW))
        button.setToolTip("この行の移動、削除、記入した課")
        button.setAccessibleName(what)
        button.setMenu(self.menu)
        return button

    def _fill(self) -> None:
        menu, view = self.menu, self._view
        menu.clear()
        if view is None:
            return
        for text, steps, is_possible in (
            ("この行を上へ\tAlt+↑", -1, self._place > 0),
            ("この行を下へ\tAlt+↓", 1, self._place < view.siblings - 1),
        ):
            move = menu.addAction(text)
            move.setEnabled(is_possible)
            move.triggered.connect(lambda _, steps=steps: self.moved.emit(steps))
        menu.addAction("この行を削除").triggered.connect(self.deleted)
        if self._editing.outline.sections:
            self._offer_sections(menu.addMenu("記入した課"))

    def _offer_sections(self, menu: QMenu) -> None:
        for section in self._editing.outline.sections.values():
            entry = menu.addAction(plain.whole(section.name))
            entry.triggered.connect(partial(self._give_section, section.id))
        menu.addSeparator()
        menu.addAction("（なし）").triggered.connect(partial(self._give_section, None))

    def _lay_out(self) -> None:
        row, top = QHBoxLayout(), Qt.AlignmentFlag.AlignTop
        row.setSpacing(theme.px(4))
        row.addWidget(self._mark, 0, top)
        row.addWidget(self.text, 1, top)
        row.addWidget(self._more, 0, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._section)
        column.addWidget(self._live.error)
        column.addStretch(1)


def _steps(event: QEvent) -> int:
    """Return how far a key moves a line: 0 for all other keys."""
    if not isinstance(event, QKeyEvent):
        return 0
    # A cursor key of the numeric block carries a modifier of its own.
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _STEPS.get(event.key(), 0) if held == Qt.KeyboardModifier.AltModifier else 0


_NO_STATUS = "未記入"


class MarkButton(QPushButton):
    """Shows the badge of one line and tells which status the user wants, None for 未記入."""

    picked = Signal(object)

    def __init__(self, editing: Editing, what: str) -> None:
        super().__init__()
        self._editing = editing
        self._what = what
        self._status: Status | None = None
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setAutoDefault(False)
        self.setMenu(self._menu)
        self._dress()
        theme.notifier().changed.connect(self._dress)

    def show_status(self, status: Status | None) -> None:
        """Show the status as the present one."""
        self._status = status
        word = status.label if status else _NO_STATUS
        self.setToolTip(plain.tip(f"この行の状態：{word}"))
        self.setAccessibleName(f"{self._what}：{word}")
        self._dress()

    def lock(self, on: bool) -> None:
        """Let the status only be read: there is no menu then."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on)
        self.setProperty("role", "plain" if on else "")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if on else Qt.FocusPolicy.StrongFocus)
        self.style().unpolish(self)
        self.style().polish(self)

    def _dress(self) -> None:
        self.setIcon(badges.badge_icon(self._status))
        self.setIconSize(QSize(theme.px(badges.SIDE), theme.px(badges.SIDE)))
        self.setFixedWidth(theme.px(_MARK))

    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        for status in self._editing.outline.statuses.values():
            entry = menu.addAction(badges.badge_icon(status), plain.whole(status.label))
            entry.triggered.connect(lambda _, status_id=status.id: self.picked.emit(status_id))
        menu.addSeparator()
        nothing = menu.addAction(badges.badge_icon(None), _NO_STATUS)
        nothing.triggered.connect(lambda: self.picked.emit(None))
