"""今回 and 前回 of one action, line by line beside each other."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kyodo_desktop.domain import action_fields, predecessors, terms
from kyodo_desktop.services import details, progress
from kyodo_desktop.ui.editor import choices
from kyodo_desktop.ui.editor.beside import Beside
from kyodo_desktop.ui.editor.editing import LiveText
from kyodo_desktop.ui.editor.progress_lines import ProgressLines
from kyodo_desktop.ui.widgets import forms, inputs, plain, theme
from kyodo_desktop.ui.widgets.segments import StatusLabel, StatusSegments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline, Record
    from kyodo_desktop.domain.plan import Outlook, Progress
    from kyodo_desktop.ui.editor.editing import Editing

_NO_ROUND = "調査がありません。メニューの「調査」で調査を始めると、状態と進捗状況を記入できます。"
_NO_PREVIOUS = "前回はありません。"
_DIRECTION, _INSET, _ABOVE, _BUTTON = 128, 8, 8, 32


class ThisRound(QWidget):
    """What is said of an action in the round that is shown, and what was said before."""

    tables = frozenset(
        (
            *("progress", "outlook", "status", "direction", "round", "section", "action"),
            *("succession", "term"),
        )
    )
    """What a change must be of to be seen here."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("this_round")
        self._editing = editing
        self._action_id = 0
        self._heading = _Heading()
        self._statuses = StatusSegments()
        self._statuses.picked.connect(self._give_status)
        self._beside = Beside()
        self._lines = ProgressLines(editing, self._beside)
        self._lines.changed.connect(self._lay_out_rows)
        self._direction = inputs.ChoiceBox()
        self._outlook = LiveText(
            inputs.GrowingText(lines=2), editing, details.save_typed(action_fields.OUTLOOK)
        )
        self._previous = _Previous(self._beside)
        self._notice = forms.roled(plain.Label(), "secondary")
        self._notice.setObjectName("round_notice")
        self._notice.setWordWrap(True)
        self._captions = [forms.roled(plain.Label(each), "caption") for each in _CAPTIONS]
        self._make_direction()
        self._lay_out()

    @property
    def entry(self) -> QWidget:
        """Where typing begins: the text of the first line."""
        return self._lines.entry

    def pick_status(self, key: int) -> None:
        """Give the action the status with this key (from 1)."""
        self._statuses.pick(key)

    def show_action(self, outline: Outline, action_id: int) -> None:
        """Show an action as it is now."""
        self._action_id = action_id
        shown, is_open = outline.round, self._editing.is_round_open
        self._beside.setVisible(shown is not None)
        self._show_notice(outline, action_id)
        if shown is None:
            return
        self._heading.show_state(outline, action_id)
        status = outline.status(action_id)
        self._statuses.offer(tuple(outline.statuses.values()))
        self._statuses.show_status(status.id if status else None)
        self._statuses.set_editable(is_open)
        self._show_outlook(outline, action_id)
        self._previous.show_action(outline, action_id)
        self._lines.show_lines(action_id, outline.lines.get(action_id, ()))
        self._previous.share(len(self._lines.rows))
        self._lay_out_rows()
        self._allow(is_open=is_open)

    def _show_notice(self, outline: Outline, action_id: int) -> None:
        term_id = outline.actions[action_id].term_id
        text = _NO_ROUND if outline.round is None else terms.outside_the_round(outline, term_id)
        if text != self._notice.text():
            self._notice.setText(text)
        self._notice.setVisible(bool(text))

    def _show_outlook(self, outline: Outline, action_id: int) -> None:
        direction = action_fields.DIRECTION.of(outline, action_id)
        self._direction.offer(choices.values_of(action_fields.DIRECTION, outline, direction))
        self._direction.show_value(direction)
        self._outlook.show_text(action_id, action_fields.OUTLOOK.of(outline, action_id))

    def _allow(self, *, is_open: bool) -> None:
        """Let be edited what may be; the rest can be read and copied."""
        self._direction.lock(not is_open)
        self._outlook.field.setReadOnly(not is_open)

    def _give_status(self, status_id: int) -> None:
        self._editing.do(progress.set_status, [self._action_id], status_id)
        # The click has toggled the segment, whether or not there was anything to change.
        status = self._editing.outline.status(self._action_id)
        self._statuses.show_status(status.id if status else None)

    def _give_direction(self, value: object) -> None:
        given = self._editing.do(
            details.set_value, [self._action_id], action_fields.DIRECTION, value
        )
        if not given:
            self._show_outlook(self._editing.outline, self._action_id)

    def _make_direction(self) -> None:
        self._direction.setObjectName("direction")
        self._direction.setAccessibleName(action_fields.DIRECTION.label)
        self._direction.picked.connect(self._give_direction)
        self._direction.setMaximumWidth(theme.px(_DIRECTION))
        self._direction.setFixedHeight(theme.px(_BUTTON))
        self._outlook.field.setObjectName("outlook_text")
        self._outlook.field.setAccessibleName("今後の方向性の説明")
        self._words = QWidget()
        row = QHBoxLayout(self._words)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self._direction, 0, Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self._outlook.field)
        text.addWidget(self._outlook.error)
        row.addLayout(text, 1)

    def _lay_out(self) -> None:
        self._captions[0].setContentsMargins(0, theme.px(8), 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self._notice)
        column.addWidget(self._beside)
        self._lay_out_rows()
        forms.follow_in_tab_order(
            self._statuses.parts[0],
            [
                *(*self._statuses.parts[1:], *self._lines.parts),
                *(self._direction, self._outlook.field),
            ],
        )

    def _lay_out_rows(self) -> None:
        rows, cells = self._lines.rows, self._previous.cells(len(self._lines.rows))
        foot = self._lines.foot, (cells[0] if cells and not rows else None)
        self._beside.show_rows(
            [
                (self._heading, self._previous.heading),
                (self._statuses, self._previous.status),
                (self._captions[0], None),
                *zip(rows, cells, strict=False),
                foot,
                (self._captions[1], None),
                (self._words, self._previous.outlook),
            ]
        )


