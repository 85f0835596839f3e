"""The program as it starts: its smoke test, its start page, and a crash that is told calmly."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPlainTextEdit

from kyodo_desktop import app
from kyodo_desktop.domain.errors import BusyError
from kyodo_desktop.logs import log_file
from kyodo_desktop.paths import bundled
from kyodo_desktop.services.history import entries
from kyodo_desktop.ui.main_window import MainWindow
from kyodo_desktop.ui.program.crash_dialog import CrashDialog
from kyodo_desktop.ui.settings import Settings
from tests.builders import opened
from tests.ui.driving import dialog


@pytest.fixture
def crashes(empty_window, monkeypatch):
    """The window, with what nobody expected told by it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    app._tell_crashes(empty_window)
    return empty_window


def crash(error=None):
    try:
        raise error or ZeroDivisionError("nobody expected this")
    except Exception as raised:
        sys.excepthook(type(raised), raised, raised.__traceback__)


def test_a_crash_is_written_down_and_told_with_the_place_of_the_log(crashes, caplog):
    crash()
    assert "nobody expected this" in caplog.text
    assert str(log_file()) in [each.text() for each in dialog(crashes).findChildren(QLabel)]
    dialog(crashes).reject()


def test_a_question_that_meets_a_busy_file_is_told_and_is_no_crash(crashes, sample_file):
    crashes.files.open(sample_file)
    crash(BusyError("ファイルが使用中です。"))
    assert crashes.toast.text == "ファイルが使用中です。"
    assert not crashes.findChildren(CrashDialog)


def test_a_second_crash_does_not_pile_up_dialogs(crashes):
    crash()
    crash()
    dialog(crashes).reject()


def test_the_smoke_test_leaves_a_picture_and_nothing_else(tmp_path):
    picture = tmp_path / "画面.png"
    run = subprocess.run(
        [sys.executable, "-m", "kyodo_desktop", "--smoke-test", "--grab", picture],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    image = QImage(str(picture))
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, 400, 3)}
    assert image.width() > 700
    assert len(colours) > 50
    assert [each for each in tmp_path.iterdir() if each.suffix == ".kyodo"] == []


def everything_in(folder):
    """Return what lies below a folder, with its bytes and when it was written."""
    return {
        each: (each.stat().st_mtime_ns, each.is_file() and each.read_bytes())
        for each in folder.rglob("*")
    }


def test_the_smoke_test_shows_a_plan_and_leaves_all_as_it_was(plan, tmp_path, own_home):
    picture = own_home.with_suffix(".png")
    before = everything_in(tmp_path)
    assert len(before) > 2, "the plan is open, so its lock lies beside it"
    run = subprocess.run(
        [sys.executable, "-m", "kyodo_desktop", "--smoke-test", plan.path, "--grab", picture],
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    assert QImage(str(picture)).width() > 700
    assert everything_in(tmp_path) == before
    assert [each for each in own_home.rglob("*") if each.is_file()] == []


def test_what_fails_where_qt_calls_python_is_not_lost(qapp):
    with app._failures_of_qt() as failures:
        QTimer.singleShot(0, crash_in_qt)
        qapp.processEvents()
    assert [type(each) for each in failures] == [ZeroDivisionError]


def crash_in_qt():
    raise ZeroDivisionError("nobody expected this")


def test_a_crash_over_a_part_that_is_missing_names_it(crashes):
    part = bundled("resources", "manual", "gone.html")
    try:
        part.read_bytes()
    except OSError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    details = dialog(crashes).findChild(QPlainTextEdit, "details").toPlainText()
    assert f"部品「{part}」がない" in details
    dialog(crashes).reject()


def test_the_program_starts_on_the_plan_of_last_time(qapp, sample_file, monkeypatch):
    remembered = Settings(app.paths.user_settings_file())
    remembered.last_file = sample_file
    remembered.save()
    window = app.shown(None)
    assert window.plan is not None
    assert window.plan.path == sample_file
    window.close()


class Painted(QObject):
    """Notes whether a main window had its plan, each time that one was painted."""

    def __init__(self):
        super().__init__()
        self.with_plan = []

    def eventFilter(self, watched, event):  # noqa: N802
        if event.type() == QEvent.Type.Paint and isinstance(watched, MainWindow):
            self.with_plan.append(watched.plan is not None)
        return False


@pytest.mark.parametrize("is_late", [True, False])
def test_a_late_start_shows_the_window_before_the_plan_is_read(qapp, sample_file, is_late):
    painted = Painted()
    qapp.installEventFilter(painted)
    window = app.shown(sample_file, is_late=is_late)
    assert painted.with_plan == [False] * is_late
    assert window.plan is not None
    window.close()
    qapp.removeEventFilter(painted)


def test_without_a_plan_of_last_time_the_start_page_comes(qapp):
    window = app.shown(None)
    assert window.start_page.isVisible()
    window.close()


EDITING = ("sqlalchemy", "sqlmodel", "pydantic")
OPENS = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from kyodo_desktop import app
from kyodo_desktop.splash import Splash

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched is window.tree:
            application.removeEventFilter(self)
            QTimer.singleShot(0, look)
        return False

def loaded():
    return " ".join(each for each in {editing} if each in sys.modules)

def look():
    assert not window.plan.workspace.read_only_because
    print("painted:", loaded())
    app._load_editing(window)
    window.features.edits.set_status([7], 1)
    print("edited:", loaded(), window.plan.workspace.undo_label)
    window.close()
    application.quit()

application = app.prepared()
window = app.shown(Path(sys.argv[1]))
first_paint = FirstPaint()
application.installEventFilter(first_paint)
application.exec()
"""


def test_nothing_that_only_edits_need_is_loaded_before_the_paint_and_an_edit_waits_for_it(
    sample_file, clock
):
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", OPENS.format(editing=EDITING), sample_file],
        capture_output=True,
        timeout=60,
        check=False,
        text=True,
        encoding="utf-8",
    )
    edit = "状態を「✓ 完了」に変更"
    assert run.stdout.splitlines() == ["painted: ", f"edited: {' '.join(EDITING)} {edit}"]
    with closing(opened(sample_file, clock)) as plan:
        assert entries(plan.workspace, limit=1)[0].label == edit
