"""What `.github/workflows/windows.yml` would do on real Windows, each of its blocks in bash here.

Wine stands before what Windows starts by its name, and a few programs are answered for in `SHIMS`.
A block that cannot run here is in `NOT_RUN`, with the reason.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kyodo_desktop import __version__
from resources.windows.release_papers import PAGES
from tests.windows.pc import PYTHON, ROOT, WORK, ZIP

WORKFLOW = ROOT / ".github" / "workflows" / "windows.yml"
FONT = Path("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf")
SECONDS = 900 * int(os.environ.get("KYODO_SLOWNESS", "1"))

NOT_RUN = {
    "Install the pinned packages": "Windows' Python has no pip here; toolchain.sh puts the same "
    "pins in its place with the pip of this machine",
}

SHIMS = {
    # Everything goes through pipes, as in toolchain.sh: Wine 8 spoils a file as stdout.
    "windows": 'env -u LOCALAPPDATA wine "$@" </dev/null > >(cat) 2> >(cat >&2)',
    # PyInstaller has just made the same program with the same command, in a minute and a half.
    "python": """
        if [ "$*" = "-m PyInstaller --noconfirm --log-level WARN build_spec.spec" ]; then
            mkdir -p dist && cp -a "$BUNDLE" dist/KyodoDesktop
        else
            windows "$WINDOWS_PYTHON" "$@"
        fi""",
    "apt-get": """
        [ "$1" = update ] && exit
        for word in "${@:2}"; do
            [[ $word = -* ]] || dpkg -s "$word" >/dev/null
        done""",
    # Not packed tightly: that takes a minute, and lies in dist/ already.
    "makensis": '[ "$1" = -VERSION ] || set -- -DQUICKLY_MADE "$@"; exec /usr/bin/makensis "$@"',
    # The same is in dist/ already.
    "zip": '[ "$1" = -qX@ ] && grep -qx KyodoDesktop/kyodo.exe && cp "$PACKAGE" "$2"',
}

# Each is a start of the program for light, dark and high contrast.
SCALES, ONE_SCALE = " pictures 100 150 200", " pictures 150"

# The tests of a few windows with Japanese words; all of them take half an hour in Wine.
A_FEW_TESTS = "-p no:cacheprovider tests/ui/test_small_dialogs.py"


class Step(NamedTuple):
    """A block of the workflow that a shell runs."""

    job: str
    name: str
    run: str


def steps() -> list[Step]:
    """Return the blocks in their order; the file is as simple as this reader."""
    return list(_read(WORKFLOW.read_text(encoding="utf-8").splitlines()))


def _read(lines: list[str]) -> Iterator[Step]:
    job = name = ""
    for number, line in enumerate(lines):
        if found := re.fullmatch(r"  (\w+):", line):
            job = found[1]
        elif found := re.fullmatch(r"      - (?:name: (.+)|uses: .+)", line):
            name = found[1] or ""
        elif found := re.fullmatch(r"        run: (.+)", line):
            block = [found[1]] if found[1] != "|" else list(_block(lines[number + 1 :]))
            yield Step(job, name, "\n".join(block))


def _block(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.strip() and not line.startswith(" " * 10):
            return
        yield line[10:]


def for_wine(run: str) -> str:
    """Return a block in which Wine starts what Windows would start by its name, less often."""
    return re.sub(
        r'^(\s*(?:[A-Z_]+=\S+ +)*)("[^"]*\.exe"|\S*\.exe)(?= )', r"\1windows \2", run, flags=re.M
    ).replace(SCALES, ONE_SCALE)


@pytest.fixture(scope="module")
def checkout(pc, tmp_path_factory):
    """A copy of what git knows, and programs that stand in for Windows' own."""
    folder = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(
        [
            "cp",
            "--parents",
            "--target-directory",
            folder,
            *listed.stdout.decode().split("\0")[:-1],
        ],
        cwd=ROOT,
        check=True,
    )
    fonts = pc.prefix / "drive_c" / "windows" / "Fonts"
    fonts.mkdir(exist_ok=True)
    (fonts / FONT.name).write_bytes(FONT.read_bytes())
    return folder


@pytest.fixture(scope="module")
def environment(pc, checkout, tmp_path_factory):
    """Return the variables of a block: of Qt's own none."""
    shims = tmp_path_factory.mktemp("shims")
    for name, lines in SHIMS.items():
        shim = shims / name
        shim.write_text(f"#!/bin/bash\nset -euo pipefail\n{lines}\n")
        shim.chmod(0o755)
    of_here = re.compile("QT_|^TMPDIR$")  # the second is set by tests/conftest.py
    kept = {name: value for name, value in os.environ.items() if not of_here.search(name)}
    git = subprocess.run(
        ["git", "rev-parse", "--absolute-git-dir"], cwd=ROOT, capture_output=True, check=True
    )
    return kept | {
        "PATH": f"{shims}:{os.environ['PATH']}",
        "WINEPREFIX": str(pc.prefix),
        "LOCALAPPDATA": str(pc.local_data),
        "GIT_DIR": git.stdout.decode().strip(),
        "GIT_WORK_TREE": str(checkout),
        "WINDOWS_PYTHON": str(PYTHON),
        "PACKAGE": str(ZIP),
        "BUNDLE": str(WORK / "bundle" / "KyodoDesktop"),
        "PYTHONUTF8": "1",
        "PYTEST_ADDOPTS": A_FEW_TESTS,
        **dict(re.findall(r"^  (KYODO_\w+): (\S+)", WORKFLOW.read_text(encoding="utf-8"), re.M)),
    }


def test_the_reader_finds_every_block():
    text = WORKFLOW.read_text(encoding="utf-8")
    assert len(steps()) == len(re.findall(r"^ +run: ", text, re.M))
    assert {step.name for step in steps()} >= set(NOT_RUN)
    assert all(step.name and step.run.strip() for step in steps())


@pytest.mark.parametrize("step", steps(), ids=lambda each: f"{each.job}: {each.name}")
def test_a_block_does_what_it_says(step, checkout, environment):
    if step.name in NOT_RUN:
        pytest.skip(NOT_RUN[step.name])
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", for_wine(step.run)],
        cwd=checkout,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-4000:]


def test_the_tests_ran_without_being_told_of_fonts(checkout, environment):
    assert not [name for name in environment if "FONTDIR" in name]
    assert re.search(r"\d+ passed", (checkout / "logs" / "tests.log").read_text(encoding="utf-8"))


def test_the_pictures_are_there(checkout):
    pictures = {each.name: each.read_bytes() for each in (checkout / "pictures").iterdir()}
    assert set(pictures) == {"light-150.png", "dark-150.png", "contrast-150.png"}
    assert pictures["light-150.png"] != pictures["dark-150.png"]  # Wine has no high contrast


def test_what_is_kept_of_a_run_is_there(checkout):
    dist = {each.name for each in (checkout / "dist").iterdir() if each.is_file()}
    stem = f"KyodoDesktop-{__version__}"
    wanted = {f"{stem}-Setup.exe", f"{stem}.zip", f"{stem}.cdx.json", f"{stem}-files.sha256"}
    assert wanted | {"SHA256SUMS", *PAGES} <= dist
