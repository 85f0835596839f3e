"""Every command of the program as a row: its place in the menus, its words, icon and keys."""

from __future__ import annotations

import re
from enum import Flag, auto
from functools import partial, reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction, QKeySequence

from kyodo_desktop.ui.messages import busy
from kyodo_desktop.ui.widgets.appearance import give_icon
from kyodo_desktop.ui.widgets.plain import tip, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtWidgets import QMainWindow

    from kyodo_desktop.services.files import OpenPlan

Keys = str | None  # a list has semicolons; the same on every system, as the manual says


class Needs(Flag):
    """What a command needs to be of use."""

    NOTHING = 0
    PLAN = auto()
    EDITING = auto()
    SELECTION = auto()
    OPEN_ROUND = auto()
    CLOSED_ROUND = auto()
    RIGHT_TO_EDIT = auto()  # can be had by a window that only reads
    STEP_BACK = auto()  # there is something to undo
    STEP_AGAIN = auto()
    SAVED = auto()  # all that was typed; asked for when the command is called


_EDIT = Needs.PLAN | Needs.EDITING | Needs.SAVED
# Not SAVED: what is typed and cannot be saved may be what to take back.
_UNDO = Needs.PLAN | Needs.EDITING | Needs.STEP_BACK
_REDO = Needs.PLAN | Needs.EDITING | Needs.STEP_AGAIN
_EDIT_CHOSEN = _EDIT | Needs.SELECTION
_FILL_CHOSEN = _EDIT_CHOSEN | Needs.OPEN_ROUND


class ActionSpec(NamedTuple):
    """One command. An empty `text` is a separator."""

    name: str
    text: str = ""
    icon: str = ""
    keys: Keys = None
    needs: Needs = Needs.NOTHING
    checkable: bool = False


_SEPARATOR = ActionSpec("")
ADD_BELOW = "一段下に見出しを追加(&B)"  # where no level can be named

