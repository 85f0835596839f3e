"""Takes a picture of every screen, and of the exported sheet: `make screenshots`.

All go to build/screenshots, at 100 and 200 %; those that README and manual show go to resources.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kyodo_desktop.services.sample import create_sample
from tests import edits
from tests.builders import Clock, action_of, node_of, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QWidget

    from kyodo_desktop.ui.main_window import MainWindow

ROOT = Path(__file__).parents[1]
ALL, PICTURES = ROOT / "build" / "screenshots", ROOT / "resources" / "pictures"
MANUAL = ROOT / "resources" / "manual" / "images"
REPORT, FORM = "report", "form"
FORM_FONT = "Noto Sans CJK JP"  # this computer has it
PUBLISHED = {
    PICTURES / "window.png": "100/window.png",
    PICTURES / "report.png": f"{REPORT}-1.png",
    **{
        MANUAL / f"{name}.png": f"100/{source}.png"
        for name, source in {
            "window": "window",
            "start": "start",
            "paper": "paper",
            "overview": "heading",
            "checks": "checks",
            "comparison": "comparison",
            "history": "history",
            "before_after": "before_after",
            "import": "import",
            "import_form": "import_form",
            "export": "dialog_export",
            "new_plan": "dialog_new",
            "plan_settings": "dialog_plan_settings",
            "restore": "dialog_restore",
            "new_round": "dialog_new_round",
            "next_term": "dialog_next_term",
        }.items()
    },
    MANUAL / "inquiry.png": "100/dialog_inquiry.png",
    MANUAL / "form.png": f"{FORM}-2.png",
    MANUAL / "states.png": "100/inquiry_states.png",
    MANUAL / "review.png": "100/review.png",
}
"""The pictures that README and manual show, and where they are among all."""
MOST_COLOURS = 64
_ALIKE = 24  # by red, green and blue together: colours that nobody tells apart
SCREEN = "-screen 0 2732x1536x24"


def main() -> None:
    """Take all pictures, each scale in a process of its own."""
    for scale in (1, 2):
        folder = ALL / f"{scale}00"
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["xvfb-run", "-a", "-s", SCREEN, sys.executable, "-m", "tests.screenshots", folder],
            env={**os.environ, "QT_SCALE_FACTOR": str(scale), "QT_QPA_PLATFORM": "xcb"},
            check=True,
        )
    picture_workbook()
    picture_form()
    for target, source in PUBLISHED.items():
        target.parent.mkdir(exist_ok=True)
        _publish(ALL / source, target)


def _publish(source: Path, target: Path) -> None:
    """Save a picture in few colours, in a third of the bytes."""
    from PySide6.QtGui import QImage

    picture = QImage(str(source)).convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(picture.constBits()).cast("I"))
    colours = _far_apart(colour for colour, _ in counted.most_common())
    picture.convertToFormat(QImage.Format.Format_Indexed8, colours).save(str(target), "PNG", 0)


def _far_apart(colours: Iterable[int]) -> list[int]:
    """Return the first colours that can be told apart: a red sign is rarer than grey edges."""
    kept: dict[int, bytes] = {}
    for colour in colours:
        parts = colour.to_bytes(4, "big")[1:]
        if all(_distance(parts, each) > _ALIKE for each in kept.values()):
            kept[colour] = parts
        if len(kept) == MOST_COLOURS:
            break
    return [*kept]


def _distance(one: bytes, other: bytes) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def picture_workbook() -> None:
    """Export the sample, in a font that this computer has, and turn its pages into pictures."""
    from kyodo_desktop.domain.reporting import Extras
    from kyodo_desktop.excel.report import write_workbook
    from kyodo_desktop.pages.options import LISTING, ReportOptions
    from kyodo_desktop.pages.report import laid_report

    with tempfile.TemporaryDirectory() as home:
        plan, book = Path(home, "sample.kyodo"), Path(home, f"{REPORT}.xlsx")
        clock = Clock()
        create_sample(plan, "tomisato_2015", author="", now=clock())
        with closing(opened(plan, clock)) as shown:
            outline = shown.workspace.outline
        options = ReportOptions(parts=(LISTING,), font="Noto Sans CJK JP")
        write_workbook(laid_report(outline, options, extras=Extras(), made_on="2015-11-02"), book)
        _print_pages(book, ALL / REPORT)


def picture_form() -> None:
    """Turn the pages of a 回答票 into pictures."""
    from kyodo_desktop.domain.replies.addressing import Contact
    from kyodo_desktop.excel.reply_form.writing import write_reply_form
    from kyodo_desktop.services import plan_settings, rounds
    from kyodo_desktop.services.inquiries.asking import reply_forms
    from tests.ui.inquiries.hands import share_out

    with tempfile.TemporaryDirectory() as home:
        plan, book, clock = Path(home, "sample.kyodo"), Path(home, f"{FORM}.xlsx"), Clock()
        create_sample(plan, "tomisato_2015", author="", now=clock())
        with closing(opened(plan, clock)) as shown:
            rounds.open_round(shown.workspace, "平成28年度", 2016, "2016-10-31")
            share_out(shown.workspace)
            contact = Contact("市民活動推進課", "協働推進係", "0476-00-0000")
            settings = plan_settings.plan_settings(shown.workspace.outline)
            plan_settings.set_plan_settings(shown.workspace, settings._replace(contact=contact))
            (form,) = reply_forms(shown.workspace, [1], "2026-12-07", "", clock().isoformat())
            write_reply_form(form, book, font=FORM_FONT)
        _print_pages(book, ALL / FORM)


def _print_pages(book: Path, picture: Path) -> None:
    """Print a workbook with LibreOffice; the pages' numbers are added to the picture's name."""
    with tempfile.TemporaryDirectory() as home:
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={Path(home, 'office').as_uri()}"),
                *("--headless", "--convert-to", "pdf", "--outdir", home, book),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        pages = Path(home, book.with_suffix(".pdf").name)
        subprocess.run(["pdftoppm", "-png", "-r", "80", pages, picture], check=True)


def picture_screens(folder: Path) -> None:
    """Drive the real window through its screens and picture each."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["KYODO_DESKTOP_HOME"] = home
        from kyodo_desktop import app
        from kyodo_desktop.ui.main_window import MainWindow
        from kyodo_desktop.ui.settings import Settings

        application = app.prepared()
        settings = Settings(Path(home, "settings.ini"))
        settings.display_name = "市民 花子"
        window = MainWindow(settings, Clock())
        window.resize(1366, 728)
        window.show()
        for name, reach in SCENES.items():
            shown = reach(window) or window
            application.processEvents()
            application.processEvents()
            shown.grab().save(str(folder / f"{name}.png"))
            if shown is not window:
                shown.close()
                application.processEvents()
        window.close()


