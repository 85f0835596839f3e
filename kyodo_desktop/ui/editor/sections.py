"""The sections (担当課) of actions: chips for those that they have, an entry to add one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kyodo_desktop.domain import assigning, plan, search
from kyodo_desktop.domain.inputs import Unsaved
from kyodo_desktop.services import details, typing_journal, vocabularies
from kyodo_desktop.ui.widgets import forms, inputs, plain, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.editor.editing import Editing


_LEAD, _LEAD_TOO = (
    (plan.Role.LEAD, assigning.Giving.HAND_OVER),
    (plan.Role.LEAD, assigning.Giving.ADD),
)
_HELP = (plan.Role.RELATED, assigning.Giving.HAND_OVER)


class SectionChips(QWidget):
    """A field with a chip for each section, and an entry to add one.

    The menu of a chip changes its part; bold is who leads. What is said of a name that is typed
    stands in the `message`, which who made this gives the whole width of the page.
    """

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setObjectName("section_chips")
        self._editing = editing
        self._action_id = 0
        self._shown: Sequence[tuple[str, plan.Assignment]] = ()
        self._picker = self.message = SectionPicker(editing, is_apart=True)
        self.entry = self._picker.entry
        self._picker.picked.connect(self._add)
        self._row = ChipRow((_LEAD, _LEAD_TOO, _HELP), self.entry)
        self._row.given.connect(self._give)
        self._row.removed.connect(self._remove)
        self._field = _ChipField(self._row, self.entry)
        self._row.stand_before(self.entry)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)

    def show_sections(self, action_id: int, assigned: Sequence[plan.Assignment]) -> None:
        """Show the sections of an action, the leading ones first."""
        outline, is_open = self._editing.outline, self._editing.is_open
        self._action_id = action_id
        self._picker.offer(outline.sections, [action_id])
        self.entry.setVisible(is_open)
        self.entry.setEnabled(is_open)
        ordered = sorted(assigned, key=lambda each: each.role != plan.Role.LEAD)
        shown = [(outline.sections[each.section_id].name, each) for each in ordered]
        if shown != self._shown:
            self._shown = shown
            self._show_chips()
        self._row.lock(not is_open)
        self._field.lock(not is_open)

    def _show_chips(self) -> None:
        leads = sum(each.role == plan.Role.LEAD for _, each in self._shown)
        chips = self._row.show_chips(len(self._shown))
        for chip, (name, each) in zip(chips, self._shown, strict=True):
            role = plan.Role(each.role)
            chip.setObjectName(f"section_{each.section_id}")
            chip.show_section(each.section_id, role, name, _offers_of_one(role, leads))
            chip.setAccessibleName(f"{name}（{role.label}）")

    def _add(self, section_id: int) -> None:
        """Add a section: the first one leads, the next ones help."""
        present = [name for name, each in self._shown if each.section_id == section_id]
        if present:
            self._editing.failed.emit(f"「{present[0]}」は、すでに担当課に入っています。")
            return
        has_lead = any(each.role == plan.Role.LEAD for _, each in self._shown)
        self._give(section_id, _HELP if has_lead else _LEAD)

    def _give(self, section_id: int, way: Way) -> None:
        self._editing.do(details.assign, [self._action_id], section_id, *way)

    def _remove(self, section_id: int) -> None:
        self._editing.do(details.unassign, [self._action_id], section_id)


def _offers_of_one(role: plan.Role, leads: int) -> dict[Way, str]:
    """Return what is offered to a section with this part, where so many lead."""
    if role is plan.Role.LEAD:
        alone = {_LEAD: "この課だけを主担当にする"} if leads > 1 else {}
        return {**alone, _HELP: "関係課にする"}
    beside = {_LEAD_TOO: "主担当に加える（2課以上が主担当）"} if leads else {}
    return {_LEAD: "主担当にする", **beside}


_AT_FIRST = 10  # chips; a button shows the others
_LEAD_ALL, _HELP_ALL = (
    (plan.Role.LEAD, assigning.Giving.REPLACE),
    (plan.Role.RELATED, assigning.Giving.ADD),
)
_WAYS = {
    plan.Role.LEAD: {
        assigning.Giving.REPLACE: (
            "置き換える",
            "選んだ課だけが主担当になり、今の主担当は外れます。",
        ),
        assigning.Giving.HAND_OVER: (
            "置き換えて、今の主担当は関係課に",
            "選んだ課だけが主担当になり、今の主担当は関係課になります。",
        ),
        assigning.Giving.ADD: (
            "加える",
            "今の主担当も残ります。主担当が2課以上になることがあります。",
        ),
    },
    plan.Role.RELATED: {
        assigning.Giving.ADD: ("加える", "今の関係課も残ります。主担当の課は主担当のままです。"),
        assigning.Giving.REPLACE: (
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
        self._more = forms.push_button("", "more_sections", self._show_all)
        self._without = _wrapping("without_lead")
        self._role, self._giving = inputs.ChoiceBox(), inputs.ChoiceBox()
        self._outcome = _wrapping("sections_outcome")
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
        found, total = assigning.shares(outline, self._action_ids), len(self._action_ids)
        leads = sum(share.role is plan.Role.LEAD for share in found)
        shown = found if self._shows_all else found[:_AT_FIRST]
        for chip, share in zip(self._row.show_chips(len(shown)), shown, strict=True):
            section_id, role, count = share
            name = outline.sections[section_id].name
            chip.setObjectName(f"share_{section_id}_{role}")
            text = f"{name}　{role.label} {count:,}/{total:,}件"
            chip.show_section(section_id, role, text, _offers(share, total, leads))
        self._more.setText(f"ほか{len(found) - len(shown):,}つを表示")
        self._more.setVisible(len(shown) < len(found))
        without = sum(not assigning.leads_of(outline, each) for each in self._action_ids)
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
        assert isinstance(giving, assigning.Giving)
        self._outcome.setText(_WAYS[self._part][giving][1])

    @property
    def _part(self) -> plan.Role:
        role = self._role.value()
        assert isinstance(role, plan.Role)
        return role

    def _give_picked(self, section_id: int) -> None:
        giving = self._giving.value()
        assert isinstance(giving, assigning.Giving)
        self._give(section_id, (self._part, giving))

    def _give(self, section_id: int, way: Way) -> None:
        count = self._counted(details.assign, section_id, *way)
        if count is None:
            return
        name, others = self._editing.outline.sections[section_id].name, self._total - count
        changed = f"「{name}」：{count:,}件を変更しました。" if count else f"「{name}」："
        rest = f"{others:,}件は、変更の必要がありませんでした。" if others else ""
        self._outcome.setText(f"{changed}{rest}")
        if count:
            role, giving = way
            is_added = giving is assigning.Giving.ADD
            what = f"に「{name}」を追加" if is_added else f"を「{name}」に変更"
            self._editing.done.emit(f"{count:,}件の{role.label}{what}しました。")

    def _remove(self, section_id: int, role: plan.Role) -> None:
        count = self._counted(details.unassign, section_id, role)
        if count is not None:
            name = self._editing.outline.sections[section_id].name
            self._outcome.setText(f"「{name}」を{role.label}から外しました（{count:,}件）。")
            self._editing.done.emit(f"{count:,}件の{role.label}から「{name}」を外しました。")

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
        self._role.offer([(role, role.label) for role in plan.Role])
        self._role.currentIndexChanged.connect(lambda _: self._offer_ways())
        self._giving.setObjectName("giving")
        self._giving.setAccessibleName("今の担当課の扱い")
        self._offer_ways()
        self._giving.picked.connect(lambda _: self._explain())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        choices = forms.in_flow(self._role, self._giving)
        for part in (
            *(self._row, self._more, self._without),
            *(choices, self._picker, self._outcome),
        ):
            column.addWidget(part)
        column.setAlignment(self._more, Qt.AlignmentFlag.AlignLeft)


def _offers(share: assigning.Share, total: int, leads: int) -> dict[Way, str]:
    """Return what is offered to a section, where so many lead some of the actions."""
    if share.role is plan.Role.LEAD and (share.actions < total or leads > 1):
        return {_LEAD_ALL: "全件の主担当にする（今の主担当は外す）"}
    if share.role is plan.Role.RELATED and share.actions < total:
        return {_HELP_ALL: "全件の関係課に加える"}
    return {}


def _wrapping(name: str) -> plain.Label:
    label = plain.Label()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


Way = tuple[plan.Role, assigning.Giving]


_PADDING, _CROSS = 6, 16  # the room beside the words of a chip, and of its cross


class SectionChip(QPushButton):
    """One section with its part. Its menu has the ways that are offered to change the part.

    Delete takes the section out, and so does a click on the cross.
    """

    given = Signal(int, object)
    removed = Signal(int, object)

    def __init__(self, ways: Sequence[Way]) -> None:
        super().__init__()
        self._section_id, self._role = 0, plan.Role.LEAD
        self._is_locked = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setProperty("role", "chip")
        self._offered = QMenu(self)
        self._ways = {way: self._offered.addAction("") for way in ways}
        for way, give in self._ways.items():
            give.triggered.connect(lambda _, way=way: self.given.emit(self._section_id, way))
        self._offered.addSeparator()
        self._offered.addAction("外す\tDelete").triggered.connect(self._remove)
        self.setMenu(self._offered)
        forms.MenuKey(self)

    def show_section(
        self, section_id: int, role: plan.Role, text: str, offers: Mapping[Way, str]
    ) -> None:
        """Show a section and its part, and offer these ways by their words."""
        self._section_id, self._role = section_id, role
        self.setText(plain.whole(text))
        font = self.font()
        font.setBold(role is plan.Role.LEAD)
        self.setFont(font)
        self.setToolTip(plain.tip(f"{text}（{role.label}）"))
        for way, give in self._ways.items():
            give.setText(offers.get(way, ""))
            give.setVisible(way in offers)

    def lock(self, on: bool) -> None:
        """Let it only be read."""
        if on != self._is_locked:
            self._is_locked = on
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on)
            self.updateGeometry()
            self.update()

    def _remove(self) -> None:
        self.removed.emit(self._section_id, self._role)

    # Qt's interface

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * theme.px(_PADDING)
        return QSize(width + (0 if self._is_locked else theme.px(_CROSS)), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(48), theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, room = theme.tokens(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        away = 1.0 if self.hasFocus() else 0.5
        ring = QPen(tokens.focus, 2) if self.hasFocus() else QPen(tokens.line, 1)
        painter.setPen(ring)
        painter.setBrush(tokens.sel if self.underMouse() and not self._is_locked else tokens.soft)
        painter.drawRoundedRect(room.adjusted(away, away, -away, -away), 3, 3)
        painter.setPen(tokens.ink)
        words = self.rect().adjusted(theme.px(_PADDING), 0, 1 - self._cross().width(), 0)
        text = self.text().replace("&&", "&")
        elide = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(text, elide, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        if not self._is_locked:
            font = self.font()
            font.setBold(False)
            painter.setFont(font)
            painter.drawText(self._cross(), Qt.AlignmentFlag.AlignCenter, "✕")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._is_locked and self._cross().contains(event.position().toPoint()):
            self._remove()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_locked:
            event.ignore()
        elif event.key() == Qt.Key.Key_Delete:
            self._remove()
        else:
            super().keyPressEvent(event)

    def _cross(self) -> QRect:
        width = theme.px(_PADDING if self._is_locked else _CROSS + 4)
        return self.rect().adjusted(self.width() - width, 0, 0, 0)


class ChipRow(QWidget):
    """Chips one after the other, which are made when they are needed and used again.

    Where the one with the focus goes, the focus goes to the first, or else to `beside`.
    """

    given = Signal(int, object)
    removed = Signal(int, object)

    def __init__(self, ways: Sequence[Way], beside: QWidget) -> None:
        super().__init__()
        self._ways, self._beside = ways, beside
        self._is_locked = False
        self._row = forms.ButtonRow(self, self._new_chip, gap=4)

    def show_chips(self, count: int) -> list[SectionChip]:
        """Show so many chips and return them; the caller says what they stand for."""
        had_focus = any(chip.hasFocus() for chip in self._row.buttons)
        chips = self._row.show_buttons(count)
        self.setVisible(bool(count))
        if had_focus and not any(chip.hasFocus() for chip in self._row.buttons):
            (chips[0] if chips else self._beside).setFocus()
        return chips

    def stand_before(self, entry: QWidget) -> None:
        """Let the Tab key go from the last chip to the entry."""
        forms.follow_in_tab_order(self._row.buttons[0], [entry])

    def lock(self, on: bool) -> None:
        """Let the chips only be read."""
        self._is_locked = on
        for chip in self._row.buttons:
            chip.lock(on)

    def _new_chip(self, _place: int) -> SectionChip:
        chip = SectionChip(self._ways)
        chip.lock(self._is_locked)
        chip.given.connect(self.given)
        chip.removed.connect(self.removed)
        return chip


class _ChipField(QWidget):
    """The frame around the chips of one action, with the entry at its end.

    While nothing is typed the entry is as small as its plus; with the focus it lies over the
    last row of the chips, so that nothing moves.
    """

    def __init__(self, chips: ChipRow, entry: QComboBox) -> None:
        super().__init__()
        self._chips, self._entry = chips, entry
        self._is_locked = False
        chips.setParent(self)
        entry.setParent(self)
        entry.installEventFilter(self)
        entry.editTextChanged.connect(lambda _: self._place())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def lock(self, on: bool) -> None:
        """Let it look like what can only be read."""
        if on != self._is_locked:
            self._is_locked = on
            self.update()
        self._place()
        self.updateGeometry()

    # Qt's interface

    def sizeHint(self) -> QSize:
        width = theme.px(160)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(32))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self._chips.layout()
        assert layout is not None
        inside = layout.heightForWidth(width - self._around())
        return max(theme.px(32), inside + 2 * theme.px(4))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            QTimer.singleShot(0, self, self._place)  # when the focus is where it goes
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.line if self._is_locked else tokens.border, 1))
        painter.setBrush(tokens.window if self._is_locked else tokens.base)
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(room, theme.px(4), theme.px(4))

    def _around(self) -> int:
        """Return what of the width is not for the chips."""
        return 2 * theme.px(4) + (0 if self._is_locked else theme.px(_PLUS))

    def _place(self) -> None:
        edge, height = theme.px(4), theme.px(32)
        self._chips.setGeometry(
            edge, edge, self.width() - self._around(), self.height() - 2 * edge
        )
        is_wide = self._entry.hasFocus() or not self._has_chips() or self._has_text()
        width = self.width() if is_wide else theme.px(_PLUS) + edge
        self._dress_entry(is_small=not is_wide)  # before the size: Qt leaves the text no room
        self._entry.setGeometry(self.width() - width, self.height() - height, width, height)
        self._entry.raise_()

    def _dress_entry(self, *, is_small: bool) -> None:
        if self._entry.property("small") == is_small:
            return
        self._entry.setProperty("small", is_small)
        self._entry.style().unpolish(self._entry)
        self._entry.style().polish(self._entry)
        line = self._entry.lineEdit()
        if line is not None:
            line.setPlaceholderText("＋" if is_small else _HINT)

    def _has_chips(self) -> bool:
        return not self._chips.isHidden()

    def _has_text(self) -> bool:
        return bool(self._entry.currentText())


_PLUS = 28
_HINT = "担当課を選ぶか、名前を入力"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SectionPicker(QWidget):
    """A list to choose from and to type into.

    A name that is in the list is taken when Enter is pressed or the field is left. One that is
    not is asked about before it becomes a new section: it may be half of a name. The entry of
    one `is_apart` is put elsewhere by who made it.
    """

    picked = Signal(int)

    def __init__(self, editing: Editing, *, is_apart: bool = False) -> None:
        super().__init__()
        self.error = forms.ErrorLine()
        self._editing = editing
        self._sections: dict[int, plan.Section] = {}
        self._action_ids: tuple[int, ...] = ()
        self._new = forms.push_button("新しい担当課として追加（Enter）", "new_section")
        self._new.setVisible(False)
        self._new.clicked.connect(self._add_new)
        self.field = inputs.LineField()
        self.field.returnPressed.connect(self._take_typed)
        self.field.textChanged.connect(self._withdraw)
        self._list, self._suggestions = _list_around(self.field)
        self._list.picked.connect(self._take_picked)
        self._list.installEventFilter(self)  # has the focus, and hands the keys to the field
        self._suggestions.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        if not is_apart:  # else the entry stands elsewhere
            column.addWidget(self._list)
        column.addWidget(self.error)
        column.addWidget(self._new, alignment=Qt.AlignmentFlag.AlignLeft)
        editing.take_in(self)

    @property
    def entry(self) -> inputs.ChoiceBox:
        """The part into which a name is typed."""
        return self._list

    def offer(self, offered: dict[int, plan.Section], action_ids: Iterable[int]) -> None:
        """Offer these sections for actions."""
        self._action_ids = tuple(action_ids)
        if offered is self._sections:
            return
        self._sections = offered
        typed = self.field.text()
        self._list.offer([(section.id, section.name) for section in offered.values()])
        self._list.setCurrentIndex(-1)
        self.field.setText(typed)

    def commit(self) -> bool:
        """Give the section whose name is typed; False, and an offer, while there is none."""
        name = self.field.text().strip()
        section_id = self._known(name)
        if section_id is not None:
            self._take(section_id)
            return not self.field.text()
        if name:
            self.error.show_error(
                f"「{name}」は担当課の一覧にありません。新しく追加するか、消してください。"
            )
            self._new.setAccessibleName(f"「{name}」を新しい担当課として追加（Enter）")
            self._new.setVisible(True)
            return False
        return True

    def unsaved(self) -> Unsaved | None:
        """Return the name that is typed and not taken yet."""
        name = self.field.text()
        if not name.strip():
            return None
        at = self._editing.typed_at()
        text = typing_journal.section_at(self._editing.outline, self._action_ids, name, at)
        return Unsaved(text, is_invalid=self._known(name.strip()) is None)

    def retype(self, name: str) -> None:
        """Put a name in the place of what is typed, and let the user go on with it."""
        self.field.retype(name)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt's interface

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and watched is self._list and event.lostFocus():
            if event.reason() != Qt.FocusReason.PopupFocusReason:
                self.commit()
        elif event.type() == QEvent.Type.ShortcutOverride and self._is_for_window(event):
            event.ignore()
            return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._takes_key(watched, event)
        return super().eventFilter(watched, event)

    def _is_for_window(self, event: QEvent) -> bool:
        """Tell an undo while nothing is typed: Qt would bring back what was taken before."""
        undo = QKeySequence.StandardKey.Undo
        return not self.field.text() and isinstance(event, QKeyEvent) and event.matches(undo)

    def _takes_key(self, watched: QObject, event: QKeyEvent) -> bool:
        """Do what a key asks for; False leaves it to Qt.

        Enter takes the chosen suggestion, else what is typed: Qt would do the one after the
        other.
        """
        if watched is self._suggestions:
            if event.key() in _ENTER:
                chosen = self._suggestions.currentIndex()
                if chosen.isValid():
                    self.field.setText(chosen.data())
                self._suggestions.hide()
                self._take_typed()
                return True
        elif event.key() == Qt.Key.Key_Escape and self.field.text():
            self._clear()
            return True
        return False

    def _known(self, name: str) -> int | None:
        typed = search.search_key(name)
        known = (
            each.id for each in self._sections.values() if search.search_key(each.name) == typed
        )
        return next(known, None) if typed else None

    def _take_typed(self) -> None:
        if self._new.isVisible():
            self._add_new()
        else:
            self.commit()

    def _take_picked(self, section_id: object) -> None:
        # Later, because the list is about to write the name into the field.
        QTimer.singleShot(0, self, self._clear)
        if isinstance(section_id, int):
            self.picked.emit(section_id)

    def _take(self, section_id: int) -> None:
        """Give a section; the name comes back where that could not be saved."""
        name, self._editing.refusal = self.field.text(), ""
        self._editing.saving.emit()
        self._clear()
        self.picked.emit(section_id)
        if self._editing.refusal:
            self.field.retype(name)
            self.error.show_error(self._editing.refusal)

    def _add_new(self) -> None:
        name = self.field.text().strip()
        if self._editing.do(vocabularies.add_section, name):
            self._take(next(each.id for each in self._sections.values() if each.name == name))

    def _withdraw(self) -> None:
        """Take the offer back: it was for another name."""
        self.error.show_error("")
        self._new.setVisible(False)

    def _clear(self) -> None:
        self._list.setCurrentIndex(-1)
        self.field.clear()


def _list_around(field: QLineEdit) -> tuple[inputs.ChoiceBox, QAbstractItemView]:
    """Return the list that the field belongs to, and the view of what fits what is typed."""
    names = inputs.ChoiceBox()
    names.setObjectName("section_name")
    names.setAccessibleName("追加する担当課")
    names.setLineEdit(field)
    names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    names.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    names.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    names.setMinimumContentsLength(8)
    field.setPlaceholderText(_HINT)
    completer = QCompleter(names.model(), names)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    names.setCompleter(completer)
    suggestions = QListView()
    completer.setPopup(suggestions)
    inputs.ListKeys(suggestions)
    return names, suggestions
