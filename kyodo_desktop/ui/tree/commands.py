"""The commands that change the plan's tree."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QMenu

from kyodo_desktop.domain import errors, prerequisites
from kyodo_desktop.domain.arranging import FLAT, Arrangement
from kyodo_desktop.domain.nodes import heading_node, is_placement, is_term, placement_node
from kyodo_desktop.services import moving, progress, removing, structure
from kyodo_desktop.ui.actions import ADD_BELOW, CONTEXT_MENU
from kyodo_desktop.ui.asking import DeleteDialog, ask
from kyodo_desktop.ui.messages import MessageOffer, busy
from kyodo_desktop.ui.shell import Commands, Shell, repeatable
from kyodo_desktop.ui.widgets.inputs import UNDECIDED
from kyodo_desktop.ui.widgets.plain import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPoint

    from kyodo_desktop.domain.action_fields import Field
    from kyodo_desktop.domain.changes import ChangeSet, RowChange
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.ui.tree.pane import TreePane

_MANY_PLACEMENTS = 2_000
_FROM, _TO = range(2)
_FILL_HOW = "値のある行と、その下の行を続けて選んでから、下へコピーしてください。"
_NOT_IN_ORDER = (
    "この並び順では、計画の中の順番は変えられません。"
    "「表示」の「計画の順に戻す」を選んでから、移動してください。"
)
_NO_SECTIONS = "「{}」は担当課の一覧にありません。一覧に追加するか、直してください。"
_ADD_SECTIONS = "一覧に追加"
_MANY_ROWS = 100  # that a step changes; it may take long then


class EditCommands(Commands):
    """Add, rename, copy, delete, move; and what the tree asks for with keys and mouse."""

    def __init__(
        self,
        shell: Shell,
        tree: TreePane,
        reopen_round: Callable[[int], None],
    ) -> None:
        super().__init__(shell)
        self._tree = tree
        self._reopen_round = reopen_round
        self._refusal = ""  # why a cell was refused last
        self._added: Added | None = None
        tree.save_with(self.save_cell, self.rename)
        tree.status_requested.connect(self.set_status)
        tree.value_requested.connect(self.set_value)
        tree.shift_requested.connect(self.shift)
        tree.move_requested.connect(self.move)
        tree.delete_requested.connect(self.ask_to_delete)
        tree.named.connect(self._add_next)
        tree.left_unnamed.connect(self._take_away_unnamed)
        tree.name_replaced.connect(self._show_replaced)
        tree.refused.connect(shell.toast.show_error)
        tree.refusal_changed.connect(self._forget_refusal)
        tree.context_menu_requested.connect(self._show_menu)
        tree.selection_changed.connect(lambda _nodes: self.name_levels())
        shell.follow(("term", "heading", "placement", "level"), lambda *_: self.name_levels())
        shell.follow(("progress",), self._show_unblocked)

    def commands(self) -> dict[str, Callable[[], None]]:
        return {
            "expand": self.expand_all,
            "collapse": self._tree.collapse_all,
            "undo": self.undo,
            "redo": self.redo,
            "add_action": self.add_action,
            "add_heading": self.add_heading,
            "add_below": self.add_below,
            "rename": self._tree.edit_current,
            "fill_down": self.fill_down,
            "columns": self._tree.choose_columns,
            "sort": self._tree.sort_by_current,
            "in_order": partial(self.arrange, Arrangement.TREE),
            **{f"show_{by}": partial(self.arrange, by) for by in FLAT},
            "duplicate": self.duplicate,
            "relist": self.ask_where_to_relist,
            "delete": self.ask_to_delete,
            "move_to": self.ask_where_to_move,
            "move_up": partial(self.shift, moving.Way.UP),
            "move_down": partial(self.shift, moving.Way.DOWN),
            "move_in": partial(self.shift, moving.Way.IN),
            "move_out": partial(self.shift, moving.Way.OUT),
        }

    def expand_all(self) -> None:
        """Open the whole tree, which takes long for a big one."""
        many = len(self._workspace.outline.placements) > _MANY_PLACEMENTS
        with busy(self._window, "すべて展開しています…" if many else ""):
            self._tree.expand_all()

    @repeatable
    def undo(self) -> None:
        """Take the last step back, the text being typed included.

        A round that was closed is opened again only for a reason.
        """
        closed = _closed_by(self._workspace.next_undo)
        if closed is not None:
            self._reopen_round(closed)
            return
        with self._editing(_if_long("元に戻しています…", self._workspace.next_undo)):
            self._select_restored(self._workspace.undo())

    @repeatable
    def redo(self) -> None:
        """Do the step again that was taken back last."""
        with self._editing(_if_long("やり直しています…", self._workspace.next_redo)):
            self._select_restored(self._workspace.redo())

    @repeatable
    def add_action(self) -> None:
        """Add an action beside the current one or under the current heading, and name it."""
        outline, current = self._workspace.outline, self._current
        with self._editing():
            if is_placement(current):
                above = outline.parent(current)
                assert above is not None
                self._name(structure.add_action(self._workspace, above, after=current))
            else:
                self._name(structure.add_action(self._workspace, current))

    @repeatable
    def add_heading(self) -> None:
        """Add a heading behind the current one, or the first one of a term, and name it."""
        outline, current = self._workspace.outline, self._current
        with self._editing():
            if is_placement(current):
                current = next(outline.ancestors(current))
            above = outline.parent(current)
            if above is None:
                self._name(structure.add_heading(self._workspace, current))
            else:
                self._name(structure.add_heading(self._workspace, above, after=current))

    @repeatable
    def add_below(self) -> None:
        """Add a heading one level below the current one, behind those that stand there."""
        with self._editing():
            self._name(structure.add_heading(self._workspace, self._current))

    def fill_adding(self, menu: QMenu) -> None:
        """Offer everything that can be added at the current row, by the names of the levels."""
        if self._shell.plan is None:
            return
        self.name_levels()
        outline, actions = self._workspace.outline, self._shell.actions_by_name
        depth = self._depth_of_heading
        menu.clear()
        for level, each in enumerate(outline.levels[:-1]):
            if level == max(depth, 0):
                menu.addAction(actions["add_heading"])
            elif level == depth + 1:
                menu.addAction(actions["add_below"])
            else:
                higher = menu.addAction(f"{whole(each.name)}を追加")
                higher.triggered.connect(partial(self.add_at_level, level))
                higher.setEnabled(level < depth and actions["add_heading"].isEnabled())
        menu.addAction(actions["add_action"])
        menu.addSeparator()
        paste = menu.addAction("Excelから貼り付け…")
        paste.setEnabled(actions["paste"].isEnabled())
        paste.triggered.connect(actions["paste"].trigger)

    @repeatable
    def add_at_level(self, level: int) -> None:
        """Add a heading of a level above the current one, behind the one that stands there."""
        outline, current = self._workspace.outline, self._current
        with self._editing():
            while outline.depth(current) > level:
                above = outline.parent(current)
                assert above is not None, "a node below the level has one above it"
                current = above
            above = outline.parent(current)
            assert above is not None, "a heading stands in a term"
            self._name(structure.add_heading(self._workspace, above, after=current))

    @property
    def _depth_of_heading(self) -> int:
        """Return the depth of the heading that is chosen or stands above; -1 for a term."""
        outline, current = self._workspace.outline, self._current
        if is_placement(current):
            current = next(outline.ancestors(current))
        return outline.depth(current)

    def name_levels(self) -> None:
        """Name the commands that add after the levels of what they would add."""
        if self._shell.plan is None:
            return
        outline, current = self._workspace.outline, self._current
        if not outline.exists(current):
            return
        actions = self._shell.actions_by_name
        headings = [level.name for level in outline.levels[:-1]]
        if is_placement(current):
            current = next(outline.ancestors(current))
        depth = max(outline.depth(current), 0)
        of_term = is_term(current)
        below = [] if of_term else headings[depth + 1 :]
        actions["add_action"].setText(f"{whole(outline.levels[-1].name)}を追加(&A)")
        actions["add_heading"].setText(
            f"{whole(headings[min(depth, len(headings) - 1)])}を追加(&H)"
        )
        actions["add_below"].setText(f"下に{whole(below[0])}を追加(&B)" if below else ADD_BELOW)
        actions["add_below"].setEnabled(actions["add_heading"].isEnabled() and bool(below))

    def rename(self, node: int, title: str) -> bool:
        """Save a title that was typed into the list; False, and why, where it is refused."""
        try:
            structure.rename(self._workspace, node, title)
        except errors.PlanError as error:
            self._show_refusal(error)
            return False
        self._workspace.end_typing()
        return True

    def _show_refusal(self, error: errors.PlanError) -> None:
        self._shell.show_refusal(error, None)
        self._refusal = self._shell.toast.text

    def _forget_refusal(self) -> None:
        """Take away why a cell was refused, once it is right or given up."""
        if not self._tree.has_refused and self._shell.toast.text == self._refusal:
            self._shell.toast.clear()

    @repeatable
    def duplicate(self) -> None:
        """Copy each of the selected nodes behind itself."""
        chosen = self._selected
        with self._editing():
            if len(chosen) > 1:
                copies = structure.duplicate_all(self._workspace, chosen)
                self._tree.select_all(copies)
                self.show_step(f"{len(copies)}件を複製しました。")
                return
            self._tree.select(structure.duplicate(self._workspace, self._current))

    def ask_to_delete(self) -> None:
        """Say what would go with the selected nodes, and delete them if that is meant."""
        nodes = self._selected
        if not nodes:
            return
        if self._workspace.read_only_because:
            self._shell.toast.show_error(f"削除できません。{self._workspace.read_only_because}")
            return
        outline = self._workspace.outline
        removal = removing.preview_deletion(self._workspace, nodes)
        what = f"「{outline.title(nodes[0])}」" + (f"など{len(nodes)}件" if nodes[1:] else "")
        dialog = DeleteDialog(what, removal.sentence, self._window)
        ask(dialog, lambda: self._delete(nodes, what))

    def ask_where_to_relist(self) -> None:
        """Let the user choose where else the current action shall stand."""
        node, outline = self._current, self._workspace.outline
        self._ask_for_heading(
            f"「{outline.title(node)}」を再掲する見出しを選んでください。",
            partial(structure.relisting_refusal, outline, node),
            partial(self._relist, node),
        )

    def ask_where_to_move(self) -> None:
        """Let the user choose the heading under which the selected nodes shall stand."""
        nodes, outline = self._selected, self._workspace.outline
        self._ask_for_heading(
            f"「{outline.title(nodes[0])}」の移動先を選んでください。",
            partial(moving.refusal, outline, nodes),
            partial(self.move, nodes),
        )

    @repeatable
    def move(self, nodes: Sequence[int], parent: int, before: int | None = None) -> None:
        """Move nodes under a parent, before one of its children or to the end."""
        with self._editing():
            moving.move(self._workspace, nodes, parent, before)
            if len(nodes) > 1:
                outline = self._workspace.outline
                self.show_step(f"{len(nodes)}件を「{outline.title(parent)}」へ移動しました。")

    @repeatable
    def shift(self, way: moving.Way) -> None:
        """Move the current node one step."""
        with self._editing():
            if self._tree.is_out_of_order:
                raise errors.RefusedError(_NOT_IN_ORDER)
            node = self._current
            moving.shift(self._workspace, node, way)
            if way in (moving.Way.IN, moving.Way.OUT):
                outline = self._workspace.outline
                above = outline.parent(node)
                assert above is not None, "what was moved stands below something"
                self.show_step(
                    f"「{outline.title(node)}」を「{outline.title(above)}」の下へ移動しました。"
                )

    @repeatable
    def set_status(self, action_ids: Sequence[int], status_id: int) -> None:
        """Give actions a status."""
        with self._editing():
            progress.set_status(self._workspace, action_ids, status_id)
            if len(action_ids) > 1 and not self._shell.toast.text:
                word = self._workspace.outline.statuses[status_id].word
                self.show_step(f"{len(action_ids)}件の状態を「{word}」にしました。")

    def arrange(self, by: Arrangement) -> None:
        """Show the list in another order, in the place of whatever is shown."""
        self._shell.actions_by_name["show_list"].trigger()
        self._tree.arrange(by)

    @repeatable
    def set_value(self, action_ids: Sequence[int], field: Field[Any], value: object) -> None:
        """Give actions a value of a field."""
        from kyodo_desktop.services import details

        with self._editing():
            outline = self._workspace.outline
            count = sum(field.of(outline, each) != value for each in action_ids)
            details.set_value(self._workspace, action_ids, field, value)
            if count > 1:
                shown = field.type.format(value, outline) or UNDECIDED[1]
                self.show_step(f"{count:,}件の{field.label}を「{shown}」に変更しました。")

    def save_cell(self, action_id: int, field: Field[Any], typed: str) -> bool:
        """Save what was typed into a cell; False, and why, where that is refused.

        What is typed elsewhere at the same time has been saved when it lost the focus.
        """
        from kyodo_desktop.services import cells

        try:
            cells.save_cell(self._workspace, action_id, field, typed)
        except errors.PlanError as error:
            self._shell.show_refusal(error, None)
            new = cells.unknown_sections(self._workspace.outline, field, typed)
            if new:
                self._offer_sections(new)
            self._refusal = self._shell.toast.text
            return False
        return True

    def _offer_sections(self, names: Sequence[str]) -> None:
        """Offer to add names that were typed as sections to their list, as the editor does."""
        add = MessageOffer(_ADD_SECTIONS, partial(self._add_sections, names), lambda: False)
        text = _NO_SECTIONS.format("」「".join(names))
        self._shell.toast.show_error(text, None, add)

    @repeatable
    def _add_sections(self, names: Sequence[str]) -> None:
        """Add sections; the cell in which they stand is saved by that, as after other edits."""
        from kyodo_desktop.services import vocabularies

        self._shell.toast.clear()
        try:
            for name in names:
                vocabularies.add_section(self._workspace, name)
        except errors.PlanError as error:
            self._shell.show_refusal(error, self._again)

    @repeatable
    def fill_down(self) -> None:
        """Copy the value of the current column from the first selected row to the others."""
        from kyodo_desktop.services import cells

        field, actions = self._tree.current_field(), self._tree.selected_action_ids()
        bar = self._shell.toast
        if field is None or len(actions) < len((_FROM, _TO)):
            bar.show_info(_FILL_HOW)
            return
        with self._editing():
            changed = cells.fill_down(self._workspace, actions[0], actions[1:], field)
            if changed:
                self.show_step(f"「{field.label}」を{len(changed):,}件に入力しました。")
            else:
                bar.show_info("どの行も同じ値です。変更はありません。")

    @property
    def _current(self) -> int:
        node: int | None = self._tree.current_node()
        return self._workspace.outline.roots[0] if node is None else node

    @property
    def _selected(self) -> list[int]:
        return self._tree.selected_nodes()

    @repeatable
    def _delete(self, nodes: Sequence[int], what: str) -> None:
        with self._editing():
            removing.delete(self._workspace, nodes)
            self.show_step(f"{what}を削除しました。")

    def _ask_for_heading(
        self, question: str, refusal: Callable[[int], str], then: Callable[[int], None]
    ) -> None:
        from kyodo_desktop.ui.widgets.choosing import ChooseHeadingDialog

        def go_on() -> None:
            if dialog.chosen is not None:
                then(dialog.chosen)

        dialog = ChooseHeadingDialog(self._workspace.outline, question, refusal, self._window)
        ask(dialog, go_on)

    @repeatable
    def _relist(self, node: int, heading: int) -> None:
        with self._editing():
            self._tree.select(structure.relist(self._workspace, node, heading))

    def _select_restored(self, step: ChangeSet | None) -> None:
        """Select the nodes that a step brought (back) into the plan, without those below them."""
        came = [] if step is None else [_node(row) for row in step.rows if row.before is None]
        outline = self._workspace.outline
        nodes = [each for each in came if each is not None and outline.exists(each)]
        above = set(nodes)
        self._tree.keep([each for each in nodes if outline.parent(each) not in above])

    def _show_unblocked(self, changes: ChangeSet, before: Outline | None) -> None:
        """List the actions that waited for one which has just been done."""
        if before is None or self._shell.plan is None:
            return
        outline = self._workspace.outline
        messages = [
            _unblocked_message(outline, done, waiting)
            for done, waiting in prerequisites.newly_unblocked(before, outline, changes).items()
        ]
        if messages:
            self._shell.toast.show_rich_info("<br>".join(messages))

    def _name(self, node: int) -> None:
        """Show the new node and let its name be typed."""
        step = self._workspace.next_undo
        self._added = Added(node, step, self._tree.current_node())
        self._tree.name_new(node)

    @repeatable
    def _add_next(self, node: int) -> None:
        """Add another row behind one that has just been named, as long as names come."""
        outline = self._workspace.outline
        above = outline.parent(node) if outline.exists(node) else None
        if above is None or self._tree.is_out_of_order:
            return  # in another order the next row would stand anywhere
        add = structure.add_action if is_placement(node) else structure.add_heading
        with self._editing():
            self._name(add(self._workspace, above, after=node))

    def _take_away_unnamed(self, node: int) -> None:
        """Take back that a row was added which got no name, if nothing was done since."""
        added, plan = self._added, self._shell.plan
        if added is None or plan is None or added.node != node:
            return
        self._added, is_chosen = None, self._tree.current_node() == node
        if plan.workspace.next_undo is not added.step:
            return
        try:
            plan.workspace.undo()
        except errors.PlanError as error:
            self._shell.show_refusal(error, None)
        if is_chosen and added.before is not None and plan.workspace.outline.exists(added.before):
            self._tree.keep([added.before])

    def _show_replaced(self, before: str, name: str) -> None:
        self.show_step(f"名称「{before}」を「{name}」に変更しました。")

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self._window)
        for name in CONTEXT_MENU:
            if name:
                menu.addAction(self._shell.actions_by_name[name])
            else:
                menu.addSeparator()
        menu.popup(place)


class Added(NamedTuple):
    """A row that was added to be named, by which step, and what was chosen before."""

    node: int
    step: ChangeSet | None
    before: int | None


def _node(row: RowChange) -> int | None:
    """Return the node of a row of the database, if it is one."""
    match row.table:
        case "heading":
            return heading_node(row.id)
        case "placement":
            return placement_node(row.id)
    return None


def _if_long(doing: str, step: ChangeSet | None) -> str:
    """Return what is said of a step, where it is one that takes long."""
    return doing if step is not None and len(step.rows) > _MANY_ROWS else ""


def _closed_by(step: ChangeSet | None) -> int | None:
    """Return the round that a step closed (確定), if it is one that did."""
    rows = step.rows if step else ()
    closed = (row.id for row in rows if row.table == "round" and row.value("closed_at"))
    return next(closed, None)


def _unblocked_message(outline: Outline, done: int, waiting: list[int]) -> str:
    links = "、".join(_link(outline, each) for each in waiting)
    title = escape(outline.actions[done].title)
    return f"「{title}」が完了しました。この後に続く実行計画（押すと移動します）：{links}"


def _link(outline: Outline, action_id: int) -> str:
    node = outline.home(action_id)
    others = prerequisites.open_among(outline, prerequisites.required_by(outline, action_id))
    titles = "」「".join(escape(outline.actions[each].title) for each in others)
    rest = f"（ほかに「{titles}」も先に終えます）" if others else ""
    return f'<a href="{node}">{escape(outline.label(node))}</a>{rest}'
