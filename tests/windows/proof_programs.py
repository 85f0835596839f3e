"""Both programs, as installed, on a Japanese Windows (code page 932)."""

from __future__ import annotations

import subprocess

import pytest
from openpyxl import load_workbook

from kyodo_desktop import __version__, cli
from tests.windows.pc import PYTHON, windows_path

SHOWN = ["活動拠点の整備", "市民活動", "財政的援助", "変更あり", "左の一覧で", "自動で保存"]


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
    assert kyodo("new", plan, "--sample", "tomisato_2015") == (0, "", "")
    assert kyodo("export", plan, report) == (0, "", "")
    whole = kyodo.dump(plan)
    assert whole["plan"]["title"] == "協働のまちづくり推進計画"
    assert len(whole["actions"]) == 32
    assert sum(len(action["progress"]) for action in whole["actions"]) == 33
    here = desk / "ここの報告書.xlsx"
    assert cli.run(["export", str(plan), str(here)]) == 0
    assert rows(report) == rows(here)


def rows(workbook):
    """Return the lines of the data sheet, which is the whole plan in plain rows."""
    return list(load_workbook(workbook)["データ"].iter_rows(values_only=True))


def test_the_version_is_told(kyodo):
    assert kyodo("--version") == (0, f"kyodo-desktop {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("export", "a.kyodo"), 2, "「OUT」が足りません"),
        (("export", "無い.kyodo", "a.xlsx"), 1, "「無い.kyodo」が"),
        (("--unknown",), 2, "「--unknown」は使えません"),
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