MENUS: dict[str, tuple[ActionSpec, ...]] = {
    "ファイル(&F)": (
        ActionSpec("new", "新しい計画(&N)…", "new", "Ctrl+N", Needs.SAVED),
        ActionSpec("open", "開く(&O)…", "open", "Ctrl+O", Needs.SAVED),
        ActionSpec("sample", "サンプルを開く(&S)", "sample", None, Needs.SAVED),
        _SEPARATOR,
        ActionSpec("import_table", "表を取り込む(&I)…", "import", "Ctrl+I", Needs.SAVED),
        ActionSpec("export", "報告書の出力(&E)…", "excel", "Ctrl+E", Needs.PLAN),
        ActionSpec("export_like", "元の表の形で出力(&M)…", "", None, Needs.PLAN | Needs.SAVED),
        ActionSpec("export_data", "データの書き出し(&D)…", "", None, Needs.PLAN),
        ActionSpec("print", "印刷(&P)…", "", "Ctrl+P", Needs.PLAN | Needs.SAVED),
        ActionSpec(
            "print_sheets",
            "個票の印刷(&K)…",
            "",
            None,
            Needs.PLAN | Needs.SELECTION | Needs.SAVED,
        ),
        _SEPARATOR,
        ActionSpec("edit_plan", "編集する(&W)", "", None, Needs.PLAN | Needs.RIGHT_TO_EDIT),
        ActionSpec("back_up_now", "今すぐバックアップ(&B)", "", None, Needs.PLAN | Needs.SAVED),
        ActionSpec(
            "save_copy_as", "名前を付けてコピーを保存(&A)…", "", None, Needs.PLAN | Needs.SAVED
        ),
        ActionSpec("restore", "バックアップから復元(&R)…", "restore", None, Needs.SAVED),
        ActionSpec("close_plan", "閉じる(&C)", "", "Ctrl+W; Ctrl+F4", Needs.PLAN),
        ActionSpec("quit", "終了(&X)", "", "Ctrl+Q"),
    ),
    "編集(&E)": (
        ActionSpec("undo", "元に戻す(&U)", "undo", "Ctrl+Z", _UNDO),
        ActionSpec("redo", "やり直し(&R)", "redo", "Ctrl+Y; Ctrl+Shift+Z", _REDO),
        _SEPARATOR,
        # No keys of the window: Ctrl+C and Ctrl+V are for whatever has the focus.
        ActionSpec("copy", "コピー(&C)\tCtrl+C", "", None, Needs.PLAN),
        ActionSpec("paste", "貼り付け(&P)…\tCtrl+V", "", None, _EDIT),
        ActionSpec("replace", "置換(&E)…", "", "Ctrl+H", _EDIT),
        _SEPARATOR,
        ActionSpec("add_action", "実行計画を追加(&A)", "add-action", "Ctrl+Shift+A", _EDIT_CHOSEN),
        ActionSpec("add_heading", "見出しを追加(&H)", "add-heading", "Ctrl+Shift+H", _EDIT_CHOSEN),
        ActionSpec("add_below", ADD_BELOW, "", "Ctrl+Shift+B", _EDIT_CHOSEN),
        # F2 is for the cell that has the ring, whichever it is.
        ActionSpec("rename", "名前の変更(&M)\tF2", "rename", None, _EDIT_CHOSEN),
        ActionSpec("fill_down", "下へコピー(&Y)", "", "Ctrl+D", _EDIT_CHOSEN),
        ActionSpec("duplicate", "複製(&D)", "duplicate", "Ctrl+Shift+D", _EDIT_CHOSEN),
        ActionSpec("relist", "再掲として掲載(&L)…", "relist", None, _EDIT_CHOSEN),
        ActionSpec("join", "重複をまとめる（再掲にする）(&J)…", "join", None, _FILL_CHOSEN),
        ActionSpec("split", "別の実行計画に分ける(&W)", "", None, _EDIT_CHOSEN),
        ActionSpec("delete", "削除(&T)…\tDelete", "delete", None, _EDIT_CHOSEN),
        _SEPARATOR,
        ActionSpec("move_to", "別の見出しへ移動(&V)…", "", None, _EDIT_CHOSEN),
        ActionSpec("move_up", "上へ移動\tAlt+↑", "up", None, _EDIT_CHOSEN),
        ActionSpec("move_down", "下へ移動\tAlt+↓", "down", None, _EDIT_CHOSEN),
        ActionSpec("move_out", "一段上げる\tAlt+←", "left", None, _EDIT_CHOSEN),
        ActionSpec("move_in", "一段下げる\tAlt+→", "right", None, _EDIT_CHOSEN),
    ),
    "表示(&V)": (
        ActionSpec("search", "検索(&F)", "search", "Ctrl+F", Needs.PLAN),
        ActionSpec("next_hit", "次の該当箇所(&X)", "", "F3", Needs.PLAN),
        ActionSpec("next_pane", "次の領域へ(&N)", "", "F6", Needs.PLAN),
        ActionSpec("previous_pane", "前の領域へ(&P)", "", "Shift+F6", Needs.PLAN),
        _SEPARATOR,
        ActionSpec("next_action", "次の実行計画(&J)", "", None, Needs.PLAN),
        ActionSpec("previous_action", "前の実行計画(&B)", "", None, Needs.PLAN),
        _SEPARATOR,
        ActionSpec("show_list", "一覧(&I)", "", None, Needs.PLAN | Needs.SAVED),
        ActionSpec("show_paper", "紙面(&M)", "", None, Needs.PLAN | Needs.SAVED),
        ActionSpec("show_section", "担当課別(&G)", "", None, Needs.PLAN | Needs.SAVED),
        ActionSpec("show_due", "完了予定順(&D)", "", None, Needs.PLAN | Needs.SAVED),
        ActionSpec("show_status", "状態別(&A)", "", None, Needs.PLAN | Needs.SAVED),
        ActionSpec("show_updated", "更新日順(&U)", "", None, Needs.PLAN | Needs.SAVED),
        ActionSpec("sort", "この列で並べ替え(&Y)", "", None, Needs.PLAN | Needs.SAVED),
        ActionSpec("in_order", "計画の順に戻す(&R)", "", None, Needs.PLAN | Needs.SAVED),
        ActionSpec("columns", "列の選択(&O)…", "", None, Needs.PLAN | Needs.SAVED),
        _SEPARATOR,
        ActionSpec("expand", "すべて展開(&E)", "", "Ctrl+Shift+E", Needs.PLAN),
        ActionSpec("collapse", "すべて折りたたむ(&C)", "", "Ctrl+Shift+C", Needs.PLAN),
        _SEPARATOR,
        ActionSpec("checks", "点検(&K)", "checks", "F7", Needs.PLAN),
        ActionSpec("history", "変更の履歴(&H)", "history", "F9", Needs.PLAN),
        _SEPARATOR,
        ActionSpec("zoom_in", "拡大(&L)", "", "Ctrl++; Ctrl+;; Ctrl+=", Needs.NOTHING),
        ActionSpec("zoom_out", "縮小(&S)", "", "Ctrl+-", Needs.NOTHING),
        ActionSpec("zoom_normal", "100 % に戻す(&Z)", "", "Ctrl+0", Needs.NOTHING),
        _SEPARATOR,
        ActionSpec("latest_news", "最近のお知らせ(&T)…"),
    ),
    "調査(&G)": (
        ActionSpec("new_round", "新しい調査を始める(&N)…", "new-round", None, _EDIT),
        ActionSpec("rounds", "調査の一覧(&L)…", "", None, Needs.PLAN),
        _SEPARATOR,
        ActionSpec("accept_carried", "前回のままで確認(&A)", "saved", "Ctrl+K", _FILL_CHOSEN),
        ActionSpec("compare", "前回との比較(&C)", "compare", "F8", Needs.PLAN),
        ActionSpec("opinions", "委員会意見(&O)…", "opinion", None, Needs.PLAN),
        _SEPARATOR,
        ActionSpec(
            "inquiry", "照会（回答票を作る）(&I)…", "inquiry", None, _EDIT | Needs.OPEN_ROUND
        ),
        ActionSpec("answers", "回答の取込(&G)…", "answers", None, _EDIT),
        ActionSpec("inquiry_states", "回答状況(&S)…", "inquiry-states", None, Needs.PLAN),
        _SEPARATOR,
        ActionSpec("close_round", "調査を確定(&K)…", "lock", None, _EDIT | Needs.OPEN_ROUND),
        ActionSpec("reopen_round", "確定を解除(&R)…", "", None, _EDIT | Needs.CLOSED_ROUND),
    ),
    "計画(&P)": (
        ActionSpec("next_term", "次期計画を策定(&N)…", "next-term", None, _EDIT),
        _SEPARATOR,
        ActionSpec("revisions", "見直し(&R)…", "", None, Needs.PLAN),
        ActionSpec("before_after", "新旧対照表(&T)…", "before_after", None, Needs.PLAN),
    ),
    "設定(&S)": (
        ActionSpec("plan_settings", "計画の設定(&P)…", "plan", None, _EDIT),
        ActionSpec("statuses", "状態の区分(&M)…", "statuses", None, _EDIT),
        ActionSpec("directions", "今後の方向性の区分(&V)…", "directions", None, _EDIT),
        ActionSpec("sections", "担当課の一覧(&S)…", "sections", None, _EDIT),
        _SEPARATOR,
        ActionSpec("preferences", "環境設定(&O)…", "preferences"),
    ),
    "ヘルプ(&H)": (
        ActionSpec("manual", "使い方(&M)", "manual", "F1"),
        ActionSpec("keys", "キー一覧(&K)", "", "Ctrl+/"),
        _SEPARATOR,
        ActionSpec("check_update", "新しいバージョンを確認(&U)…", "update"),
        ActionSpec("open_logs", "ログの場所を開く(&L)", "folder"),
        _SEPARATOR,
        ActionSpec("about", "このプログラムについて(&A)…", "about"),
    ),
}
CONTEXT_MENU = (
    "add_action",
    "add_heading",
    "add_below",
    "rename",
    "copy",
    "paste",
    "duplicate",
    "relist",
    "join",
    "split",
    "move_to",
    "move_up",
    "move_down",
    "",
    "delete",
)
_AT_ONCE = ("undo", "redo", "export")  # with their icons: the toolbar shows them


