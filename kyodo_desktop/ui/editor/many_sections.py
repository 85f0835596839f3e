"""The sections (担当課) of several actions: what they have now, and what they are to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kyodo_desktop.domain.assigning import Giving, leads_of, shares
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details
from kyodo_desktop.ui.dialogs.forms import push_button
from kyodo_desktop.ui.editor.choice import Choice
from kyodo_desktop.ui.editor.form_page import one_after_the_other
from kyodo_desktop.ui.editor.section_chip import ChipRow
from kyodo_desktop.ui.editor.section_picker import SectionPicker
from kyodo_desktop.ui.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.assigning import Share
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing
    from kyodo_desktop.ui.editor.section_chip import Way

_AT_FIRST = 10  # chips; a button shows the others
_LEAD_ALL, _HELP_ALL = (Role.LEAD, Giving.REPLACE), (Role.RELATED, Giving.ADD)
_WAYS = {
    Role.LEAD: {
        Giving.REPLACE: ("置き換える", "選んだ課だけが主担当になり、今の主担当は外れます。"),
        Giving.HAND_OVER: (
            "置き換えて、今の主担当は関係課に",
            "選んだ課だけが主担当になり、今の主担当は関係課になります。",
        ),
        Giving.ADD: ("加える", "今の主担当も残ります。主担当が2課以上になることがあります。"),
    },
    Role.RELATED: {
        Giving.ADD: ("加える", "今の関係課も残ります。主担当の課は主担当のままです。"),
        Giving.REPLACE: (
            "置き換える",
            "選んだ課だけが関係課になり、今の関係課は外れます。主担当の課は主担当のままです。",
        ),
    },
}
"""What can be done with each part, as it is called and explained; the first is proposed."""


class ManySections(QWidget):
    """A chip for each section and part with the number of actions, and an entry to give one."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._action_ids: list[int] = []
        self._shows_all = False
        self._picker = SectionPicker(editing)
        self.entry = self._picker.entry
        self._picker.picked.connect(self._give_picked)
        self._row = ChipRow((_LEAD_ALL, _HELP_ALL), self.entry)
        self._row.given.connect(self._give)
        self._row.removed.connect(self._remove)
        self._more = push_button("", "more_sections", self._show_all)
        self._without = _wrapping("without_lead")
        self._role, self._giving = Choice(), Choice()
        self._told = _wrapping("sections_told")
        self._set_up_choices()
        self._lay_out()

    def show_actions(self, outline: Outline, action_ids: list[int]) -> None:
        """Show what the actions have, and let it be changed where the plan may be edited."""
        if action_ids != self._action_ids:
            self._action_ids, self._shows_all = action_ids, False
        self._picker.offer(outline.sections, action_ids)
        self._show_shares(outline)
        self._explain()
        self.setEnabled(bool(action_ids) and self._editing.is_open)

    def _show_shares(self, outline: Outline) -> None:
        found, total = shares(outline, self._action_ids), len(self._action_ids)
        leads = sum(share.role is Role.LEAD for share in found)
        shown = found if self._shows_all else found[:_AT_FIRST]
        for chip, share in zip(self._row.show_chips(len(shown)), shown, strict=True):
            section_id, role, count = share
            name = outline.sections[section_id].name
            chip.setObjectName(f"share_{section_id}_{role}")
            text = f"{name}　{role.label} {count:,}/{total:,}件"
            chip.stand_for(section_id, role, text, _offers(share, total, leads))
        self._more.setText(f"ほか{len(found) - len(shown):,}つを表示")
        self._more.setVisible(len(shown) < len(found))
        without = sum(not leads_of(outline, each) for each in self._action_ids)
        self._without.setText(f"主担当なし {without:,}/{total:,}件")
        self._without.setVisible(bool(without))

    def _show_all(self) -> None:
        self._shows_all = True
        self._show_shares(self._editing.outline)

    def _offer_ways(self) -> None:
        self._giving.offer([(giving, name) for giving, (name, _) in _WAYS[self._part].items()])
        self._explain()

    def _explain(self) -> None:
        giving = self._giving.value()
        assert isinstance(giving, Giving)
        self._told.setText(_WAYS[self._part][giving][1])

    @property
    def _part(self) -> Role:
        role = self._role.value()
        assert isinstance(role, Role)
        return role

    def _give_picked(self, section_id: int) -> None:
        giving = self._giving.value()
        assert isinstance(giving, Giving)
        self._give(section_id, (self._part, giving))

    def _give(self, section_id: int, way: Way) -> None:
        count = self._counted(details.assign, section_id, *way)
        if count is None:
            return
        name, others = self._editing.outline.sections[section_id].name, self._total - count
        told = f"「{name}」：{count:,}件を変更しました。" if count else f"「{name}」："
        rest = f"{others:,}件は、変更の必要がありませんでした。" if others else ""
        self._told.setText(f"{told}{rest}")

    def _remove(self, section_id: int, role: Role) -> None:
        count = self._counted(details.unassign, section_id, role)
        if count is not None:
            name = self._editing.outline.sections[section_id].name
            self._told.setText(f"「{name}」を{role.label}から外しました（{count:,}件）。")

    def _counted(self, edit: Callable[..., int], *arguments: object) -> int | None:
        """Carry out an edit of the actions and return how many it changed, if it was allowed."""
        counts: list[int] = []
        self._editing.do(
            lambda workspace: counts.append(edit(workspace, self._action_ids, *arguments))
        )
        return counts[0] if counts else None

    @property
    def _total(self) -> int:
        return len(self._action_ids)

    def _set_up_choices(self) -> None:
        self._role.setObjectName("role")
        self._role.setAccessibleName("担当課の役割")
        self._role.offer([(role, role.label) for role in Role])
        self._role.currentIndexChanged.connect(lambda _: self._offer_ways())
        self._giving.setObjectName("giving")
        self._giving.setAccessibleName("今の担当課の扱い")
        self._offer_ways()
        self._giving.picked.connect(lambda _: self._explain())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        choices = one_after_the_other(self._role, self._giving)
        for part in (
            *(self._row, self._more, self._without),
            *(choices, self._picker, self._told),
        ):
            column.addWidget(part)
        column.setAlignment(self._more, Qt.AlignmentFlag.AlignLeft)


def _offers(share: Share, total: int, leads: int) -> dict[Way, str]:
    """Return what is offered to a section, where so many lead some of the actions."""
    if share.role is Role.LEAD and (share.actions < total or leads > 1):
        return {_LEAD_ALL: "全件の主担当にする（今の主担当は外す）"}
    if share.role is Role.RELATED and share.actions < total:
        return {_HELP_ALL: "全件の関係課に加える"}
    return {}


def _wrapping(name: str) -> Label:
    label = Label()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
