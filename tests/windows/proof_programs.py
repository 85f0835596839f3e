"""Both programs, as installed, on a Japanese Windows (code page 932)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from kyodo_desktop import __version__, cli
from tests.windows.pc import PYTHON, TITLE, windows_path

# Starts a program without any output, as Explorer does, and reads and closes the box it shows.
READ_BOX = """
import ctypes, subprocess, sys, time
title, *command = sys.argv[1:]
user, text = ctypes.windll.user32, ctypes.create_unicode_buffer(2000)
started = subprocess.Popen(command, creationflags=subprocess.DETACHED_PROCESS)
box = 0
while not box and started.poll() is None:
    time.sleep(0.1)
    box = user.FindWindowW("#32770", title)
words, control = [], 0
while box and (control := user.FindWindowExW(box, control, "Static", None)):
    user.SendMessageW(control, 13, len(text), text)  # WM_GETTEXT
    words.append(text.value)
if box:
    user.PostMessageW(box, 16, 0, 0)  # WM_CLOSE
print(started.wait(), *words)
"""
FONT = Path("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf")
SHOWN = ["活動拠点の整備", "市民活動", "期限超過", "要確認", "完了の目途", "自動で保存"]


def words_in(picture):
    """Return what can be read in a picture, which boxes in place of letters cannot."""
    read = subprocess.run(
        ["tesseract", picture, "-", "-l", "jpn", "--psm", "11"], capture_output=True, check=True
    )
    return "".join(read.stdout.decode().split())


@pytest.mark.parametrize("program", ["KyodoDesktop.exe", "kyodo.exe"])
def test_the_window_opens_with_japanese_that_can_be_read(pc, installed, tmp_path, program):
    picture = tmp_path / "窓.png"
    done = pc.run(
        installed / program,
        "--smoke-test",
        "--grab",
        windows_path(picture),
        WINEQT_SCALE_FACTOR="2",
    )
    assert done == (0, "", "")
    read = words_in(picture)
    assert len([word for word in SHOWN if word in read]) >= len(SHOWN) - 2, read


def test_the_pc_is_japanese(pc):
    code = "import ctypes; print(ctypes.windll.kernel32.GetACP())"
    assert pc.run(PYTHON, "-c", code).output == "932\n"


def test_a_plan_is_made_exported_and_dumped(kyodo, desk):
    plan, report = desk / "富里市 後期.kyodo", desk / "報告書.xlsx"
    assert kyodo("new", plan, "--sample", "tomisato_2015").code == 0
    written = desk / "全データ.xlsx"
    assert kyodo("export", plan, report).code == 0
    assert kyodo("export", plan, written, "--data").code == 0
    whole = kyodo.dump(plan)
    assert whole["plan"]["title"] == "協働のまちづくり推進計画"
    assert len(whole["actions"]) == 32
    assert sum(len(action["progress"]) for action in whole["actions"]) == 33
    here = desk / "ここの全データ.xlsx"
    assert cli.run(["export", str(plan), str(here), "--data"]) == 0
    assert rows(written) == rows(here)
    assert "進捗状況一覧" in load_workbook(report).sheetnames


def test_a_report_on_paper_has_its_letters_in_it_and_is_found_by_its_words(pc, kyodo, desk):
    shutil.copy(FONT, pc.prefix / "drive_c" / "windows" / "Fonts")
    plan, paper, page = desk / "計画.kyodo", desk / "報告書.pdf", desk / "報告書.html"
    assert kyodo("new", plan, "--sample", "tomisato_example").code == 0
    choices = ("--font", "IPAexゴシック", "--edition", "公開用")
    assert kyodo("export", plan, paper, page, *choices).code == 0
    read = PdfReader(paper)
    text = "".join("".join(each.extract_text() for each in read.pages).split())
    for word in ("協働のまちづくり推進計画", "平成27年10月31日現在", "市民活動", "確定前"):
        assert word in text
    assert {font for each in read.pages for font in embedded(each)} == {True}
    assert "協働のまちづくり推進計画" in page.read_text(encoding="utf-8")
    inside = desk / "報告書_庁内用.pdf"
    assert kyodo("export", plan, inside, *choices[:2]).code == 0
    assert all("庁内用" in each.extract_text() for each in PdfReader(inside).pages)


def embedded(page):
    """Yield of each font of a page whether its letters are in the file."""
    for font in page["/Resources"]["/Font"].values():
        for inner in font.get_object().get("/DescendantFonts", [font]):
            descriptor = inner.get_object()["/FontDescriptor"]
            yield bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor))


def rows(workbook):
    """Return the lines of the first sheet of the whole plan in plain rows."""
    return list(load_workbook(workbook)["データ"].iter_rows(values_only=True))


def test_the_version_is_told(kyodo):
    assert kyodo("--version") == (0, f"kyodo-desktop {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("export", "a.kyodo"), 2, "「出力先」が足りません"),
        (("export", "無い.kyodo", "a.xlsx"), 1, "「無い.kyodo」が"),
        (("--unknown",), 2, "「--unknown」は使えません"),
        (("exprt", "a.kyodo", "a.xlsx"), 2, "「export」のことですか"),
        (("--smoke-test", "無い.kyodo"), 1, "「無い.kyodo」が"),
    ],
)
def test_an_error_is_one_japanese_line_and_an_exit_code(kyodo, arguments, code, words):
    done = kyodo(*arguments)
    assert (done.code, done.output) == (code, "")
    assert words in done.error
    assert done.error.count("\n") == 1


def test_the_windowed_program_gives_the_same_exit_code_and_text(pc, installed):
    done = pc.run(installed / "KyodoDesktop.exe", "--unknown")
    assert done.code == 2
    assert "「--unknown」は使えません" in done.error


def test_the_window_opens_on_a_plan_that_is_only_read(pc, installed, kyodo, desk):
    plan = desk / "富里市 100% #1.kyodo"
    assert kyodo("new", plan, "--sample", "tomisato_2015").code == 0
    before = plan.read_bytes(), plan.stat().st_mtime_ns
    shown = pc.run(installed / "KyodoDesktop.exe", "--smoke-test", windows_path(plan))
    assert shown == (0, "", "")
    assert (plan.read_bytes(), plan.stat().st_mtime_ns) == before
    left = {each.name for each in desk.iterdir()}
    assert left == {plan.name, f"{plan.name}.lock"}


def shown_in_a_box(pc, installed, *arguments):
    """Return the exit code and what stood in the box of the windowed program."""
    program = windows_path(installed / "KyodoDesktop.exe")
    done = pc.run(PYTHON, "-X", "utf8", "-c", READ_BOX, TITLE, program, *arguments)
    assert (done.code, done.error) == (0, "")
    code, _, words = done.output.partition(" ")
    return int(code), words


def expect_place_of_log(pc, words):
    log = pc.local_data / "kyodo_desktop" / "Logs" / "kyodo_desktop.log"
    assert r"AppData\Local\kyodo_desktop\Logs\kyodo_desktop.log" in words
    assert log.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("frobnicate",), 2, "「frobnicate」というコマンドはありません"),
        (("--smoke-test", "無い.kyodo"), 1, "「無い.kyodo」が"),
        (("dump", "a.kyodo"), 1, "「a.kyodo」が"),
        (("--version",), 0, __version__),
    ],
)
def test_without_a_console_a_box_shows_what_would_be_written(pc, installed, arguments, code, told):
    done, words = shown_in_a_box(pc, installed, *arguments)
    assert done == code
    assert told in words
    if code:
        expect_place_of_log(pc, words)


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("resources", "resources"),
        ("resources/icons/undo.svg", "undo.svg"),
        ("db/versions", "versions"),
        ("PySide6/Qt6Widgets.dll", "QtWidgets.pyd"),
        ("PySide6/plugins/platforms/qwindows.dll", "qwindows.dll"),
        ("PySide6/plugins/imageformats/qsvg.dll", "icons"),
        ("sqlite3.dll", "_sqlite3.pyd"),
    ],
)
def test_a_part_that_is_missing_is_named_in_a_box(pc, installed, part, named):
    present = installed / "_internal" / part
    away = present.rename(pc.prefix / "away")
    try:
        code, words = shown_in_a_box(pc, installed)
    finally:
        away.rename(present)
    assert code == 1
    assert named in words
    assert "再インストール" in words
    expect_place_of_log(pc, words)