def install(
    window: QMainWindow,
    commands: Mapping[str, Callable[[], None]],
    save: Callable[[], bool],
) -> dict[str, QAction]:
    """Give the window its menus.

    `save` saves what is being typed; where it cannot, a command that needs it is not called.
    Return the actions by name.
    """
    actions: dict[str, QAction] = {}
    for title, specs in MENUS.items():
        menu = window.menuBar().addMenu(title)
        menu.aboutToShow.connect(partial(_draw_icons, actions, specs))
        for spec in specs:
            if spec is _SEPARATOR:
                menu.addSeparator()
            else:
                actions[spec.name] = _action(window, spec, commands[spec.name], save)
                menu.addAction(actions[spec.name])
    _draw_icons(
        actions, (spec for specs in MENUS.values() for spec in specs if spec.name in _AT_ONCE)
    )
    return actions


def possible(plan: OpenPlan | None, *, has_selection: bool) -> Needs:
    """Return which needs are fulfilled now."""
    if plan is None:
        return Needs.NOTHING
    workspace = plan.workspace
    shown = workspace.outline.round
    conditions = {
        Needs.PLAN: True,
        Needs.EDITING: not workspace.read_only_because,
        Needs.RIGHT_TO_EDIT: plan.may_edit,
        Needs.SELECTION: has_selection,
        Needs.OPEN_ROUND: shown is not None and not shown.closed_at,
        Needs.CLOSED_ROUND: shown is not None and bool(shown.closed_at),
        Needs.STEP_BACK: workspace.next_undo is not None,
        Needs.STEP_AGAIN: workspace.next_redo is not None,
    }
    return reduce(or_, (need for need, holds in conditions.items() if holds))