_CAPTIONS = action_fields.PROGRESS.label, action_fields.DIRECTION.label


class _Heading(QWidget):
    """Says which round is shown, and whether what is said in it was confirmed and changed."""

    def __init__(self) -> None:
        super().__init__()
        self._name = forms.roled(plain.ElidedLabel(), "block")
        self._name.setObjectName("this_round_name")
        self._dot = forms.roled(plain.Label("●"), "dot")
        self._state = forms.roled(plain.Label(), "secondary")
        self._state.setObjectName("round_state")
        self.setFixedHeight(theme.px(28))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._name, 1)
        row.addWidget(self._dot)
        row.addWidget(self._state)

    def show_state(self, outline: Outline, action_id: int) -> None:
        """Show what is known of an action in the round."""
        assert outline.round is not None
        self._name.setText(f"今回　{outline.round.name}")
        state = state_of(outline, action_id)
        self._dot.setVisible(state.is_unconfirmed)
        self._state.setText(state.text)
        self._state.setToolTip(plain.tip(state.hint))


class StateWords(NamedTuple):
    """How far an action is in a round, in words."""

    text: str
    is_unconfirmed: bool
    hint: str = ""


def state_of(outline: Outline, action_id: int) -> StateWords:
    """Return whether an action is confirmed in the round, and differs from the one before.

    Where only a part of it still stands as before, that part is named.
    """
    if outline.status(action_id) is None and not outline.lines.get(action_id):
        return StateWords("未記入", is_unconfirmed=False)
    unconfirmed = outline.is_carried(action_id)
    if unconfirmed and (rest := _unconfirmed_part(outline, action_id)):
        hint = f"{rest}は、前回のままで未確認です。直すか、確認すると、確認済になります。"
        return StateWords(f"未確認（{rest}）", is_unconfirmed=True, hint=hint)
    words = ["未確認" if unconfirmed else "確認済"]
    if outline.previous is not None:
        is_changed = predecessors.differs_from_previous(outline, action_id)
        words.append("変更あり" if is_changed else "前回のまま")
    return StateWords("　".join(words), is_unconfirmed=unconfirmed)


