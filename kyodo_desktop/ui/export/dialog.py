"""Asks what the workbook shall look like; where it goes, the file dialog asks afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.pages.options import FONTS, LISTING, PARTS, Paper, ReportOptions
from kyodo_desktop.pages.report_columns import REPORT_COLUMNS
from kyodo_desktop.ui.widgets import forms, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


_SHEETS, _COLUMNS = "シート", "列"
_ABREAST = 3

CANCELLED = (
    "Excel出力を取りやめました。ファイルは作っていません。元からあるファイルもそのままです。"
)


class ExportDialog(forms.FormDialog):
    """Takes the options of last time, and gives those for this time."""

    def __init__(
        self,
        options: ReportOptions,
        *,
        open_afterwards: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Excel出力", parent, done="保存先を選んで出力(&S)")
        self._sheets = _boxes({name: name for name in PARTS}, options.parts)
        self._columns = _boxes(
            {name: each.label for name, each in REPORT_COLUMNS.items()}, options.columns
        )
        self._paper = QComboBox()
        self._paper.setObjectName("paper")
        for paper in Paper:
            self._paper.addItem(paper.label, paper)
        self._paper.setCurrentIndex(list(Paper).index(options.paper))
        self._font = QComboBox()
        self._font.setObjectName("font")
        self._font.addItems(list(dict.fromkeys((*FONTS, options.font))))
        self._font.setCurrentText(options.font)
        self._open_afterwards = QCheckBox("出力後に開く(&E)")
        self._open_afterwards.setObjectName("open_afterwards")
        self._open_afterwards.setChecked(open_afterwards)
        self._lay_out()
        self.setMinimumWidth(460)

    @property
    def options(self) -> ReportOptions:
        """What is chosen; raises InvalidInputError until the dialog was accepted."""
        return self.read()

    @property
    def open_afterwards(self) -> bool:
        return self._open_afterwards.isChecked()

    def read(self) -> ReportOptions:
        sheets = tuple(name for name, box in self._sheets.items() if box.isChecked())
        columns = tuple(each for each, box in self._columns.items() if box.isChecked())
        if not sheets:
            raise InvalidInputError(_SHEETS, "を1つ以上選んでください。")
        if not columns:
            raise InvalidInputError(_COLUMNS, "を1つ以上選んでください。")
        paper: Paper = self._paper.currentData()
        return ReportOptions(
            parts=sheets, paper=paper, columns=columns, font=self._font.currentText()
        )

    def _lay_out(self) -> None:
        form = forms.new_form()
        forms.add_row(form, "シート(&T)", forms.FormField(_grid(self._sheets.values()), _SHEETS))
        forms.add_row(form, "用紙(&P)", self._paper)
        columns = forms.FormField(_grid(self._columns.values()), _COLUMNS)
        forms.add_row(form, "進捗状況一覧の列(&C)", columns)
        forms.add_row(form, "フォント(&F)", self._font)
        form.addRow("", self._open_afterwards)
        self.content.addLayout(form)
        table = self._sheets[LISTING]
        columns.setEnabled(table.isChecked())
        table.toggled.connect(columns.setEnabled)


def _boxes(labels: Mapping[str, str], chosen: Collection[str]) -> dict[str, QCheckBox]:
    boxes = {}
    for value, label in labels.items():
        boxes[value] = QCheckBox(label)
        boxes[value].setObjectName(value)
        boxes[value].setChecked(value in chosen)
    return boxes


def _grid(boxes: Iterable[QCheckBox]) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    for place, box in enumerate(boxes):
        grid.addWidget(box, *divmod(place, _ABREAST))
        if place == 0:
            widget.setFocusProxy(box)
    return widget


class ExportFailedDialog(plain.Question):
    """`accepted` means: choose another name."""

    def __init__(self, message: str, parent: QWidget | None = None) -> None:
        super().__init__(
            plain.MessageBox.Icon.Warning, "Excel出力", "出力できませんでした。", message, parent
        )
        self.offer("別の名前で出力(&N)…", "other_name", by_default=True)
