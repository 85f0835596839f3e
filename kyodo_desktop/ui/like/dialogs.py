"""Asks into which cells of a table a round goes, and shows what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QRadioButton, QVBoxLayout, QWidget

from kyodo_desktop.services.like import RoundCells
from kyodo_desktop.ui.widgets import forms, plain

if TYPE_CHECKING:
    from kyodo_desktop.domain.like.result import FillingResult
    from kyodo_desktop.services.like import TableRounds

TITLE = "元の表の形で出力"
_SHOWN = 6  # notices that are read without a click


class LikeDialog(forms.FormDialog):
    """Takes the name of the table and its rounds, and gives which of them is written."""

    def __init__(
        self,
        table: str,
        rounds: TableRounds,
        *,
        open_afterwards: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(TITLE, parent, done="保存先を選んで出力(&S)")
        own, replace = RoundCells.OWN.label, RoundCells.REPLACE.label
        if rounds.own:
            own += f"（{rounds.own}）"
        if rounds.other:
            replace += f"（{rounds.other}）"
        self._choices = {
            RoundCells.OWN: QRadioButton(f"{own}(&Y)"),
            RoundCells.REPLACE: QRadioButton(f"{replace}(&R)"),
        }
        for cells, choice in self._choices.items():
            choice.setObjectName(cells.value)
        self._choices[RoundCells.OWN].setEnabled(bool(rounds.own))
        self._choices[RoundCells.REPLACE].setEnabled(bool(rounds.other))
        self._choices[RoundCells.OWN if rounds.own else RoundCells.REPLACE].setChecked(True)
        self._open_afterwards = QCheckBox("出力後に開く(&E)")
        self._open_afterwards.setObjectName("open_afterwards")
        self._open_afterwards.setChecked(open_afterwards)
        self._lay_out(table, rounds)
        self.setMinimumWidth(460)

    @property
    def cells(self) -> RoundCells:
        return self.read()

    @property
    def open_afterwards(self) -> bool:
        return self._open_afterwards.isChecked()

    def read(self) -> RoundCells:
        return next(cells for cells, choice in self._choices.items() if choice.isChecked())

    def _lay_out(self, table: str, rounds: TableRounds) -> None:
        words = plain.Label(
            f"「{table}」の写しに、調査「{rounds.shown}」の値を書き込みます。"
            "値のほか（図形、印刷の設定、ほかのシートなど）は元のままで、元の表は変わりません。"
        )
        words.setWordWrap(True)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        for choice in self._choices.values():
            column.addWidget(choice)
        box.setFocusProxy(next(each for each in self._choices.values() if each.isEnabled()))
        if not rounds.own:
            why = plain.Label(
                f"この表に「{rounds.shown}」の欄はありません。この年度の欄に書くときは、"
                "先に表に列を加えてください。"
            )
            why.setWordWrap(True)
            column.addWidget(why)
        form = forms.new_form()
        forms.add_row(form, "書き込む欄", forms.FormField(box, "書き込む欄"))
        form.addRow("", self._open_afterwards)
        self.content.addWidget(words)
        self.content.addLayout(form)


class LikeResultDialog(plain.Question):
    """Says what to look at in a copy; `accepted` means: open it."""

    def __init__(self, name: str, result: FillingResult, parent: QWidget | None = None) -> None:
        notices = (*result.notices, *result.gone)
        shown = "\n".join(f"・{each}" for each in notices[:_SHOWN])
        if len(notices) > _SHOWN:
            shown += f"\n（ほか{len(notices) - _SHOWN:,}件は「詳細」にあります）"
        super().__init__(
            plain.MessageBox.Icon.Information,
            TITLE,
            f"「{name}」に出力しました。{result.summary}",
            shown,
            parent,
        )
        self.setDetailedText("\n".join(notices))
        self.offer("開く(&O)", "open_file", plain.MessageBox.StandardButton.Close, by_default=True)
