"""Whoever builds the program again gets the same bytes.

The second build is another plain user's, in another folder, zone and language, with other rights
for new files and other dates of all sources. Only what was downloaded is not fetched again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.disk import NOBODY
from tests.disk import ROOT as ROOT_USER
from tests.windows.pc import ROOT, WORK

DOWNLOADS = ("download", "wheels")
ELSEWHERE = {
    "TZ": "America/St_Johns",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "7",
    "PATH": os.environ["PATH"],
    "LONG_AGO": "2001-02-03T04:05:06Z",
}
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
BUILD = """
find . -path ./.venv -prune -o -exec touch -hd "$LONG_AGO" {} +
umask 077
exec resources/windows/build.sh product
"""


@pytest.fixture(scope="module")
def again():
    """The checkout that was built a second time."""
    if os.geteuid() != ROOT_USER:
        pytest.skip("only root can build as somebody else")
    with TemporaryDirectory(prefix="kyodo-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        home, checkout = Path(folder, "home"), Path(folder, "somewhere", "else")
        home.mkdir()
        copy_checkout(checkout)
        subprocess.run(["chown", "-R", str(NOBODY), home, checkout], check=True)
        make_environment(checkout / ".venv")
        date = {"SOURCE_DATE_EPOCH": os.environ["SOURCE_DATE_EPOCH"]}
        subprocess.run(
            [*AS_NOBODY, "sh", "-ec", BUILD],
            cwd=checkout,
            env={**ELSEWHERE, **date, "HOME": str(home)},
            check=True,
        )
        yield checkout


def copy_checkout(checkout):
    """Copy what is under version control, or could be, and what was downloaded."""
    checkout.mkdir(parents=True)
    listed = ["git", "ls-files", "-coz", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    for name in map(os.fsdecode, filter(None, names.split(b"\0"))):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)
    for name in DOWNLOADS:
        shutil.copytree(WORK / name, checkout / "build" / "windows" / name)


def make_environment(folder):
    """Make one with the system's own Python, for others may not look where this one's lies.

    The packages are links, whose files keep their owner.
    """
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", folder], check=True)
    for packages in (ROOT / ".venv").resolve().glob("lib/*/site-packages"):
        place = folder / packages.relative_to((ROOT / ".venv").resolve())
        place.rmdir()
        subprocess.run(["cp", "-al", packages, place], check=True)


def hashes(folder):
    """Return what is in every file below a folder."""
    found = {}
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        with file.open("rb") as content:
            found[file.relative_to(folder).as_posix()] = file_digest(content, "sha256").hexdigest()
    return found


@pytest.mark.parametrize("built", ["build/windows/bundle", "dist"], ids=["bundle", "release"])
def test_a_second_build_makes_the_same(again, built):
    first, second = hashes(ROOT / built), hashes(again / built)
    assert len(first) > 4
    assert {name for name in first | second if first.get(name) != second.get(name)} == set()
