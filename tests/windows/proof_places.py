"""Where a city hall keeps its files: odd names, long paths, drives, shares, read-only folders."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.windows.conftest import Console
from tests.windows.pc import NEWER_SETUP, PC, PYTHON, windows_path

ODD = "市民 協働課 #1 100% (A&B) 𠮷野"
LONG = "長い名前のフォルダー" * 6
LONGER_THAN = 200
HOLD = """
import sys, _winapi
handle = _winapi.CreateFile(sys.argv[1], _winapi.GENERIC_READ, 0, 0, 3, 0, 0)
print("held", flush=True)
sys.stdin.read()
"""


def names(folder):
    """Return what lies in a folder, but for the lock files, which stay."""
    return {each.name for each in folder.iterdir() if each.suffix != ".lock"}


@pytest.fixture(params=[ODD, f"{LONG}/{LONG}/{LONG}/{LONG}"], ids=["odd", "long"])
def folder(desk, request):
    folder = desk / request.param
    folder.mkdir(parents=True)
    return folder


def test_plans_and_reports_may_lie_anywhere(kyodo, folder):
    plan, report = folder / f"{ODD}.kyodo", folder / f"{ODD}.xlsx"
    if folder.name == LONG:
        assert len(windows_path(plan)) > LONGER_THAN
    assert kyodo("new", plan, "--sample", "tomisato_2015").code == 0
    assert kyodo("export", plan, report).code == 0
    assert len(kyodo.dump(plan)["actions"]) == 32
    assert names(folder) == {plan.name, report.name}


@pytest.mark.parametrize("name", [ODD, f"{LONG}/{LONG}です"], ids=["odd", "long"])
def test_the_program_may_lie_anywhere(pc, desk, name):
    home = rf"C:\users\{pc.home.name}\{desk.name}\{name}".replace("/", "\\")
    # NSIS takes the rest of the line for the folder, and wants no quotes round it.
    assert pc.run(NEWER_SETUP, "/S", *f"/D={home}".split(" ")).code == 0
    installed = desk / name
    assert pc.run(installed / "KyodoDesktop.exe", "--smoke-test") == (0, "", "")
    assert Console(pc, installed)("new", desk / "a.kyodo").code == 0
    assert pc.run(installed / "uninstall.exe", "/S").code == 0
    assert not (installed / "_internal").exists()


@pytest.mark.parametrize("place", ["S:\\", "\\\\server\\共有 #1\\"], ids=["drive", "UNC"])
def test_a_shared_drive_is_opened_and_written_to(pc, kyodo, tmp_path, place):
    name = place.strip("\\").lower()
    pc.connect(f"unc/{name}".replace("\\", "/") if place.startswith("\\") else name, tmp_path)
    plan, report = rf"{place}計画 100%.kyodo", rf"{place}報告書.xlsx"
    assert kyodo("new", plan, "--sample", "tomisato_2015").code == 0
    assert kyodo("export", plan, report).code == 0
    assert len(kyodo.dump(plan)["actions"]) == 32
    assert names(tmp_path) == {"計画 100%.kyodo", "報告書.xlsx"}


@contextmanager
def excel_with(pc, workbook):
    """Keep a file open as Excel does, which lets nobody else have it."""
    with subprocess.Popen(
        ["wine", PYTHON, "-c", HOLD, windows_path(workbook)],
        env={**os.environ, "WINEPREFIX": str(pc.prefix)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as excel:
        assert excel.stdout.readline().strip() == b"held"
        yield  # afterwards its stdin is closed, and it ends


def test_a_report_that_excel_has_open_is_left_alone_and_another_name_does(pc, kyodo, desk):
    plan, report = desk / "a.kyodo", desk / "報告書.xlsx"
    kyodo("new", plan, "--sample", "tomisato_2015")
    assert kyodo("export", plan, report).code == 0
    before = report.read_bytes()
    with excel_with(pc, report):
        done = kyodo("export", plan, report, "--force")
        assert done.code == 1
        assert "「報告書.xlsx」はExcelなどで開かれている" in done.error
        assert "別の名前" in done.error
        assert kyodo("export", plan, desk / "報告書2.xlsx").code == 0
    assert report.read_bytes() == before
    assert names(desk) == {"a.kyodo", "報告書.xlsx", "報告書2.xlsx"}


@pytest.fixture
def stage():
    """A folder that everybody may look into, as pytest's own may not."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_it_runs_from_a_folder_that_it_may_not_write_to(unpacked, stage):
    program = shutil.copytree(unpacked, stage / "share" / "KyodoDesktop")
    subprocess.run(["chmod", "-R", "a-w,a+rX", stage / "share"], check=True)
    pc = PC(stage / "user" / "pc", plain_user=True)
    pc.prefix.parent.mkdir()
    pc.switch_on()
    try:
        pc.run("cmd", "/c", "echo", ">", f"{windows_path(program)}\\a.txt")
        assert not (program / "a.txt").exists()
        assert pc.run(program / "KyodoDesktop.exe", "--smoke-test") == (0, "", "")
        assert Console(pc, program)("new", pc.prefix.parent / "a.kyodo").code == 0
    finally:
        pc.switch_off()
        subprocess.run(["chmod", "-R", "u+w", stage / "share"], check=True)
