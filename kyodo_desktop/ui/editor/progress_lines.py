"""進捗状況 in the editor: the buttons of the statuses, its lines, and those of before."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import action_fields, predecessors
from kyodo_desktop.services import progress
from kyodo_desktop.ui.editor.editing import Editing, LiveText
from kyodo_desktop.ui.widgets import appearance, forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtGui import QIcon

    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.domain.plan import Outlook, Progress, Section, Status


_PADDING, _GAP = 12, 6
_TINT = 0.22  # how much of the colour of the status lies over the button that is chosen


class StatusButtons(QWidget):
    """Shows which status there is and tells which one the user wants."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._statuses: Sequence[Status] = ()
        self.setObjectName("status_buttons")
        self.setAccessibleName("状態")
        self._row = forms.ButtonRow(self, self._new_button)

    def offer(self, statuses: Sequence[Status]) -> None:
        """Offer these statuses, in this order."""
        if statuses == self._statuses:
            return
        self._statuses = statuses
        buttons = self._row.show_buttons(len(statuses))
        for status, button in zip(statuses, buttons, strict=True):
            button.show_status(status)

    def show_status(self, status_id: int | None) -> None:
        """Show the status as the present one; None is 未記入 or several."""
        for status, button in zip(self._statuses, self._row.buttons, strict=False):
            button.setChecked(status.id == status_id)

    def pick(self, key: int) -> None:
        """Do as if the button with this key (from 1) had been clicked."""
        if key <= len(self._statuses) and self.isEnabled():
            self.picked.emit(self._statuses[key - 1].id)

    def _new_button(self, place: int) -> StatusButton:
        button = StatusButton(place + 1)
        button.clicked.connect(lambda _: self.pick(place + 1))
        return button


class StatusButton(QPushButton):
    """The style's own button, tinted when it is the present status."""

    def __init__(self, key: int) -> None:
        super().__init__()
        self.key = key
        self._mark = self._word = self._colour = ""
        self.setObjectName(f"status_{key}")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_status(self, status: Status) -> None:
        """Show this status."""
        self._mark, self._word, self._colour = status.symbol, status.label, status.colour
        self.setAccessibleName(status.word)
        self.setToolTip(plain.tip(f"{status.definition}（キー {self.key}）"))
        self.updateGeometry()
        self.update()

    # Qt's interface

    def sizeHint(self) -> QSize:
        bold, regular = QFontMetrics(self._bold()), self.fontMetrics()
        width = bold.horizontalAdvance(self._word) + regular.horizontalAdvance(
            f"{self._mark}{self.key}"
        )
        return QSize(width + 2 * _GAP + 2 * _PADDING, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        if self.isChecked():
            self._tint(painter)
        self._write(painter)

    def ground(self) -> QColor:
        """Return what the words stand on, but for the shades of the system's style."""
        button = self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.Button)
        return (
            appearance.mixed(QColor(self._colour), button, _TINT) if self.isChecked() else button
        )

    def ink(self, colour: QColor | None = None) -> QColor:
        """Return the colour of the word, or another one as it can be read.

        The present status is no less true where it may not be changed: it is not grey.
        """
        if not (self.isChecked() or self.isEnabled()):
            return self.palette().color(QPalette.ColorRole.ButtonText)
        text = self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText)
        return appearance.legible(colour or text, self.ground())

    def _tint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._colour))
        painter.setBrush(self.ground())
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

    def _write(self, painter: QPainter) -> None:
        """Write the mark and the word from the left, and the key on the right."""
        palette, room = self.palette(), self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        middle, ink = Qt.AlignmentFlag.AlignVCenter, self.ink()
        painter.setPen(self.ink(palette.color(QPalette.ColorRole.PlaceholderText)))
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, str(self.key))
        painter.setPen(self.ink(QColor(self._colour)))
        painter.drawText(room, middle, self._mark)
        room.setLeft(room.left() + self.fontMetrics().horizontalAdvance(self._mark) + _GAP)
        painter.setPen(ink)
        painter.setFont(self._bold() if self.isChecked() else self.font())
        painter.drawText(room, middle, self._word)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font


