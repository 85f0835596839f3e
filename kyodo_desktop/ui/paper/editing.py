"""A cell of 紙面 while it is typed into: what is saved, refused, given up, and what follows."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from kyodo_desktop.domain import action_fields, errors, predecessors
from kyodo_desktop.domain.inputs import TypedText, Unsaved
from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.services import details, progress, rounds, structure
from kyodo_desktop.services.rows import open_round_id
from kyodo_desktop.services.typing_journal import text_at
from kyodo_desktop.ui.editor.editing import Editing, LiveText
from kyodo_desktop.ui.paper import cells
from kyodo_desktop.ui.paper.cell_box import CellBox, CellKind, CellStrip
from kyodo_desktop.ui.paper.cells import COLUMNS, PaperColumn
from kyodo_desktop.ui.widgets import inputs, theme

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Progress
    from kyodo_desktop.services.details import SaveText
    from kyodo_desktop.services.workspace import Workspace
    from kyodo_desktop.ui.paper.view import PaperView

_DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
_WAYS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CTRL, _ALT, _NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
_STRIP, _BORDER = 392, 2


_SAVE: dict[CellKind, SaveText] = {
    CellKind.NAME: structure.rename,
    CellKind.LINE: progress.set_line_text,
    CellKind.FIRST_LINE: progress.set_first_line,
    CellKind.OUTLOOK: details.save_typed(action_fields.OUTLOOK),
}


class PaperCell(NamedTuple):
    """A place to type: a node, the column of the table, and which line of progress."""

    node: int
    column: int
    part: int = 0


class CellText(NamedTuple):
    """What stands in a place to type: its kind, the row of the plan, and the text."""

    kind: CellKind
    row_id: int
    text: str


class PaperEditor(QObject):
    """Lets one cell be typed into at a time. What is refused stays there, as in the editor."""

    failed = Signal(str)
    failed_for_now = Signal(str, object)  # and what tries again
    saving = Signal()

    def __init__(self, view: PaperView, workspace: Workspace) -> None:
        super().__init__(view)
        self._view = view
        self._editing = Editing(workspace, self)
        self._editing.failed.connect(self.failed)
        self._editing.failed_for_now.connect(self.failed_for_now)
        self._editing.saving.connect(self.saving)
        self._cell: PaperCell | None = None
        self._kind = CellKind.NAME
        self._original = ""
        self._round: int | None = None  # in which is typed
        self._row_id = 0
        self._left: TypedText | None = None  # typed for a round that is not shown any more
        self._has_focus_later = False  # while the first word is composed
        view.moved.connect(self._place)
        theme.notifier().changed.connect(self._show)

    @property
    def cell(self) -> PaperCell | None:
        """Where is typed now."""
        return self._cell

    @property
    def field(self) -> inputs.GrowingText | None:
        """What is typed into."""
        return None if self._cell is None else self._box.field(self._kind)

    @property
    def room(self) -> QRect:
        """What is covered while a cell is typed into."""
        if self._cell is None:
            return QRect()
        return self._box.geometry().united(self._strip.geometry())

    @property
    def has_refused(self) -> bool:
        """Whether something typed could not be saved."""
        return self._cell is not None and bool(self._live(self._kind).error.text())

    # Beginning and ending

    def begin(self, cell: PaperCell, *, typed: str | None = None, focus: bool = True) -> bool:
        """Let a cell be typed into; what was typed elsewhere is saved before.

        With `typed` that takes the place of the text. False, and `failed`, where it cannot be.
        """
        found = self._text_at(cell)
        if found is None or not self.close():
            return False
        refusal = self._refusal(found.kind)
        if refusal:
            self.failed.emit(refusal)
            return False
        self._cell, self._kind, self._original = cell, found.kind, found.text
        self._round, self._row_id = self._round_id(), found.row_id
        live, field = self._live(found.kind), self._box.field(found.kind)
        live.show_text(found.row_id, found.text)
        self._view.input_field = field
        self._show()
        if typed is not None:
            field.retype(typed)
        else:
            field.selectAll()
        self._has_focus_later = not focus
        if focus:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def close(self) -> bool:
        """Save what is typed and end it; False where that is refused."""
        if self._cell is None:
            return True
        if not self.commit():
            return False
        self._leave()
        return True

    def end(self) -> None:
        """Let go of the plan; what could not be saved is not shown any more."""
        self._cell = self._view.input_field = None
        for name in ("_box", "_strip"):
            if name in self.__dict__:
                getattr(self, name).hide()
                getattr(self, name).deleteLater()
        self.deleteLater()

    def cancel(self) -> None:
        """Give the cell the text back that it had."""
        field = self.field
        if field is None or self._cell is None:
            return
        found = self._text_at(self._cell)
        field.retype(self._original if found is None else found.text)
        is_saved = found is not None and found.text != self._original
        if is_saved and self._is_the_last_step():
            self._editing.do(type(self._editing.workspace).undo)
        elif is_saved:
            field.retype(self._original)
        if self.commit():
            self._leave()
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_the_last_step(self) -> bool:
        """Tell whether undo would bring the text back as it was, and do nothing else."""
        step = self._editing.workspace.next_undo
        if step is None or len(step.rows) != 1:
            return False
        before = step.rows[0].before
        return not self._original if before is None else self._original in before.values()

    def commit(self) -> bool:
        """Save what is typed; it may go on."""
        if self._cell is None:
            return self._editing.save_drafts()
        return self._editing.commit()

    def unsaved(self) -> list[Unsaved]:
        """Return what is typed and not saved."""
        left = [] if self._left is None else [Unsaved(self._left, is_invalid=False)]
        return [*left, *self._editing.unsaved()]

    def refresh(self) -> None:
        """Show what an edit made of the cell that is typed into; one that is gone is closed."""
        if self._cell is None:
            return
        found = self._text_at(self._cell)
        if self._kind is not CellKind.NAME and self._round_id() != self._round:
            self._leave_behind()
            return
        if found is None or found.kind is not self._kind:
            self._leave()
            return
        self._live(found.kind).show_text(found.row_id, found.text)
        self._show()

    def _leave_behind(self) -> None:
        """Let the journal keep what is typed for a round that is not shown any more."""
        outline, live, field = self._editing.outline, self._live(self._kind), self.field
        if field is not None and live.unsaved() is not None and self._round in outline.rounds:
            self._left = text_at(
                replace(outline, round=outline.rounds[self._round]),
                _SAVE[self._kind],
                self._row_id,
                field.typed(),
                self._editing.typed_at(),
                before=self._original,
            )
        live.show_text(0, "")
        self._editing.drafts.clear()
        self._leave()

    def take_focus(self) -> None:
        """Bring the focus to what is typed."""
        if self.field is not None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent):
            key = self._key(event)
            if key is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if key is not None and event.type() == QEvent.Type.KeyPress:
                key()
                return True
        elif isinstance(event, QFocusEvent) and event.lostFocus():
            QTimer.singleShot(0, self, self._look_for_focus)
        return super().eventFilter(watched, event)

    def compose(self, event: QInputMethodEvent) -> bool:
        """Take what an input method writes before the cell has the focus, which would end it."""
        if self._cell is None:
            index = self._view.currentIndex()
            if not event.preeditString() and not event.commitString():
                return False
            cell = self.cell_at(index.row(), index.column())
            if cell is None or not self.begin(cell, typed="", focus=False):
                return False
        field = self.field
        assert field is not None
        QApplication.sendEvent(field, event)
        if self._has_focus_later and (event.commitString() or not event.preeditString()):
            self._has_focus_later = False
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # Where

    def cell_at(self, row: int, column: int, place: QPoint | None = None) -> PaperCell | None:
        """Return the place to type in a cell of the table, or at a point in it."""
        table = self._view.table
        if table is None or row < 0 or table.rows[row].is_term:
            return None
        if column < table.levels:
            heading = table.heading(row, column)
            return None if heading is None else PaperCell(heading, column)
        node = table.rows[row].node
        if node is None:
            return None
        if COLUMNS[column - table.levels] is PaperColumn.NUMBER:
            column, place = table.levels + COLUMNS.index(PaperColumn.PROGRESS), None
        rects = self._view.entry_rects(self._view.rows.index(row, column))
        parts = [i for i, rect in enumerate(rects) if place and rect.contains(place)]
        return PaperCell(node, column, parts[0] if parts else 0)

    def _kind_of(self, column: int) -> PaperColumn | None:
        table = self._view.table
        assert table is not None
        return COLUMNS[column - table.levels] if column >= table.levels else None

    def _text_at(self, cell: PaperCell) -> CellText | None:
        outline = self._editing.outline
        if self._view.table is None or not outline.exists(cell.node):
            return None
        column = self._kind_of(cell.column)
        if column in (None, PaperColumn.ACTION):
            return CellText(CellKind.NAME, cell.node, outline.title(cell.node))
        action_id = outline.action_id_at(cell.node)
        if column is PaperColumn.OUTLOOK:
            return CellText(
                CellKind.OUTLOOK, action_id, action_fields.OUTLOOK.of(outline, action_id)
            )
        lines = outline.lines.get(action_id, ())
        if len(lines) > 1:
            line = lines[min(cell.part, len(lines) - 1)]
            return CellText(CellKind.LINE, line.id, line.text)
        return CellText(CellKind.FIRST_LINE, action_id, lines[0].text if lines else "")

    def _round_id(self) -> int | None:
        shown = self._editing.outline.round
        return None if shown is None else shown.id

    def _refusal(self, kind: CellKind) -> str:
        workspace = self._editing.workspace
        if workspace.read_only_because:
            return workspace.read_only_because
        try:
            if kind is not CellKind.NAME:
                open_round_id(workspace.outline)
        except errors.RefusedError as error:
            return error.message
        return ""

    # Keys

    def _key(self, event: QKeyEvent) -> partial[None] | None:
        """Return what a key does while a cell is typed into, if it is one of ours."""
        key = event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == _NONE and key == Qt.Key.Key_Escape:
            return partial(self.cancel)
        if modifiers == _NONE and key == Qt.Key.Key_Tab:
            return partial(self._go, 1)
        if key == Qt.Key.Key_Backtab:
            return partial(self._go, -1)
        if key in _ENTER and (modifiers == _CTRL and self._kind is not CellKind.NAME):
            return partial(self._confirm)
        if key in _ENTER and self._kind is CellKind.NAME:
            return partial(self._finish)
        if modifiers == _CTRL and key in _WAYS and self._kind is not CellKind.NAME:
            return partial(self._go_down, _WAYS[key])
        if modifiers == _ALT and key in _DIGITS:
            return partial(self._pick, key - Qt.Key.Key_0)
        return None

    def _finish(self) -> None:
        if self.close():
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, step: int) -> None:
        """Go on with the next place to type, or the one before."""
        cell = self._cell
        assert cell is not None
        wanted = self._beside(cell, step)
        if not self.close():
            return
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        if wanted is not None:
            self._go_to(wanted)

    def _go_down(self, step: int) -> None:
        """Go on in the same column of the next action, or of the one before."""
        cell = self._cell
        assert cell is not None
        after = self._placement_beside(cell.node, step)
        if after is not None and self.close():
            self._go_to(PaperCell(after, cell.column))

    def _confirm(self) -> None:
        """Say that the action is right as it stands, and go on with the next one."""
        cell, outline = self._cell, self._editing.outline
        assert cell is not None
        if not self.close():
            return
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        action_id = outline.action_id_at(cell.node)
        if self._editing.outline.is_carried(action_id) and not self._editing.do(
            rounds.accept_carried, [action_id]
        ):
            return
        after = self._placement_beside(cell.node, 1)
        if after is not None:
            self._go_to(PaperCell(after, cell.column))

    def _go_to(self, cell: PaperCell) -> None:
        self._view.choose([cell.node], cell.column)
        self.begin(cell)

    def _beside(self, cell: PaperCell, step: int) -> PaperCell | None:
        table = self._view.table
        assert table is not None
        first = table.levels + COLUMNS.index(PaperColumn.PROGRESS)
        last = table.levels + COLUMNS.index(PaperColumn.OUTLOOK)
        if not is_placement(cell.node):
            return None
        part = cell.part + step
        if cell.column == first and 0 <= part < self._count_of_lines(cell.node):
            return cell._replace(part=part)
        if step > 0 and cell.column < last:
            return PaperCell(cell.node, first if cell.column < first else last)
        if step < 0 and cell.column > first - 1:
            column = cell.column - 1
            parts = self._count_of_lines(cell.node) if column == first else 1
            return PaperCell(cell.node, column, max(parts - 1, 0))
        node = self._placement_beside(cell.node, step)
        return None if node is None else PaperCell(node, first if step > 0 else last)

    def _count_of_lines(self, node: int) -> int:
        outline = self._editing.outline
        return len(outline.lines.get(outline.action_id_at(node), ()))

    def _placement_beside(self, node: int, step: int) -> int | None:
        table, row = self._view.table, self._view.row_of(node)
        assert table is not None
        while row is not None and 0 <= row + step < len(table):
            row += step
            found = table.rows[row].node
            if found is not None and not table.rows[row].is_term:
                return found
        return None

    # Status and direction

    def is_of_outlooks(self, column: int) -> bool:
        """Tell whether a column is that of the directions."""
        return self._kind_of(column) is PaperColumn.OUTLOOK

    def give_direction(self, action_ids: list[int], key: int) -> None:
        """Give actions the direction of a key, if there is one."""
        directions = list(self._editing.outline.directions)[key - 1 : key]
        for each in directions:
            self._editing.do(details.set_value, action_ids, action_fields.DIRECTION, each)

    def _pick(self, key: int) -> None:
        """Do as the key of a direction says, in its column, else as that of a status says."""
        assert self._cell is not None
        outline, node = self._editing.outline, self._cell.node
        if self._kind is CellKind.OUTLOOK:
            if self.commit():
                self.give_direction([outline.action_id_at(node)], key)
            self.take_focus()
        elif is_placement(node) and key <= len(outline.statuses):
            self._give_status(list(outline.statuses)[key - 1])

    def _give_status(self, status_id: int) -> None:
        assert self._cell is not None
        outline = self._editing.outline
        action_id = outline.action_id_at(self._cell.node)
        if self.commit():
            if self._kind is CellKind.LINE:
                line = outline.lines[action_id][self._cell.part]
                self._editing.do(progress.set_line_status, line.id, status_id)
            else:
                self._editing.do(progress.set_status, [action_id], status_id)
        self.take_focus()

    def _give_direction(self, direction_id: object) -> None:
        assert self._cell is not None
        action_id = self._editing.outline.action_id_at(self._cell.node)
        if self.commit():
            self._editing.do(details.set_value, [action_id], action_fields.DIRECTION, direction_id)
        self.take_focus()

    # What is shown

    @cached_property
    def _box(self) -> CellBox:
        box = CellBox(self._view.viewport())
        for kind in CellKind:
            field = box.field(kind)
            field.installEventFilter(self)
            field.textChanged.connect(self._place)
        return box

    @cached_property
    def _strip(self) -> CellStrip:
        strip = CellStrip(self._view.viewport())
        strip.statuses.picked.connect(self._give_status)
        strip.direction.picked.connect(self._give_direction)
        strip.take_errors({kind: live.error for kind, live in self._lives.items()})
        return strip

    @cached_property
    def _lives(self) -> dict[CellKind, LiveText]:
        lives = {
            kind: LiveText(self._box.field(kind), self._editing, save)
            for kind, save in _SAVE.items()
        }
        for live in lives.values():
            live.error.changed.connect(self._place)
        return lives

    def _live(self, kind: CellKind) -> LiveText:
        return self._lives[kind]

    def _show(self) -> None:
        if self._cell is None:
            return
        outline, column = self._editing.outline, self._kind_of(self._cell.column)
        names = self._view.texts.column_names() if self._view.texts else []
        self._box.show_kind(self._kind, names[self._cell.column] if names else "")
        if column is PaperColumn.PROGRESS:
            self._show_line(outline)
        elif column is PaperColumn.OUTLOOK:
            self._show_outlook(outline)
        else:
            self._strip.show_keys_of_names()
        self._strip.show_error_of(self._kind)
        self._place()

    def _show_line(self, outline: Outline) -> None:
        assert self._cell is not None
        action_id, part = outline.action_id_at(self._cell.node), self._cell.part
        line = _nth(outline.lines.get(action_id, ()), part)
        before = _nth(predecessors.lines_before(outline, action_id), part)
        status = None if line is None or line.status_id is None else line.status_id
        self._box.show_badge(outline.statuses.get(status) if status else None)
        last = cells.line_before(outline, before) if before is not None else ""
        self._strip.show_statuses(list(outline.statuses.values()), status, last)

    def _show_outlook(self, outline: Outline) -> None:
        assert self._cell is not None
        action_id = outline.action_id_at(self._cell.node)
        before = cells.outlook_text(outline, predecessors.outlook_before(outline, action_id))
        directions = [(None, inputs.UNDECIDED[1])]
        offered: list[tuple[int | None, str]] = [
            *directions,
            *((each.id, each.label) for each in outline.directions.values()),
        ]
        self._strip.show_directions(
            offered, action_fields.DIRECTION.of(outline, action_id), before
        )

    def _place(self) -> None:
        """Put cell and strip where the row is now."""
        if self._cell is None:
            return
        row = self._view.row_of(self._cell.node)
        if row is None:
            self._box.hide()
            self._strip.hide()
            return
        rects = self._view.entry_rects(self._view.rows.index(row, self._cell.column))
        whole = self._view.cell_rect(self._view.rows.index(row, self._cell.column))
        room = rects[min(self._cell.part, len(rects) - 1)] if len(rects) > 1 else whole
        border = theme.px(_BORDER)
        height = max(room.height(), self._box.needed_height())
        box = QRect(room.left() - 1, room.top() - 1, room.width() + 1, height + border)
        self._box.setGeometry(box)
        self._box.show()
        self._box.raise_()
        self._place_strip(box)

    def _place_strip(self, box: QRect) -> None:
        strip, viewport = self._strip, self._view.viewport().rect()
        width = min(max(theme.px(_STRIP), box.width() - theme.px(8)), viewport.width())
        strip.setFixedWidth(width)
        height = strip.sizeHint().height()
        left = min(box.left() + theme.px(3), viewport.right() - width)
        below, above = box.bottom() + theme.px(2), box.top() - height - theme.px(2)
        fits = below + height <= viewport.bottom() or above < 0
        strip.setGeometry(max(left, 0), below if fits else above, width, height)
        strip.show()
        strip.raise_()

    def _leave(self) -> None:
        had_focus = self.field is not None and self.field.hasFocus()
        live = self._live(self._kind)
        self._cell = None
        self._view.input_field = None
        live.show_text(0, "")  # before the focus goes, which would save
        if had_focus:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._box.hide()
        self._strip.hide()
        self._view.viewport().update()

    def _look_for_focus(self) -> None:
        """End the typing when the focus has gone elsewhere and nothing is refused."""
        focus = QApplication.focusWidget()
        field = self.field
        if field is None or focus is None or focus is field or self._has_focus_later:
            return
        if self._strip.isAncestorOf(focus) or focus.window() is not self._view.window():
            return
        self.close()


def _nth(lines: tuple[Progress, ...], part: int) -> Progress | None:
    return lines[part] if part < len(lines) else None
