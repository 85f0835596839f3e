"""What holds for the project as a whole: its folders, its version, its pins."""

from __future__ import annotations

import os
import re
import stat

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.requirements import PROJECT, ROOT, pulled_in

FOLDERS = {"kyodo_desktop", "resources", "db", "tests"}
FILES = {"build_spec.spec", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "Makefile"}
MADE = {"build", "dist", "kyodo_desktop.egg-info"}
PINS = (ROOT / "resources" / "build" / "requirements.txt").read_text(encoding="utf-8")

HASH = r" {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n"


def pinned() -> list[Requirement]:
    return [
        Requirement(line.removesuffix(" \\")) for line in PINS.splitlines() if line[:1].isalpha()
    ]


def test_the_top_level_holds_nothing_new():
    seen = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert seen - FOLDERS - FILES - MADE == set()


def test_the_version_is_written_once():
    sources = [ROOT / "pyproject.toml", ROOT / "build_spec.spec", ROOT / "Makefile"]
    sources += (ROOT / "kyodo_desktop").rglob("*.py")
    assert [
        path.relative_to(ROOT).as_posix()
        for path in sources
        if re.search(r'version__ *= *"|^version *= *"', path.read_text(encoding="utf-8"), re.M)
    ] == ["kyodo_desktop/__init__.py"]


def test_everything_that_is_installed_is_pinned_and_nothing_else():
    needed = pulled_in(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"])
    assert {canonicalize_name(pin.name) for pin in pinned()} == needed


def test_a_pin_is_one_version():
    assert [
        pin.name for pin in pinned() if not re.fullmatch(r"==[^,*]+", str(pin.specifier))
    ] == []


def test_a_pin_names_the_bytes_that_may_be_installed():
    pins = re.findall(rf"^\w[^\n]*==[^\n]+\n(?:{HASH})+", PINS, re.M)
    assert len(pins) == len(pinned())


def test_the_pins_say_nothing_about_where_packages_come_from():
    assert "://" not in PINS
    assert not re.search(r"^\s*-(?!-hash=)", PINS, re.M)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no executable bit")
@pytest.mark.parametrize("script", [".ci/run", "resources/build/setup.sh"])
def test_the_scripts_can_be_run(script):
    assert (ROOT / script).stat().st_mode & stat.S_IXUSR


@pytest.mark.parametrize("text", ["README.md", "Makefile", "resources/windows/build.sh"])
def test_a_file_that_is_named_is_there(text):
    """The proofs of Windows once asked for tests that had been moved."""
    words = re.findall(
        r"(?<![\w/.])(?:tests|kyodo_desktop|domain|store|services|excel|ui)/[\w/]+(?:\.py)?(?![\w*])",
        (ROOT / text).read_text(encoding="utf-8"),
    )
    assert words
    assert [
        word
        for word in words
        if not (ROOT / word).exists()
        and not (ROOT / "kyodo_desktop" / word).exists()
        and not word.endswith(("_", "/"))
    ] == []
