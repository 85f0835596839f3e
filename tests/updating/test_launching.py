"""A Setup is started on its own, and told where it came from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from kyodo_desktop.updating import temporary
from kyodo_desktop.updating.holding import opened_alone, passed_on
from kyodo_desktop.updating.launching import command_line, setup_starter, start_setup

TELLS_ENVIRONMENT = """#!{python}
import json, os, pathlib
told = {{"folder": os.getcwd(), "environment": dict(os.environ)}}
pathlib.Path("told.json").write_text(json.dumps(told), encoding="utf-8")
"""


@pytest.mark.parametrize(
    "source", [r"\\server\共有 #1\更新 100% & more", "Z:\\", r"\\server\share\it's `new`"]
)
def test_the_folder_stands_in_quotes_of_its_own(source):
    setup = PureWindowsPath(r"C:\Users\市民 花子\KyodoDesktop-0.2.0-Setup.exe")
    assert command_line(setup, PureWindowsPath(source)) == (
        rf'"C:\Users\市民 花子\KyodoDesktop-0.2.0-Setup.exe" /UPDATE /SOURCE="{source}"'
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts no scripts")
def test_the_setup_starts_in_its_own_folder_without_what_belongs_to_this_process(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("_PYI_APPLICATION_HOME_DIR", "/old/version")
    setup = tmp_path / "Setup.exe"
    setup.write_text(TELLS_ENVIRONMENT.format(python=sys.executable))
    setup.chmod(0o700)
    with setup.open("rb") as checked:
        started = start_setup(checked, Path("/share"))
    assert started.wait() == 0
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert Path(told["folder"]) == tmp_path
    assert "_PYI_APPLICATION_HOME_DIR" not in told["environment"]
    assert told["environment"]["PATH"] == os.environ["PATH"]
    assert {told["environment"][name] for name in ("TEMP", "TMP")} == {str(tmp_path)}


def test_the_program_that_setup_starts_goes_back_to_the_users_temporary_folders(tmp_path):
    users = {"TEMP": "C:\\Users\\市民\\Temp", "TMP": "D:\\tmp", "PATH": "C:\\Windows"}
    environment = temporary.moved(users, tmp_path)
    temporary.move_back(environment)
    assert environment == users
    temporary.move_back(environment)
    assert environment == users


def test_what_cannot_be_started_raises(tmp_path):
    setup = tmp_path / "KyodoDesktop-0.2.0-Setup.exe"
    setup.write_bytes(b"no program")
    with setup.open("rb") as checked, pytest.raises(OSError, match=r"."):
        start_setup(checked, tmp_path)


def test_only_windows_has_a_setup():
    assert (setup_starter() is start_setup) == (sys.platform == "win32")


@pytest.mark.skipif(sys.platform != "win32", reason="elsewhere nothing can be kept from others")
def test_the_setup_stays_as_it_was_checked_until_it_has_ended(tmp_path):
    """Its name is free as soon as Windows has loaded it, and Setup reads itself by its name."""
    copy, go_on = tmp_path / "python.exe", tmp_path / "go_on"
    copy.write_bytes(b"MZ")
    wait = (
        f"import pathlib, time\nwhile not pathlib.Path({str(go_on)!r}).exists(): time.sleep(0.1)"
    )
    with opened_alone(copy) as checked:
        running = subprocess.Popen([sys.executable, "-c", wait], startupinfo=passed_on(checked))
    for attempt in (lambda: copy.open("ab"), lambda: copy.rename(tmp_path / "away.exe")):
        with pytest.raises(PermissionError):
            attempt()
    go_on.touch()
    assert running.wait() == 0
    copy.rename(tmp_path / "away.exe")
