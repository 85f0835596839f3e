"""What is in the folder of the program, and what is not."""

from __future__ import annotations

import json
import re
from datetime import date

import pefile
import pytest
from packaging.utils import canonicalize_name

from kyodo_desktop import __version__
from kyodo_desktop.licences import PACKAGES, files_to_bundle, libraries
from tests.windows.pc import ROOT, SETUP, TITLE

MEGABYTE = 1_000_000
# The part of Windows 10 that programs may count on.
WINDOWS_10 = re.compile(
    r"api-ms-win-.*|(advapi32|authz|bcrypt|bcryptprimitives|comctl32|comdlg32|crypt32|d2d1|d3d\d+"
    r"|dnsapi|dwmapi|dwrite|dxgi|gdi32|icuuc|imm32|iphlpapi|kernel32|mpr|mscms|msvcrt|netapi32"
    r"|ntdll|ole32|oleaut32|opengl32|propsys|rpcrt4|secur32|setupapi|shell32|shlwapi|ucrtbase"
    r"|uiautomationcore|user32|userenv|uxtheme|version|winmm|winspool|ws2_32|wtsapi32)\.(dll|drv)"
)
PARTS = {"Python", "Expat", "SQLite", "Qt", "libffi", "bzip2", "XZ Utils", "zlib-ng", "NSIS"}
MADE_FOR_WINE = {path.stem for path in (ROOT / "resources/windows/wine").glob("*.c")}
IMPORTS = ("IMAGE_DIRECTORY_ENTRY_IMPORT", "IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT")


@pytest.fixture(scope="module")
def binaries(unpacked):
    return [
        each for each in unpacked.rglob("*") if each.suffix.lower() in {".exe", ".dll", ".pyd"}
    ]


def imports(binary):
    """Return the names of the DLLs that Windows loads for this one, now or when needed."""
    with pefile.PE(binary, fast_load=True) as image:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY[each] for each in IMPORTS])
        entries = [
            *getattr(image, "DIRECTORY_ENTRY_IMPORT", ()),
            *getattr(image, "DIRECTORY_ENTRY_DELAY_IMPORT", ()),
        ]
        return {entry.dll.decode().lower() for entry in entries}


def test_every_dll_that_is_imported_is_there_or_in_windows_10(binaries):
    here = {binary.name.lower() for binary in binaries}
    assert [
        f"{binary.name} needs {dll}"
        for binary in binaries
        for dll in imports(binary) - here
        if not WINDOWS_10.fullmatch(dll)
    ] == []


def test_nothing_that_was_made_for_wine_is_there(binaries):
    assert len(MADE_FOR_WINE) == 3
    assert {binary.stem.lower() for binary in binaries} & MADE_FOR_WINE == set()
    assert not any(b"Wine builtin DLL" in binary.read_bytes()[:4096] for binary in binaries)


def test_nothing_that_is_not_used_is_there(unpacked):
    names = [each.relative_to(unpacked).as_posix() for each in unpacked.rglob("*")]
    unused = r"opengl32sw|Qt6(Network|Qml|Quick|Pdf|Sql|Test)|_ssl|libcrypto|tests|\.svgz$|tkinter"
    assert [name for name in names if re.search(unused, name)] == []
    plugins = {name for name in names if "/plugins/" in name and name.endswith(".dll")}
    assert {name.rsplit("/", 1)[1] for name in plugins} == {
        "qmodernwindowsstyle.dll",
        "qoffscreen.dll",
        "qsvg.dll",
        "qsvgicon.dll",
        "qwindows.dll",
    }


def test_the_manual_is_there_with_its_pictures(unpacked):
    manual = ROOT / "resources" / "manual"
    pages = {each.relative_to(ROOT) for each in manual.rglob("*") if each.is_file()}
    assert len(pages) > 3
    assert [each for each in pages if not (unpacked / "_internal" / each).is_file()] == []


