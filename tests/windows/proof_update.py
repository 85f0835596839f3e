"""What the installed program does with what lies on the share, at its start and unasked."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest

from tests.windows.pc import NEWER_SETUP, NEWER_VERSION, SECONDS, SETUP, until, windows_path


@pytest.fixture
def share(pc, tmp_path):
    """A share with the present Setup, which the program has been installed from just now."""
    shutil.copy(SETUP, tmp_path)
    assert pc.run(windows_path(tmp_path / SETUP.name), "/S").code == 0
    shutil.rmtree(pc.local_data / "kyodo_desktop", ignore_errors=True)
    return tmp_path


@pytest.fixture
def started(pc, share):
    """A function that starts the installed program and returns where updates come to."""
    running = []

    def start():
        running.append(pc.start(pc.local_data / "Programs/KyodoDesktop/KyodoDesktop.exe"))
        return pc.local_data / "kyodo_desktop" / "Cache" / "updates"

    yield start
    pc.close_program()
    assert running[0].wait(SECONDS) == 0


def publish(share, setup, **changes):
    """Lay out a newer version, as `make windows` does, with something wrong if wanted."""
    shutil.copy(setup, share / NEWER_SETUP.name)
    latest = {
        "version": NEWER_VERSION,
        "file": NEWER_SETUP.name,
        "sha256": hashlib.sha256(NEWER_SETUP.read_bytes()).hexdigest(),
        "notes": "【追加】\n・新しい機能",
    }
    (share / "latest.json").write_text(json.dumps(latest | changes), encoding="utf-8")


def log(pc):
    file = pc.local_data / "kyodo_desktop" / "Logs" / "kyodo_desktop.log"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def test_a_newer_setup_is_brought_to_the_pc(pc, share, started):
    publish(share, NEWER_SETUP)
    downloads = started()
    until((downloads / NEWER_SETUP.name).exists)
    assert (downloads / NEWER_SETUP.name).read_bytes() == NEWER_SETUP.read_bytes()
    assert {each.name for each in downloads.iterdir()} == {NEWER_SETUP.name}


@pytest.mark.parametrize(
    ("setup", "changes", "told"),
    [
        (SETUP, {}, "中身が公開されたものと違います"),
        (NEWER_SETUP, {"file": r"..\..\KyodoDesktop-99.0.0-Setup.exe"}, "latest.json"),
        (NEWER_SETUP, {"sha256": "0" * 64}, "中身が公開されたものと違います"),
    ],
    ids=["other bytes", "another folder", "another hash"],
)
def test_what_is_not_right_is_a_line_in_the_log_and_not_kept(
    pc, share, started, setup, changes, told
):
    publish(share, setup, **changes)
    downloads = started()
    until(lambda: told in log(pc))
    assert not downloads.exists() or list(downloads.iterdir()) == []
