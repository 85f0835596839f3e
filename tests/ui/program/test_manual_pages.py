"""Every window, dialog and tab has a page of the manual, which names each of its controls."""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache
from html import unescape
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QGroupBox,
    QLabel,
    QTabBar,
    QWidget,
)

import kyodo_desktop.ui
from kyodo_desktop.domain.errors import BusyError, StrangeFileError
from kyodo_desktop.pages.options import PARTS
from kyodo_desktop.pages.report_columns import REPORT_COLUMNS
from kyodo_desktop.paths import bundled
from kyodo_desktop.services import new_plan
from kyodo_desktop.services.files import InUseError
from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.checks.dialogs import RulesDialog
from kyodo_desktop.ui.comparing.revision_form import ReasonDialog
from kyodo_desktop.ui.files.dialogs import (
    InUseDialog,
    StrangeFileDialog,
    TryAgainDialog,
    UnsavedDialog,
)
from kyodo_desktop.ui.inquiries.inquiry_dialog import SentDialog
from kyodo_desktop.ui.program.crash_dialog import CrashDialog
from kyodo_desktop.ui.program.manual import ManualWindow
from kyodo_desktop.ui.program.manual_pages import KEYS, PAGES, page_for
from kyodo_desktop.ui.rounds.dialogs import ReopenRoundDialog
from tests import manual_keys, screenshots
from tests.builders import node_of
from tests.imports import ROOT
from tests.ui.driving import outline, run, select, tree
from tests.ui.inquiries.hands import share_out
from tests.ui.screens import COMMANDS, dialogs, each_tab, shown_by

USUAL = {"OK", "キャンセル", "閉じる"}
MEASURED = {"◇ 完了の目途", "市民活動推進課"}  # the sample's own words, by which columns are made
_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


@cache
def written():
    """Return what the program's own source says: names that a plan chose are none of it."""
    return {
        plain(text)
        for path in (ROOT / "kyodo_desktop").rglob("*.py")
        for text in texts_in(SourceFileLoader(path.stem, str(path)).get_code(path.stem).co_consts)
    }


def texts_in(constants):
    """Yield the texts among the constants of compiled code, which is kept: parsing is slow."""
    for each in constants:
        if isinstance(each, str):
            yield each
        elif isinstance(each, CodeType):
            yield from texts_in(each.co_consts)
        elif isinstance(each, tuple | frozenset):
            yield from texts_in(each)


def plain(label):
    """Return a label as it is read: without its mnemonic, its keys and what follows it."""
    text = re.sub(r"\(&.\)|&(?=\w)", "", label).partition("\t")[0].replace("&&", "&")
    return re.sub(r"\s*[…：:▾]+$", "", text.strip())


@cache
def section_of(page):
    """Return the text of a page, or of what stands below its anchor."""
    name, _, anchor = page.partition("#")
    html = bundled("resources", "manual", f"{name}.html").read_text(encoding="utf-8")
    if anchor:
        html = re.split("<h[12]", html[html.index(f'id="{anchor}"') :])[0]
    return unescape(re.sub(r"<[^>]+>", "", html))


def controls(screen):
    """Yield each control of a screen that is seen, with its labels."""
    for each in screen.findChildren(QWidget):
        if not each.isVisible():
            continue
        if isinstance(each, QTabBar):
            yield from ((each, each.tabText(place)) for place in range(each.count()))
        elif isinstance(each, QAbstractButton):
            yield each, each.text()
            if getattr(each, "menu", lambda: None)():
                yield from ((each, action.text()) for action in each.menu().actions())
        elif isinstance(each, QGroupBox):
            yield each, each.title()
        elif isinstance(each, QLabel) and each.buddy() is not None:
            yield each, each.text()


def unnamed(screen):
    """Return the labels that their page does not name."""
    found = set()
    for control, label in controls(screen):
        word, page = plain(label), page_for(control)
        if not _JAPANESE.search(word) or word in USUAL | MEASURED or word not in written():
            continue
        if word not in section_of(page):
            found.add(f"{page}: {word}")
    return found


