"""Shows two actions side by side, and asks what the one says that they become."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from kyodo_desktop.domain import action_fields, field_types
from kyodo_desktop.domain.comparing.text_diff import Pieces, Whole, diff_pieces
from kyodo_desktop.services.joining import JOINED_FIELDS, JoinedLine, JoinedTexts, texts_of
from kyodo_desktop.ui.comparing.changes import inks_on, segments_markup
from kyodo_desktop.ui.editor.choices import is_picked, values_of
from kyodo_desktop.ui.widgets import forms, inputs, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyodo_desktop.domain.outline import Outline

    _Texts = tuple[Pieces, Pieces]


_EXPLANATION = (
    "左右の違うところに下線を引いています。右の欄が、まとめたあとの内容です（書き換えられます）。"
    "担当課（選んだ主担当のほかは関係課）・主体・基本原則・先に終える実行計画は両方を合わせます。確定済みの調査の記録は、どちらもそのまま残ります。"
)
_COLUMNS = ("", "1つ目", "2つ目", "まとめたあと")
_TEXT_LINES = 2
_FURTHER = tuple(
    field
    for field in JOINED_FIELDS
    if field
    not in (
        action_fields.TITLE,
        action_fields.DIRECTION,
        action_fields.OUTLOOK,
        action_fields.DUE,
        action_fields.START,
        action_fields.DESCRIPTION,
        action_fields.NOTE,
    )
)
"""The fields without a place of their own."""


class _Sides(NamedTuple):
    left: JoinedTexts
    right: JoinedTexts


class JoinDialog(forms.FormDialog):
    """Gives the texts of the joined action; the first action is the one that is kept."""

    def __init__(
        self, outline: Outline, kept_id: int, gone_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__("重複をまとめる（再掲にする）", parent, done="まとめる(&J)")
        self._outline = outline
        self._sides = _Sides(texts_of(outline, kept_id), texts_of(outline, gone_id))
        self._inks = inks_on(self.palette().base().color())
        self._grid = QGridLayout()
        for column, title in enumerate(_COLUMNS):
            self._grid.addWidget(plain.rich_label(f"<b>{title}</b>"), 0, column)
            self._grid.setColumnStretch(column, (0, 3, 3, 4)[column])
        left, right = self._sides
        self._editors = {field: self._editor(field) for field in JOINED_FIELDS}
        self._lines = JoinedLines(outline, left.lines or right.lines)
        self._leads = self._leads_box(left.leads, right.leads)
        self._add("掲載", _chosen(_place(outline, kept_id), _place(outline, gone_id)))
        self._fill(left, right)
        explanation = plain.Label(_EXPLANATION)
        explanation.setWordWrap(True)
        self.content.addWidget(explanation)
        self.content.addWidget(_scrolling(self._grid), 1)
        self.resize(1000, 560)

    @property
    def texts(self) -> JoinedTexts:
        """What was chosen and written; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    def read(self) -> JoinedTexts:
        return JoinedTexts(
            values={field: self._typed(field) for field in JOINED_FIELDS},
            lines=self._lines.lines,
            leads=cast("tuple[int, ...]", self._leads.value()),
        )

    def _fill(self, left: JoinedTexts, right: JoinedTexts) -> None:
        """Add a row for each field; where the two differ, buttons take one of them over."""
        lines = self._lines
        self._add_field(action_fields.TITLE)
        self._add(
            "進捗状況",
            (self._line_pieces(left), self._line_pieces(right)),
            lines,
            lambda side: lines.put(side.lines),
            both=lambda: lines.put((*left.lines, *right.lines)),
        )
        self._add_field(action_fields.DIRECTION)
        self._add_field(action_fields.OUTLOOK, "今後の方向性の説明")
        self._add_field(action_fields.DUE)
        self._add_field(action_fields.START)
        if self._leads.count() > 1:
            names = _chosen(self._names(left.leads), self._names(right.leads))
            self._add("主担当", names, self._leads)
        for field in (action_fields.DESCRIPTION, action_fields.NOTE, *_FURTHER):
            self._add_field(field)

    def _add_field(self, field: action_fields.Field[Any], label: str = "") -> None:
        values = [side.values[field] for side in self._sides]
        if field.type.is_running_text:
            texts: _Texts = (values[0],), (values[1],)
        else:
            left, right = (field.type.format(value, self._outline) for value in values)
            texts = _chosen(left, right)
        self._add(
            label or field.label,
            texts,
            self._editors[field],
            lambda side: self._put(field, side.values[field]),
        )

    def _editor(self, field: action_fields.Field[Any]) -> QWidget:
        """Return what the value is chosen or typed in; it begins with what one of the two says."""
        left, right = (side.values[field] for side in self._sides)
        value = right if left == field.type.empty else left
        name = f"joined_{field.name}"
        if is_picked(field):
            box = inputs.ChoiceBox()
            box.setObjectName(name)
            box.offer(values_of(field, self._outline, value))
            box.show_value(value)
            return box
        if field is not action_fields.TITLE and field.type.is_running_text:
            return _text(value, name)
        return forms.line_edit(self._shown(field, value), name)

    def _put(self, field: action_fields.Field[Any], value: Any) -> None:
        editor = self._editors[field]
        if isinstance(editor, inputs.ChoiceBox):
            editor.show_value(value)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(value)
        else:
            assert isinstance(editor, QLineEdit)
            editor.setText(self._shown(field, value))

    def _typed(self, field: action_fields.Field[Any]) -> Any:
        """Return the value that is chosen or typed. Raises InvalidInputError."""
        editor = self._editors[field]
        if isinstance(editor, inputs.ChoiceBox):
            value = editor.value()
            return field.type.empty if value is None else value
        if isinstance(editor, QPlainTextEdit):
            typed = editor.toPlainText()
        else:
            assert isinstance(editor, QLineEdit)
            typed = editor.text()
        return field.type.parse(typed, field_types.OutlineNames(self._outline), field.label)

    def _shown(self, field: action_fields.Field[Any], value: Any) -> str:
        """Return a value as it is typed."""
        return value if field.type.is_running_text else field.type.format(value, self._outline)

    def _add(
        self,
        label: str,
        texts: _Texts,
        result: QWidget | None = None,
        take: Callable[[JoinedTexts], object] | None = None,
        *,
        both: Callable[[], object] | None = None,
    ) -> None:
        row = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(plain.Label(label), row, 0, top)
        for column, segments in enumerate(diff_pieces(*texts), start=1):
            shown = plain.rich_label(
                segments_markup(segments, self._inks.new) if any(segments) else "―"
            )
            shown.setWordWrap(True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(shown, row, column, top)
        if result is not None:
            self._grid.addWidget(result, row, 3)
        if take is None or texts[0] == texts[1]:
            return
        for column, side in enumerate(self._sides, start=1):
            text = f"{_COLUMNS[column]}を使う"
            button = forms.push_button(text, f"take_{column}_{label}")
            button.clicked.connect(lambda _checked, side=side: take(side))
            self._grid.addWidget(button, row + 1, column, top | Qt.AlignmentFlag.AlignLeft)
        if both is not None:
            button = forms.push_button("両方を並べる", "take_both")
            button.clicked.connect(lambda _checked: both())
            self._grid.addWidget(button, row + 1, 3, top | Qt.AlignmentFlag.AlignLeft)

    def _line_pieces(self, side: JoinedTexts) -> Pieces:
        marks = {each.id: each.mark for each in self._outline.statuses.values()}
        sections, pieces = self._outline.sections, list[str]()
        for each in side.lines:
            mark = Whole(marks.get(each.status_id or 0, ""))
            section = f"（{sections[each.section_id].name}）" if each.section_id else ""
            pieces += ("\n" if pieces else "", mark, " ", each.text, Whole(section))
        return tuple(pieces)

    def _leads_box(self, left: tuple[int, ...], right: tuple[int, ...]) -> inputs.ChoiceBox:
        """Offer who is to lead where the two have other leads: one's, the other's, or all."""
        box = inputs.ChoiceBox()
        box.setObjectName("joined_leads")
        box.setAccessibleName("主担当")
        offered = [each for each in (left, right) if each] or [left]
        if len(offered) > 1 and set(left) != set(right):
            offered.append(tuple(dict.fromkeys((*left, *right))))
        else:
            offered = offered[:1]
        box.offer([(each, self._names(each)) for each in dict.fromkeys(offered)])
        return box

    def _names(self, section_ids: tuple[int, ...]) -> str:
        return "、".join(self._outline.sections[each].name for each in section_ids)


def _chosen(left: str, right: str) -> _Texts:
    """Return two values that differ as wholes or not at all."""
    return (Whole(left),), (Whole(right),)


def _place(outline: Outline, action_id: int) -> str:
    """Return where an action stands first."""
    node = outline.home(action_id)
    above = list(outline.ancestors(node))[:-1]
    return " › ".join([*(outline.label(each) for each in reversed(above)), outline.number(node)])


def _text(text: str, name: str) -> QPlainTextEdit:
    edit = QPlainTextEdit(text)
    edit.setObjectName(name)
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(_TEXT_LINES * edit.fontMetrics().lineSpacing() + 14)
    return edit


def _scrolling(grid: QGridLayout) -> QWidget:
    grid.setHorizontalSpacing(14)
    grid.setRowStretch(grid.rowCount(), 1)
    page, area = QWidget(), QScrollArea()
    page.setLayout(grid)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    return area


_LINES_HIGH = 2


class JoinedLines(QWidget):
    """One row a line: its mark and its text, both to be changed at will."""

    def __init__(self, outline: Outline, lines: Sequence[JoinedLine]) -> None:
        super().__init__()
        self.setObjectName("joined_lines")
        self._outline = outline
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._rows: list[tuple[QComboBox, QPlainTextEdit, JoinedLine]] = []
        self.put(lines)

    @property
    def lines(self) -> tuple[JoinedLine, ...]:
        """The lines as they are typed; one without mark and text is left out."""
        found = (
            line._replace(status_id=box.currentData(), text=edit.toPlainText().strip())
            for box, edit, line in self._rows
        )
        return tuple(line for line in found if line.text or line.status_id is not None)

    def put(self, lines: Sequence[JoinedLine]) -> None:
        """Show other lines."""
        for box, edit, _ in self._rows:
            for widget in (box, edit):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        shown = lines or [JoinedLine(None, "", None)]  # one to write into
        self._rows = [self._row(place, line) for place, line in enumerate(shown)]

    def _row(self, place: int, line: JoinedLine) -> tuple[QComboBox, QPlainTextEdit, JoinedLine]:
        box = inputs.ListBox()
        box.setObjectName(f"joined_mark_{place + 1}")
        box.setAccessibleName(f"{place + 1}行目の状態")
        box.addItem("（なし）", None)
        for status in self._outline.statuses.values():
            box.addItem(status.word, status.id)
        box.setCurrentIndex(box.findData(line.status_id))
        edit = QPlainTextEdit(line.text)
        edit.setObjectName(f"joined_line_{place + 1}")
        edit.setAccessibleName(f"進捗状況 {place + 1}行目")
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(_LINES_HIGH * edit.fontMetrics().lineSpacing() + 14)
        self._grid.addWidget(box, place, 0)
        self._grid.addWidget(edit, place, 1)
        self._grid.setColumnStretch(1, 1)
        return box, edit, line
