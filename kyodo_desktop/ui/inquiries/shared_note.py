"""Says which actions would be asked for twice, because several sections lead them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt

from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kyodo_desktop.services.inquiries.asking import SharedAction

_NAMED = 3


class SharedNote(Label):
    """Nothing is shown where each action is asked for once. `requested` has the others' ids."""

    requested = Signal(list)

    def __init__(self, shared: Sequence[SharedAction], sent: Collection[int]) -> None:
        super().__init__()
        self.setObjectName("shared")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self._shared, self._sent = shared, set(sent)
        self._told: list[int] = []
        self.linkActivated.connect(lambda _link: self.requested.emit(self._told))
        self.hide()

    def show_chosen(self, section_ids: Collection[int]) -> None:
        """Say what these sections and those that were sent a form are asked for together."""
        chosen = set(section_ids)
        asked = chosen | self._sent
        told = [
            (each, [name for id_, name in each.sections.items() if id_ in asked])
            for each in self._shared
            if chosen & each.sections.keys() and len(asked & each.sections.keys()) > 1
        ]
        self._told = [each.action_id for each, _ in told]
        named = [escape(f"{each.label}（{'、'.join(names)}）") for each, names in told[:_NAMED]]
        if len(told) > _NAMED:
            named.append(f"ほか{len(told) - _NAMED:,}件")
        self.setText(
            f"次の実行計画{len(told):,}件は、主担当の2課以上に照会され、同じ欄を別々に記入することに"
            f"なります：{'、'.join(named)}。"
            '<br><a href="show">ツリーで選んで主担当を1課にする</a>　'
            "このまま回答票を作ることもできます。"
        )
        self.setVisible(bool(told))