def _window(window: MainWindow) -> None:
    window.files.open_sample()
    _choose(window, "市民活動サポートセンターの創設")


def _history(window: MainWindow) -> None:
    from kyodo_desktop.services import progress

    workspace = window.plan.workspace
    action_id = action_of(workspace.outline, "市民活動サポートセンターの創設")
    progress.set_status(workspace, [action_id], 1)
    edits.set_due(workspace, action_id, "H28.3")
    line = workspace.outline.lines[action_id][0]
    progress.set_line_text(workspace, line.id, "平成28年3月に開設し、運営を開始した")
    window.actions_by_name["history"].trigger()


def _heading(window: MainWindow) -> None:
    window.side.show_tab("main")
    _choose(window, "担い手づくり")


def _several(window: MainWindow) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QTreeView

    _choose(window, "協働のまちづくり講座の開設")
    tree = window.tree.findChild(QTreeView)
    for _ in range(2):
        QTest.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


def _search(window: MainWindow) -> None:
    window.actions_by_name["search"].trigger()
    window.strip.search.setText("ｻﾎﾟｰﾄ")


def _refused(window: MainWindow) -> None:
    window.strip.clear()
    _choose(window, "市民活動ブースの設置")
    window.actions_by_name["move_up"].trigger()


def _paper(window: MainWindow) -> None:
    window.toast.clear()
    window.actions_by_name["show_paper"].trigger()


def _next_round(window: MainWindow) -> None:
    window.side.show_tab("main")
    from kyodo_desktop.services import rounds

    rounds.open_round(window.plan.workspace, "平成28年度", 2016, "2016-10-31")
    _choose(window, "市民活動ブースの設置")


def _comparison(window: MainWindow) -> None:
    from PySide6.QtTest import QSignalSpy

    from kyodo_desktop.services import progress

    workspace = window.plan.workspace
    line = workspace.outline.lines[action_of(workspace.outline, "市民活動ブースの設置")][0]
    progress.set_line_text(workspace, line.id, "市民活動ブースを開設し、運営している")
    progress.set_line_status(workspace, line.id, 1)
    window.actions_by_name["compare"].trigger()
    QSignalSpy(window.side.page.compared).wait(5000)