_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ProgressLines(QWidget):
    """A row for each line. The rows stay where they are, the lines go through them.

    So neither the order of the Tab key nor the layout changes when a line is moved.
    """

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("progress_lines")
        self._editing = editing
        self._action_id = 0
        self._count = 0
        self._rows: list[LineRow] = []
        self._icons = {name: appearance.icon(name) for name in ("up", "down", "delete")}
        self._add = QPushButton("＋ 行を追加")
        self._add.setObjectName("add_line")
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._add_line)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._make_rows(1)
        self._column.addWidget(self._add, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_lines(self, action_id: int, lines: Sequence[Progress]) -> None:
        """Show the lines of an action; the focus stays with its line."""
        typing = next((row for row in self._rows if row.text.hasFocus()), None)
        line_id, cursor = (typing.line_id, typing.cursor_place()) if typing else (0, 0)
        self._action_id, self._count = action_id, len(lines)
        self._make_rows(len(lines))
        self._show_all(lines)
        if typing is not None and typing.line_id != line_id:
            self._go_to(line_id, cursor)

    @property
    def entry(self) -> QWidget:
        """The text of the first line, or what adds one."""
        return self._rows[0].text if self._count else self._add

    # Qt's interface

    def event(self, event: QEvent) -> bool:
        # The window moves nodes of the tree with the same keys: here they move the line.
        if event.type() == QEvent.Type.ShortcutOverride and self._steps(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus, steps = self.focusWidget(), self._steps(event)
        row = next((each for each in self._rows if focus and each.isAncestorOf(focus)), None)
        if row is not None and steps:
            self._move(row, steps)
        else:
            super().keyPressEvent(event)

    def _steps(self, event: QEvent) -> int:
        """Return how far a key moves a line: 0 for all other keys."""
        if not isinstance(event, QKeyEvent):
            return 0
        # A cursor key of the numeric block carries a modifier of its own.
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return _STEPS.get(event.key(), 0) if held == Qt.KeyboardModifier.AltModifier else 0

    def _make_rows(self, count: int) -> None:
        while len(self._rows) < count:
            row = LineRow(self._editing, len(self._rows), self._icons)
            row.moved.connect(lambda steps, row=row: self._move(row, steps))
            row.deleted.connect(lambda row=row: self._delete(row))
            self._column.insertWidget(len(self._rows), row)
            if self._rows:
                forms.follow_in_tab_order(self._rows[-1].parts[-1], row.parts)
            self._rows.append(row)

    def _show_all(self, lines: Sequence[Progress]) -> None:
        outline, editable = self._editing.outline, self._editing.is_round_open
        for row, line in zip(self._rows, lines, strict=False):
            status = outline.statuses.get(line.status_id or 0)
            section = outline.sections.get(line.section_id or 0)
            row.show_line(LineView(line, status, section, len(lines), editable))
        for row in self._rows[len(lines) :]:
            row.show_none()
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(lines))
        self._add.setEnabled(editable)

    def _go_to(self, line_id: int, cursor: int) -> None:
        for row in self._rows[: self._count]:
            if row.line_id == line_id:
                row.type_at(cursor)

    def _add_line(self) -> None:
        if self._editing.do(progress.add_line, self._action_id):
            self._rows[self._count - 1].type_at(0)

    def _move(self, row: LineRow, steps: int) -> None:
        line_id, cursor = row.line_id, row.cursor_place()
        if row.commit() and self._editing.do(progress.move_line, line_id, steps):
            self._go_to(line_id, cursor)

    def _delete(self, row: LineRow) -> None:
        place = self._rows.index(row)
        if not self._editing.do(progress.delete_line, row.line_id):
            return
        if self._count:
            self._rows[min(place, self._count - 1)].type_at(0)
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

    `parts` are its inputs in the order of the Tab key.
    """

    moved = Signal(int)
    deleted = Signal()

    def __init__(self, editing: Editing, place: int, icons: Mapping[str, QIcon]) -> None:
        super().__init__()
        self._editing = editing
        self._place = place
        self._view: LineView | None = None
        self.text = inputs.GrowingText()
        self._live = LiveText(self.text, editing, progress.set_line_text)
        self._mark = MarkButton(editing, f"{place + 1}行目の状態")
        self._mark.picked.connect(self._give)
        self._mark.section_picked.connect(self._give_section)
        self._section = plain.Label()
        self._section.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._up = _button(icons["up"], "この行を上へ（Alt+↑）")
        self._up.clicked.connect(lambda: self.moved.emit(-1))
        self._down = _button(icons["down"], "この行を下へ（Alt+↓）")
        self._down.clicked.connect(lambda: self.moved.emit(1))
        self._delete = _button(icons["delete"], "この行を削除")
        self._delete.clicked.connect(self.deleted)
        self.parts = (self._mark, self.text, self._up, self._down, self._delete)
        self._name_parts()
        self._lay_out()

    @property
    def line_id(self) -> int:
        return self._view.line.id if self._view else 0

    def show_line(self, view: LineView) -> None:
        """Show a line, or the same line as it is now."""
        if view == self._view:
            return
        self._view = view
        self._live.show_text(view.line.id, view.line.text)
        self._mark.show_status(view.status)
        self._section.setText(view.section.name if view.section else "")
        self._section.setVisible(view.section is not None)
        self.text.setReadOnly(not view.editable)
        for button in (self._up, self._down):
            button.setVisible(view.siblings > 1)
        self._up.setEnabled(view.editable and self._place > 0)
        self._down.setEnabled(view.editable and self._place < view.siblings - 1)
        self._mark.setEnabled(view.editable)
        self._delete.setEnabled(view.editable)

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

    def _give(self, status_id: int | None) -> None:
        self._editing.do(progress.set_line_status, self.line_id, status_id)

    def _give_section(self, section_id: int | None) -> None:
        self._editing.do(progress.set_line_section, self.line_id, section_id)

    def _name_parts(self) -> None:
        number = self._place + 1
        names = ("mark", "text", "up", "down", "delete")
        for name, part in zip(names, self.parts, strict=True):
            part.setObjectName(f"line_{name}_{number}")
        self.text.setAccessibleName(f"進捗状況 {number}行目")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        top = Qt.AlignmentFlag.AlignTop
        for column, part in enumerate(self.parts):
            if part is self.text:
                grid.addWidget(part, 0, column)
            else:
                grid.addWidget(part, 0, column, top)
        grid.addWidget(self._section, 1, 1)
        grid.addWidget(self._live.error, 2, 0, 1, 5)
        grid.setColumnStretch(1, 1)


def _button(picture: QIcon, what: str) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setIcon(picture)
    button.setToolTip(plain.tip(what))
    button.setAccessibleName(what)
    return button


_NO_MARK, _NO_STATUS = "－", "未記入"


class MarkButton(QPushButton):
    """Shows a mark in its colour and tells which status the user wants, None for 未記入.

    The menu offers the section that the line is from as well, where the plan has sections.
    """

    picked = Signal(object)
    section_picked = Signal(object)

    def __init__(self, editing: Editing, what: str) -> None:
        super().__init__()
        self._editing = editing
        self._what = what
        self.setAutoDefault(False)
        arrow = self.style().pixelMetric(QStyle.PixelMetric.PM_MenuButtonIndicator)
        self.setFixedWidth(2 * self.fontMetrics().horizontalAdvance("あ") + arrow)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def show_status(self, status: Status | None) -> None:
        """Show the status as the present one."""
        word = status.label if status else _NO_STATUS
        self.setText(status.symbol if status else _NO_MARK)
        self.setToolTip(plain.tip(f"この行の状態：{word}"))
        self.setAccessibleName(f"{self._what}：{word}")
        palette = QPalette()
        if status:
            ink = appearance.legible(status.colour, palette.color(QPalette.ColorRole.Button))
            palette.setColor(QPalette.ColorRole.ButtonText, ink)  # disabled as well: it is so
        self.setPalette(palette)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for status in self._editing.outline.statuses.values():
            entry = menu.addAction(plain.whole(status.word))
            entry.triggered.connect(lambda _, status_id=status.id: self.picked.emit(status_id))
        menu.addSeparator()
        menu.addAction(f"{_NO_MARK} {_NO_STATUS}").triggered.connect(
            lambda: self.picked.emit(None)
        )
        if self._editing.outline.sections:
            self._offer_sections(menu.addMenu("記入した課(&K)"))

    def _offer_sections(self, menu: QMenu) -> None:
        for section in self._editing.outline.sections.values():
            entry = menu.addAction(plain.whole(section.name))
            entry.triggered.connect(
                lambda _, section_id=section.id: self.section_picked.emit(section_id)
            )
        menu.addSeparator()
        menu.addAction("（なし）").triggered.connect(lambda: self.section_picked.emit(None))


_UNTOUCHED = "前回のままです"


class PreviousLines(QFrame):
    """Can be read and copied; a button accepts for this year what was carried forward."""

    accepted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("previous_lines")
        self._name = plain.Label()
        self._name.setObjectName("previous_round")
        self._text = plain.rich_label()
        self._text.setObjectName("previous_text")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        for label in (self._name, self._text):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._accept = QPushButton("このままで確認")
        self._accept.setObjectName("accept")
        self._accept.setAutoDefault(False)
        self._accept.setToolTip("引き継いだ内容が今年もそのとおりであることを記録します（Ctrl+K）")
        self._accept.clicked.connect(self.accepted)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._name)
        column.addWidget(self._text)
        column.addWidget(self._accept, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_previous(self, outline: Outline, action_id: int, *, editable: bool) -> None:
        """Show what was said of the action; nothing is shown where nothing was."""
        markup = "<br>".join(_previous_markup(outline, outline.previous, action_id))
        self.setVisible(bool(markup))
        if not markup or outline.previous is None:
            return
        carried = outline.is_carried(action_id)
        state = f"　{_UNTOUCHED}" if carried else ""
        self._name.setText(f"前回：{outline.previous.round.name}{state}")
        self._text.setText(markup)
        self._accept.setVisible(carried)
        self._accept.setEnabled(editable)


def _previous_markup(outline: Outline, record: Record | None, action_id: int) -> Iterator[str]:
    """Yield the lines of an earlier round, then its 今後の方向性 and the rest, as rich text."""
    if record is None:
        return
    origins = predecessors.origins_of(outline, action_id)
    for line in predecessors.lines_in(record, action_id, origins):
        yield _line(outline, line)
    outlook = predecessors.outlook_in(record, action_id, origins)
    if outlook is None:
        return
    if outlook.direction_id is not None or outlook.text:
        yield _outlook(outline, outlook)
    for field in action_fields.taking_part(
        action_fields.Use.COMPARISON, action_fields.Scope.ROUND
    ):
        text = field.type.format(field.of_outlook(outlook), outline)
        if text:
            yield escape(f"{field.label}：{text}").replace("\n", "<br>")


def _line(outline: Outline, line: Progress) -> str:
    status = outline.statuses.get(line.status_id or 0)
    mark = f"<b>{escape(status.mark)}</b> " if status else ""
    words = line.text or (status.word.removeprefix(status.mark).strip() if status else "")
    return mark + escape(words).replace("\n", "<br>")


def _outlook(outline: Outline, outlook: Outlook) -> str:
    direction = outline.directions.get(outlook.direction_id or 0)
    label = f"【{escape(direction.label)}】" if direction else ""
    return f"今後：{label}{escape(outlook.text)}".replace("\n", "<br>")