def test_the_page_of_what_a_command_shows_names_each_control(window):
    missing = {}
    for name in COMMANDS:
        select(window, "市民活動ブースの設置")
        if not window.actions_by_name[name].isEnabled():
            continue
        for screen in shown_by(window, name):
            assert screen is window or has_help(screen), screen
            for _ in each_tab(screen) if screen is not window else ():
                missing.setdefault(name, set()).update(unnamed(screen))
    assert {name: labels for name, labels in missing.items() if labels} == {}
    assert len(missing) > 25, "one plan for all commands: none before closed the way to the next"


def has_help(dialog):
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    shortcuts = dialog.findChildren(QShortcut, options=direct)
    return isinstance(dialog, ManualWindow) or QKeySequence("F1") in [s.key() for s in shortcuts]


SCENES = (
    *("window", "start", "heading", "several", "checks", "import"),
    *("paper", "inquiry_states", "review", "dialog_typed_texts", "dialog_update"),
)


@pytest.mark.parametrize("name", SCENES)
def test_the_page_of_a_screen_names_each_control(window, name):
    if name == "review":
        share_out(window.plan.workspace)
    shown = screenshots.SCENES[name](window) or window
    QApplication.processEvents()
    missing = set()
    for _ in each_tab(shown):
        missing |= unnamed(shown)
    if shown is not window:
        shown.close()
    assert sorted(missing) == []


def _join(window):
    nodes = [node_of(outline(window), "市民活動サポートセンターの創設", nth=nth) for nth in (0, 1)]
    window.tree.select_all(nodes)
    run(window, "join")


def _paste(window):
    QGuiApplication.clipboard().setText("番号\t実行計画\n1\t交流会の開催\n2\t冊子の作成\n")
    tree(window).setFocus()
    run(window, "paste")


def _confirm(window):
    screenshots.SCENES["checks"](window)
    screenshots.SCENES["dialog_checks_confirm"](window)


def _asking(make):
    return lambda window: ask(make(window))


LESS_USUAL = {
    "join": _join,
    "paste": _paste,
    "confirm": _confirm,
    "rules": _asking(lambda window: RulesDialog([], window)),
    "reason": _asking(lambda window: ReasonDialog("", window)),
    "reopen_round": _asking(lambda window: ReopenRoundDialog("平成27年度", window)),
    "crash": _asking(lambda window: CrashDialog("", Path(), window)),
    "sent": _asking(lambda window: SentDialog(Path(), [], "令和8年11月30日", window)),
    "unsaved": _asking(lambda window: UnsavedDialog("", window, is_lost=True, is_kept=False)),
    "kept": _asking(lambda window: UnsavedDialog("", window, is_lost=True, is_kept=True)),
    "in_use": _asking(lambda window: InUseDialog(InUseError(Path("計画.kyodo"), None), window)),
    "strange": _asking(lambda window: StrangeFileDialog(StrangeFileError(""), window)),
    "busy": _asking(lambda window: TryAgainDialog(BusyError(""), window)),
}


@pytest.mark.parametrize("name", LESS_USUAL)
def test_the_page_of_what_is_seldom_asked_names_each_control(window, name, qtbot):
    select(window, "市民活動ブースの設置")
    LESS_USUAL[name](window)
    qtbot.waitUntil(lambda: dialogs(window) != [])
    (shown,) = dialogs(window)
    assert page_for(shown) != PAGES["MessageBox"]
    missing = unnamed(shown)
    shown.close()
    assert sorted(missing) == []


def test_the_page_of_an_empty_plan_names_each_control(window, tmp_path, clock):
    path = tmp_path / "空.kyodo"
    plan = new_plan.default_plan(clock().date(), "空の計画")
    new_plan.create_plan(path, plan, author="市民 花子", now=clock())
    assert window.files.open(path)
    QApplication.processEvents()
    assert window.features.guide.page.isVisible()
    assert sorted(unnamed(window)) == []