def _revised(window: MainWindow) -> None:
    window.side.show_tab("main")
    from kyodo_desktop.services import comparing, removing, structure

    workspace = window.plan.workspace
    booth = node_of(workspace.outline, "市民活動ブースの設置")
    structure.rename(workspace, booth, "市民活動ブースの増設")
    edits.set_due(workspace, workspace.outline.action_at(booth).id, "H29.3")
    removing.delete(workspace, [node_of(workspace.outline, "職員研修の実施")])
    structure.add_action(workspace, node_of(workspace.outline, "活動拠点の整備"), "交流会の開催")
    day, why = "2026-11-20", "社会情勢の変化に合わせて、活動拠点の整備を見直した。"
    comparing.record_revision(workspace, "中間見直し", day, why)


def _dialog(name: str) -> Callable[[MainWindow], QWidget]:
    def reach(window: MainWindow) -> QWidget:
        from PySide6.QtWidgets import QApplication

        window.actions_by_name[name].trigger()
        QApplication.processEvents()
        return QApplication.activeModalWidget()

    return reach


def _export(window: MainWindow) -> QWidget:
    """Wait until the dialog tells what the report will lack, in a font that this computer has."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QListWidget

    window.settings.set_report({**window.settings.report, "font": FORM_FONT})
    shown, told = _dialog("export")(window), QEventLoop()
    shown.findChild(QListWidget, "parts").itemChanged.connect(told.quit)
    told.exec()
    return shown


def _update(window: MainWindow) -> QWidget:
    from PySide6.QtWidgets import QApplication

    from kyodo_desktop.updating.fetching import Download
    from kyodo_desktop.updating.keys import ReleaseKey
    from kyodo_desktop.updating.release import Release

    notes = "・集計表に割合を加えました。\n・長い名前の施策でも、表の右端が切れなくなりました。"
    release = Release("0.2.0", 1, "", notes, ReleaseKey("富里市 情報政策課", bytes(32)))
    download = Download(release, Path("Setup.exe"), Path("share"))
    window.features.updates.offer.show(download)
    window.features.updates.offer.open(download)
    return QApplication.activeModalWidget()


def _inquiry(window: MainWindow) -> QWidget:
    """Give the actions to sections, so that somebody can be asked."""
    from PySide6.QtWidgets import QLineEdit

    from tests.ui.inquiries.hands import share_out

    window.files.open_sample()
    share_out(window.plan.workspace)
    shown = _dialog("inquiry")(window)
    shown.findChild(QLineEdit, "folder").setText(r"Z:\協働推進\照会_平成28年度")
    return shown


def _typed_texts(window: MainWindow) -> QWidget:
    """Leave texts behind: one whose field was changed since, one whose row stands as it stood."""
    from PySide6.QtWidgets import QApplication

    from kyodo_desktop.domain.inputs import TypedText
    from kyodo_desktop.services import structure
    from kyodo_desktop.services.typing_journal import open_journal, text_at

    workspace, at = window.plan.workspace, window.now().isoformat(timespec="seconds")
    outline = workspace.outline
    action_id = action_of(outline, "市民活動サポートセンターの創設")
    node = node_of(outline, "協働のまちづくり講座の開設")
    note = "指定管理者の公募は平成28年1月から。\n運営委員会の意見を聞いてから、要項を確定する。"
    journal = open_journal(workspace, window.plan.path, "市民 花子")
    for text in (
        text_at(outline, edits.set_note, action_id, note, at),
        text_at(outline, structure.rename, node, "協働のまちづくり講座の開設と修了者の登録", at),
        text_at(outline, edits.set_due, action_id, "来年の春", "2026-06-01T09:12:00+09:00"),
        TypedText("dialog:RoundDialog:name", "画面「新しい調査」", "調査名", "", "平成28年度", at),
        TypedText(
            "state:next_term", "画面「後期計画を策定」", "ここまでの内容", "", "継続 31", at, "{}"
        ),
    ):
        journal.put(text)
    journal.close()
    edits.set_note(workspace, action_id, "公募は平成28年度に行う。")
    window.features.typed.offer()
    QApplication.processEvents()
    return QApplication.activeModalWidget()


def _review(window: MainWindow) -> QWidget:
    """Let two answers come: one with differences and a comment, and one with a clash."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from kyodo_desktop.services import progress
    from tests.ui.inquiries.hands import comment, fill, sent, sign

    workspace, folder = window.plan.workspace, window.plan.path.parent / "回答"
    outline, files = workspace.outline, sent(workspace, folder)
    course, centre = (
        action_of(outline, title)
        for title in ("協働のまちづくり講座の開設", "市民活動サポートセンターの創設")
    )
    for action_id, typed in (
        (course, {"状態": "完了", "進捗状況": "平成28年度から毎年2回開設", "完了予定": "H28.3"}),
        (centre, {"進捗状況": "平成28年2月に開設した", "完了予定": "来年の春"}),
    ):
        path = files[outline.lead(action_id)]
        fill(path, outline.actions[action_id].title, **typed)
        sign(path, 回答者="生涯 学", 内線="2345", 課長確認="✓")
    answered = [files[outline.lead(each)] for each in (course, centre)]
    title = outline.actions[course].title
    comment(answered[0], title, "会場の予約が取れれば、夏にも開く予定です。")
    progress.set_line_text(workspace, outline.lines[centre][0].id, "平成28年3月に開設予定")
    read = QEventLoop()
    window.features.answers.read.connect(read.quit)
    window.features.answers.take_dropped(answered)
    read.exec()
    return QApplication.activeModalWidget()


