"""The sections that can be asked, each with a box to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from kyodo_desktop.domain.fiscal_year import day_label
from kyodo_desktop.ui.empty_note import EmptyNote

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kyodo_desktop.services.inquiries.asking import AskableSection

_HEADERS = ("担当課", "回答する実行計画", "前回の発送")
_NAME, _COUNT, _SENT = range(3)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ID = Qt.ItemDataRole.UserRole

_NO_SECTIONS = "担当課がまだありません。実行計画に主担当の課を設定すると、ここから選べます。"


class SectionList(QTreeWidget):
    """A section with nothing to answer is shown, but cannot be ticked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("asked_sections")
        self.setAccessibleName("照会する担当課")
        self.setHeaderLabels(_HEADERS)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.headerItem().setTextAlignment(_COUNT, _RIGHT)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        EmptyNote(self, _NO_SECTIONS)
        self.itemChanged.connect(lambda _item, _column: self.changed.emit())

    def show_sections(
        self,
        sections: Sequence[AskableSection],
        sent: Mapping[int, str],
        chosen: Collection[int] | None,
    ) -> None:
        """Show the sections with the moments they were `sent` a form; None chooses all."""
        with QSignalBlocker(self):
            self.clear()
            for each in sections:
                is_chosen = chosen is None or each.section.id in chosen
                moment = sent.get(each.section.id, "")
                self.addTopLevelItem(_item(each, moment, is_chosen=is_chosen))
        self.changed.emit()

    def chosen(self) -> list[int]:
        """Return the ids of the ticked sections, as they stand in the list."""
        return [item.data(_NAME, _ID) for item in self._items if _is_ticked(item)]

    def chosen_actions(self) -> int:
        """Return how many rows the ticked sections answer, together."""
        return sum(item.data(_COUNT, _ID) for item in self._items if _is_ticked(item))

    def tick_all(self, *, ticked: bool) -> None:
        """Tick all that can be asked, or none."""
        state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        with QSignalBlocker(self):
            for item in self._items:
                if not item.isDisabled():
                    item.setCheckState(_NAME, state)
        self.viewport().update()
        self.changed.emit()

    @property
    def _items(self) -> list[QTreeWidgetItem]:
        return [self.topLevelItem(row) for row in range(self.topLevelItemCount())]  # type: ignore[misc]


def _item(asked: AskableSection, sent_at: str, *, is_chosen: bool) -> QTreeWidgetItem:
    sent = f"{day_label(sent_at[:10])}" if sent_at else "―"
    item = QTreeWidgetItem([asked.section.name, f"{asked.asked:,}件", sent])
    item.setTextAlignment(_COUNT, _RIGHT)
    item.setData(_NAME, _ID, asked.section.id)
    item.setData(_COUNT, _ID, asked.asked)
    is_ticked = is_chosen and bool(asked.asked)
    item.setCheckState(_NAME, Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
    item.setDisabled(not asked.asked)
    if not asked.asked:
        item.setToolTip(_NAME, "主担当の実行計画がないため、回答票は作りません。")
    return item


def _is_ticked(item: QTreeWidgetItem) -> bool:
    return item.checkState(_NAME) is Qt.CheckState.Checked