def _unconfirmed_part(outline: Outline, action_id: int) -> str:
    """Return what alone is not confirmed yet; nothing where all is, or none of it."""
    lines, outlook = outline.lines.get(action_id, ()), outline.outlooks.get(action_id)
    is_line_left = any(line.carried for line in lines)
    is_outlook_left = outlook is not None and bool(outlook.carried)
    if is_outlook_left and lines and not is_line_left:
        return action_fields.DIRECTION.label
    if is_line_left and not is_outlook_left and (outlook or not all(e.carried for e in lines)):
        return action_fields.PROGRESS.label
    return ""


class _Previous:
    """The parts that say what was said of an action in the round before."""

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self.heading = forms.roled(plain.Label(), "secondary")
        self.heading.setObjectName("previous_round")
        self.heading.setMinimumHeight(theme.px(28))
        self.heading.setContentsMargins(theme.px(_INSET), 0, theme.px(_INSET), 0)
        self.heading.setWordWrap(True)
        self.status = StatusLabel()
        self.status.setObjectName("previous_status")
        self.status.setContentsMargins(theme.px(_INSET), 0, 0, 0)
        self.outlook = _cell("previous_outlook")
        self._cells: list[plain.Label] = []
        self._texts: list[str] = []

    def show_action(self, outline: Outline, action_id: int) -> None:
        """Show what was said of an action."""
        record = outline.previous
        self.heading.setText(f"前回　{record.round.name}" if record else _NO_PREVIOUS)
        self.status.setVisible(record is not None)
        self._texts = []
        self.outlook.setText("")
        if record is not None:
            origins = predecessors.origins_of(outline, action_id)
            lines = predecessors.lines_in(record, action_id, origins)
            self.status.show_status(outline.status_of(lines))
            self._texts = [_line(outline, line, is_only=len(lines) == 1) for line in lines]
            self.outlook.setText("<br>".join(_outlook(outline, record, action_id, origins)))

    def cells(self, count: int) -> list[plain.Label]:
        """Return a part for each of so many lines, at least one."""
        count = max(1, count)
        while len(self._cells) < count:
            cell = _cell(f"previous_text_{len(self._cells) + 1}")
            cell.setParent(self._page)
            self._cells.append(cell)
        for place, cell in enumerate(self._cells):
            cell.setVisible(place < count)
        return self._cells[:count]

    def share(self, count: int) -> None:
        """Write the lines into so many parts; the last one has all that are left."""
        cells = self.cells(count)
        last = len(cells) - 1
        for place, cell in enumerate(cells):
            texts = self._texts[place:] if place == last else self._texts[place : place + 1]
            if (text := "<br>".join(texts)) != cell.text():
                cell.setText(text)


def _cell(name: str) -> plain.Label:
    label = plain.rich_label()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setContentsMargins(theme.px(_INSET), theme.px(_ABOVE), theme.px(_INSET), theme.px(4))
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _line(outline: Outline, line: Progress, *, is_only: bool) -> str:
    """Return a line as rich text, with its mark unless that stands above it."""
    status = outline.statuses.get(line.status_id or 0)
    mark = f"<b>{escape(status.mark)}</b> " if status and not is_only else ""
    return mark + escape(line.text).replace("\n", "<br>")


def _outlook(
    outline: Outline, record: Record, action_id: int, origins: Sequence[int]
) -> Iterator[str]:
    """Yield 今後の方向性 of a round and the further fields of it, as rich text."""
    outlook = predecessors.outlook_in(record, action_id, origins)
    if outlook is None:
        return
    if words := _direction(outline, outlook):
        yield words
    for field in action_fields.taking_part(
        action_fields.Use.COMPARISON, action_fields.Scope.ROUND
    ):
        if text := field.type.format(field.of_outlook(outlook), outline):
            yield escape(f"{field.label}：{text}").replace("\n", "<br>")


def _direction(outline: Outline, outlook: Outlook) -> str:
    direction = outline.directions.get(outlook.direction_id or 0)
    words = [direction.label] if direction else []
    words += [outlook.text] if outlook.text else []
    return escape("　".join(words)).replace("\n", "<br>")
