"""新旧対照表: choose what to compare, read it, copy it, and write the reasons."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import errors, reporting
from kyodo_desktop.services import comparing, history_rewind
from kyodo_desktop.ui import asking, messages
from kyodo_desktop.ui.comparing import changes, revision_form
from kyodo_desktop.ui.widgets import forms, plain
from kyodo_desktop.ui.widgets.inputs import ChoiceBox, DayEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.comparing import before_after
    from kyodo_desktop.domain.comparing.text_diff import Segments
    from kyodo_desktop.services.workspace import Workspace


_REVISION, _TERMS, _DAYS = range(3)


class BeforeAfterDialog(forms.StayingDialog):
    """Compares as soon as something else is chosen.

    `export_wanted` comes with the table and the dialog when it is to be written to Excel, and
    `print_wanted` when it is to be printed. Who has done so closes the dialog.
    """

    export_wanted = Signal(object, object)
    print_wanted = Signal(object, object)

    def __init__(
        self, workspace: Workspace, parent: QWidget | None = None, revision_id: int | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("新旧対照表")
        self._workspace = workspace
        self._kind, self._revision = _choice("kind"), _choice("revision")
        self._earlier_term, self._later_term = _choice("earlier_term"), _choice("later_term")
        today = f"{workspace.now():%Y-%m-%d}"
        self._earlier_day = DayEdit(history_rewind.first_day(workspace), "前の日付")
        self._later_day = DayEdit(today, "後の日付")
        self._inputs, self._error = QStackedWidget(), forms.ErrorLine()
        self._view = BeforeAfterView()
        self._shown = reporting.BeforeAfterTable("", ())
        self._export = _button("Excelに出力(&E)…", "export_before_after")
        self._export.clicked.connect(lambda: self.export_wanted.emit(self._shown, self))
        self._print = _button("印刷(&P)…", "print_before_after")
        self._print.clicked.connect(lambda: self.print_wanted.emit(self._shown, self))
        self._offer(revision_id)
        self._lay_out()
        for choice in (self._kind, self._revision, self._earlier_term, self._later_term):
            choice.picked.connect(self._show)
        for edit in (self._earlier_day, self._later_day):
            edit.editingFinished.connect(self._show)
        self._view.reason_requested.connect(self._ask_for_reason)
        self._show()

    def _offer(self, revision_id: int | None) -> None:
        outline = self._workspace.outline
        revisions = [(each.id, each.name) for each in reversed(outline.revisions.values())]
        terms = [(each.id, each.name) for each in outline.terms.values()]
        kinds = [
            *([(_REVISION, "見直し")] if revisions else []),
            *([(_TERMS, "期と期")] if terms[1:] else []),
            (_DAYS, "2つの日付"),
        ]
        self._kind.offer(kinds)
        self._revision.offer(revisions)
        self._revision.show_value(revision_id or (revisions[0][0] if revisions else None))
        for choice, place in ((self._earlier_term, -2), (self._later_term, -1)):
            choice.offer(terms)
            choice.show_value(terms[place:][0][0])

    def _show(self) -> None:
        kind = cast("int", self._kind.value())
        self._inputs.setCurrentIndex(kind)
        self._error.show_error("")
        self._shown = reporting.BeforeAfterTable("", ())
        try:
            with messages.busy(self, "新旧を比べています…"):
                self._shown = self._table(kind)
        except errors.PlanError as error:
            self._error.show_error(error.message)
        for button in (self._export, self._print):
            button.setEnabled(bool(self._shown.groups))
        writable = kind == _REVISION and not self._workspace.read_only_because
        self._view.show_groups(self._shown.groups, writable=writable)

    def _table(self, kind: int) -> reporting.BeforeAfterTable:
        workspace = self._workspace
        if kind == _REVISION:
            revision_id = cast("int", self._revision.value())
            return comparing.before_after_of_revision(workspace, revision_id)
        if kind == _TERMS:
            terms = (cast("int", each.value()) for each in (self._earlier_term, self._later_term))
            return comparing.before_after_of_terms(workspace, *terms)
        return comparing.before_after_of_days(
            workspace, self._earlier_day.day, self._later_day.day
        )

    def _ask_for_reason(self, row: before_after.BeforeAfterRow) -> None:
        dialog = revision_form.ReasonDialog(row.reason, self)
        asking.ask(dialog, lambda: self._set_reason(row, dialog.text))

    def _set_reason(self, row: before_after.BeforeAfterRow, text: str) -> None:
        revision_id = cast("int", self._revision.value())
        place = self._view.verticalScrollBar().value()
        comparing.set_reason(self._workspace, revision_id, row.table, row.row_id, text)
        self._show()
        self._view.verticalScrollBar().setValue(place)

    def _lay_out(self) -> None:
        kind = _row(("比較するもの(&K)", self._kind))
        for page in (
            _row(("見直し(&R)", self._revision)),
            _row(("旧(&B)", self._earlier_term), ("新(&L)", self._later_term)),
            _row(("旧の日付(&B)", self._earlier_day), ("新の日付(&L)", self._later_day)),
        ):
            self._inputs.addWidget(page)
        choices = QHBoxLayout()
        choices.addWidget(kind)
        choices.addWidget(self._inputs, 1)
        copy = _button("コピー(&C)", "copy")
        copy.clicked.connect(self._view.copy_all)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        for button in (copy, self._export, self._print):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(choices)
        column.addWidget(self._error)
        column.addWidget(self._view, 1)
        column.addWidget(buttons)
        self.resize(960, 620)


def _choice(name: str) -> ChoiceBox:
    choice = ChoiceBox()
    choice.setObjectName(name)
    return choice


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text, autoDefault=False)
    button.setObjectName(name)
    return button


def _row(*inputs: tuple[str, QWidget]) -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    for text, widget in inputs:
        caption = plain.Label(text)
        caption.setBuddy(widget)
        row.addWidget(caption)
        row.addWidget(widget)
    row.addStretch(1)
    return page


_HEADINGS = ("新", "旧", "理由")
_NOTHING = "<p>この間に計画の変更はありません。（進捗状況の変更は含みません。）</p>"


class BeforeAfterView(plain.RichView):
    """Where reasons may be written, each row has a link which asks for it."""

    reason_requested = Signal(object)  # a BeforeAfterRow

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("before_after")
        self.setAccessibleName("新旧対照表")
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)
        self._groups: Sequence[before_after.BeforeAfterGroup] = ()
        self._rows: list[before_after.BeforeAfterRow] = []

    def show_groups(
        self, groups: Sequence[before_after.BeforeAfterGroup], *, writable: bool
    ) -> None:
        """Show the table, with links to its reasons where they may be written."""
        self._groups = groups
        self._rows = [row for group in groups for row in group.rows]
        inks = changes.inks_on(self.palette().base().color())
        self.setHtml(_table(groups, inks, writable=writable) if groups else _NOTHING)

    def copy_all(self) -> None:
        """Put the table into the clipboard, for Word and Excel with its underlines."""
        data = QMimeData()
        data.setHtml(
            _table(self._groups, changes.Inks("#000000", "#000000", "#000000", ""), writable=False)
        )
        data.setText("\n".join(_plain(self._groups)))
        QGuiApplication.clipboard().setMimeData(data)

    def _follow(self, link: QUrl) -> None:
        self.reason_requested.emit(self._rows[int(link.toString())])


def _table(
    groups: Sequence[before_after.BeforeAfterGroup], inks: changes.Inks, *, writable: bool
) -> str:
    head = "".join(f'<th width="{width}%">{each}</th>' for each, width in _columns())
    lines, place = [f"<tr>{head}</tr>"], 0
    for group in groups:
        lines.append(f'<tr><td colspan="3"><b>{escape(group.title or "計画全体")}</b></td></tr>')
        for row in group.rows:
            reason = escape(row.reason).replace("\n", "<br>")
            if writable:
                reason += f' <a href="{place}">理由を書く</a>'
            new, old = (
                changes.segments_markup(row.new, inks.new),
                changes.segments_markup(row.old, inks.old),
            )
            lines.append(f"<tr><td>{new}</td><td>{old}</td><td>{reason}</td></tr>")
            place += 1
    style = 'border="1" cellspacing="0" cellpadding="6" width="100%"'
    return f'<table {style} style="border-collapse:collapse">{"".join(lines)}</table>'


def _columns() -> zip[tuple[str, int]]:
    return zip(_HEADINGS, (38, 38, 24), strict=True)


def _plain(groups: Sequence[before_after.BeforeAfterGroup]) -> list[str]:
    lines = ["\t".join(_HEADINGS)]
    for group in groups:
        lines.append(group.title)
        for row in group.rows:
            cells = (_text(row.new), _text(row.old), row.reason)
            lines.append("\t".join(each.replace("\n", " ") for each in cells))
    return lines


def _text(segments: Segments) -> str:
    return "".join(each.text for each in segments)