def test_the_menus_are_named_with_their_keys_on_one_page(qapp):
    page = manual_keys.PAGE.read_text(encoding="utf-8")
    assert manual_keys.with_commands(page) == page, "python -m tests.manual_keys"


def words_in(cell, names):
    """Return the names in a cell of the first column, which is one or several of them."""
    return [cell] if plain(cell) in names else cell.split("、")


def cells_of(page):
    """Yield what the tables of a page say are the names of controls."""
    name, _, anchor = page.partition("#")
    html = bundled("resources", "manual", f"{name}.html").read_text(encoding="utf-8")
    below = re.split("<h[12]", html[html.index(f'id="{anchor}"') :])[0]
    for cell in re.findall("<tr><td>(.*?)</td>", below):
        yield unescape(re.sub(r"<[^>]+>|（[^）]*）", "", cell))


def names_on(screen):
    """Return all by which the parts of a screen are called, seen or heard."""
    names = {plain(label) for control, label in controls(screen)}
    for each in screen.findChildren(QWidget):
        names |= {plain(each.accessibleName())}
        if isinstance(each, QLabel):
            names |= {plain(each.text())}
    return names


SHOWN_WHOLE = {  # where nothing comes and goes with what is chosen
    "export": "ExportDialog",
    "print": "PrintPreview",
    "replace": "ReplaceDialog",
    "preferences": "PreferencesDialog",
    "history": "HistoryPage",
}


@pytest.mark.parametrize("name", SHOWN_WHOLE)
def test_the_page_of_a_screen_names_no_control_that_is_not_there(window, name):
    select(window, "市民活動ブースの設置")
    run(window, name)
    kind = screens()[SHOWN_WHOLE[name]]
    (shown,) = [each for each in window.findChildren(kind) if each.isVisible()]
    names = set()
    for _ in each_tab(shown):
        names |= names_on(shown)
    told = [word for cell in cells_of(PAGES[SHOWN_WHOLE[name]]) for word in words_in(cell, names)]
    assert [each for each in told if plain(each) not in names] == []


def test_the_page_of_the_report_names_the_parts_and_columns_that_there_are():
    rows = section_of("export#export").splitlines()
    for label, there in (
        ("内容", PARTS),
        ("進捗状況一覧の列", [each.label for each in REPORT_COLUMNS.values()]),
    ):
        (row,) = [each for each in rows if each.startswith(label)]
        assert re.findall("「(.+?)」", row) == list(there)


BASES = {"FormDialog", "Question", "ListDialog", "StayingDialog"}


@cache
def screens():
    """Return all windows, dialogs and other widgets by the names of their classes."""
    for module in pkgutil.walk_packages(kyodo_desktop.ui.__path__, "kyodo_desktop.ui."):
        importlib.import_module(module.name)
    found, waiting = {}, [QWidget]
    while waiting:
        kind = waiting.pop()
        found[kind.__name__] = kind
        waiting += kind.__subclasses__()
    return found


def test_every_dialog_has_a_page_of_its_own():
    without = {
        name
        for name, kind in screens().items()
        if kind.__module__.startswith("kyodo_desktop.") and issubclass(kind, QDialog)
        if not any(each.__name__ in PAGES for each in kind.__mro__)
    }
    assert without <= BASES


def test_every_screen_with_a_page_is_there():
    assert sorted(set(PAGES) - set(screens())) == []


@pytest.mark.parametrize("page", sorted(set(PAGES.values())))
def test_every_page_and_its_place_are_there(page):
    assert section_of(page).strip()


def test_f1_shows_the_page_of_what_has_the_focus(window, qtbot):
    select(window, "市民活動ブースの設置")
    window.tree.setFocus()
    run(window, "manual")
    shown = window.findChild(ManualWindow)
    assert shown.browser.source().fileName() == "list.html"
    shown.close()


def test_the_list_of_keys_is_one_key_away(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    shown = window.findChild(ManualWindow)
    assert shown.browser.source().fileName() == f"{KEYS}.html"
    shown.close()