def test_what_the_program_reads_as_files_is_there(unpacked):
    inner = unpacked / "_internal"
    for name in (
        "db/env.py",
        "db/versions/0001_first_schema.py",
        "db/schemas/0001.json",
        "resources/app.qss",
        "resources/samples/tomisato_2015.csv",
        "resources/licences/LGPL-3.0.txt",
        "PySide6/translations/qtbase_ja.qm",
    ):
        assert (inner / name).is_file(), name


def test_the_whole_terms_of_everything_are_there(unpacked):
    inner = unpacked / "_internal"
    terms = inner / "resources" / "licences"
    wanted = [inner / "LICENSE"]
    wanted += [terms / text for library in libraries() for text in library.texts]
    wanted += [terms / name / file.name for name in PACKAGES for file in files_to_bundle(name)]
    assert [str(each) for each in wanted if not each.is_file()] == []


def test_the_about_box_can_ask_every_package(unpacked):
    found = unpacked.glob("_internal/*.dist-info/METADATA")
    names = {canonicalize_name(each.parent.name.partition("-")[0]) for each in found}
    assert set(map(canonicalize_name, PACKAGES)) <= names


def test_it_is_small(unpacked):
    assert sum(each.stat().st_size for each in unpacked.rglob("*")) <= 82 * MEGABYTE
    assert SETUP.stat().st_size <= 27 * MEGABYTE


def test_nothing_is_there_twice(binaries):
    once = {binary.read_bytes(): binary.name for binary in binaries}
    assert len(once) == len(binaries)
    assert [name.lower() for name in once.values()].count("msvcp140.dll") == 1


def test_it_tells_what_it_is_made_of(unpacked):
    listed = json.loads((unpacked / "_internal/resources/parts.json").read_text("utf-8"))
    parts = {part["name"]: part for part in listed}
    assert {*parts} >= PARTS
    for part in listed:
        assert date(2019, 1, 1) < date.fromisoformat(part["date"]), part
        assert part["version"]
        assert part["source"].startswith(("https://", "npm ")), part
    inner = unpacked / "_internal"
    assert parts["Python"]["version"] == file_version(inner / "python314.dll")
    assert f"expat_{parts['Expat']['version']}\0".encode() in (inner / "pyexpat.pyd").read_bytes()
    assert parts["SQLite"]["version"] + ".0" == file_version(inner / "sqlite3.dll")
    assert parts["Qt"]["version"] + ".0" == file_version(inner / "PySide6/Qt6Core.dll")


def file_version(binary):
    with pefile.PE(binary) as image:
        return image.FileInfo[0][0].StringTable[0].entries[b"FileVersion"].decode()


@pytest.mark.parametrize(("name", "subsystem"), [("KyodoDesktop", "GUI"), ("kyodo", "CUI")])
def test_explorer_shows_name_version_and_icon(unpacked, name, subsystem):
    with pefile.PE(unpacked / f"{name}.exe") as image:
        assert pefile.SUBSYSTEM_TYPE[image.OPTIONAL_HEADER.Subsystem] == (
            f"IMAGE_SUBSYSTEM_WINDOWS_{subsystem}"
        )
        words = image.FileInfo[0][0].StringTable[0].entries
        assert words[b"FileDescription"].decode() == TITLE
        assert words[b"FileVersion"].decode() == __version__
        assert len(resources(image, "RT_ICON")) == 9
        (manifest,) = resources(image, "RT_MANIFEST")
        for wanted in (b"PerMonitorV2", b"longPathAware", b"UTF-8</", b"asInvoker"):
            assert wanted in manifest


def resources(image, kind):
    """Return the bytes of every resource of a kind, in every language."""
    entries = image.DIRECTORY_ENTRY_RESOURCE.entries
    (found,) = (each for each in entries if each.id == pefile.RESOURCE_TYPE[kind])
    places = [
        language.data.struct
        for each in found.directory.entries
        for language in each.directory.entries
    ]
    return [image.get_data(place.OffsetToData, place.Size) for place in places]