def _choose(window: MainWindow, title: str) -> None:
    window.tree.select(node_of(window.plan.workspace.outline, title))


def _checks(window: MainWindow) -> None:
    from PySide6.QtTest import QSignalSpy
    from PySide6.QtWidgets import QApplication, QTreeView

    window.actions_by_name["show_list"].trigger()
    QApplication.processEvents()
    found = QSignalSpy(window.features.checks.found)
    window.actions_by_name["checks"].trigger()
    findings = window.findChild(QTreeView, "findings")
    model = findings.model()
    while not model.rowCount() and found.wait(5000):
        pass
    first = next(place for place in range(model.rowCount()) if model.groups[place].rows)
    findings.setCurrentIndex(model.index(0, 0, model.index(first, 0)))


def _checks_dialog(name: str) -> Callable[[MainWindow], QWidget]:
    def reach(window: MainWindow) -> QWidget:
        from PySide6.QtWidgets import QApplication, QPushButton

        window.findChild(QPushButton, f"checks_{name}").click()
        QApplication.processEvents()
        return QApplication.activeModalWidget()

    return reach


def _import(window: MainWindow) -> QWidget:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from kyodo_desktop.paths import bundled

    window.features.imports.import_table(bundled("resources", "samples", "tomisato_2015.csv"))
    page = QApplication.activeModalWidget()
    read = QEventLoop()
    page.settled.connect(read.quit)
    if page.found is None:
        read.exec()
    page._found.found.setCurrentIndex(page._found.found.model().index(2, 0))
    return page


def _import_form(window: MainWindow) -> QWidget:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    window.features.imports.import_table(ROOT / "tests" / "tables" / "akiruno_sheets_2023.xlsx")
    page, read = QApplication.activeModalWidget(), QEventLoop()
    page.settled.connect(read.quit)
    if page.found is None:
        read.exec()
    page._found.found.setCurrentIndex(page._found.found.model().index(2, 0))
    return page


SCENES: dict[str, Callable[[MainWindow], QWidget | None]] = {
    "start": lambda window: window.show_plan(None),
    "window": _window,
    "history": _history,
    "heading": _heading,
    "several": _several,
    "search": _search,
    "refused": _refused,
    "paper": _paper,
    "checks": _checks,
    "dialog_checks_confirm": _checks_dialog("confirm"),
    "dialog_checks_rules": _checks_dialog("rules"),
    "without_checks": _heading,
    **{
        f"dialog_{name}": _dialog(name)
        for name in (
            "new",
            "restore",
            "delete",
            "relist",
            "plan_settings",
            "statuses",
            "directions",
            "sections",
            "next_term",
            "preferences",
            "about",
        )
    },
    "dialog_export": _export,
    "dialog_update": _update,
    "import": _import,
    "import_form": _import_form,
    "next_round": _next_round,
    "comparison": _comparison,
    "revised": _revised,
    "revisions": _dialog("revisions"),
    "before_after": _dialog("before_after"),
    **{
        f"dialog_{name}": _dialog(name)
        for name in ("new_round", "rounds", "opinions", "close_round")
    },
    "dialog_inquiry": _inquiry,
    "review": _review,
    "inquiry_states": _dialog("inquiry_states"),
    "dialog_typed_texts": _typed_texts,  # the last one: each plan opened after it would ask
}


if __name__ == "__main__":
    if sys.argv[1:]:
        picture_screens(Path(sys.argv[1]))
    else:
        main()