def enable(actions: Mapping[str, QAction], fulfilled: Needs) -> None:
    """Enable the commands whose needs are fulfilled."""
    for specs in MENUS.values():
        for spec in specs:
            if spec.name:
                actions[spec.name].setEnabled(spec.needs in fulfilled | Needs.SAVED)


def _action(
    window: QMainWindow, spec: ActionSpec, command: Callable[[], None], save: Callable[[], bool]
) -> QAction:
    action = QAction(spec.text, window)
    action.setObjectName(spec.name)
    action.setIconText(re.split(r"\(&|（|\t", spec.text)[0])
    action.setToolTip(tip(action.iconText()))
    action.setCheckable(spec.checkable)
    if spec.keys is not None:
        action.setShortcuts(QKeySequence.listFromString(spec.keys))

    def run() -> None:
        if Needs.SAVED not in spec.needs or save():
            with busy(window):
                command()

    action.triggered.connect(run)
    return action


def _draw_icons(actions: Mapping[str, QAction], specs: Iterable[ActionSpec]) -> None:
    """Give the actions their icons; those of a menu wait until it is opened, for a fast start."""
    for spec in specs:
        if spec.icon and actions[spec.name].icon().isNull():
            give_icon(actions[spec.name], spec.icon)


def name_step(action: QAction, text: str, step: str | None) -> None:
    """Say which step an undo or redo would take."""
    word = text.partition("(&")[0]
    action.setText(text if step is None else f"{text}：{whole(step)}")
    action.setToolTip(tip(word if step is None else f"{word}：{step}"))
