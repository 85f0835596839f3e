"""What the Windows program is made of beside pip's packages: the bundle carries the list.

The guide, the bill of materials and the About box read it. Versions and dates are read from the
very files that are shipped, as far as these tell them; most dates are when a file was made.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sqlite3
import sys
import zlib
from datetime import UTC, datetime
from importlib.metadata import distribution, version
from pathlib import Path
from typing import NamedTuple
from xml.parsers.expat import EXPAT_VERSION

import pefile

# Where this version, or the source that it was made from, can be had.
SOURCES = {
    "Python": "https://www.python.org/downloads/release/python-{joined}/",
    "Expat": "https://github.com/libexpat/libexpat/releases/tag/R_{lines}",
    "SQLite": "https://www.sqlite.org/src/info/version-{release}",
    "zlib-ng": "https://github.com/zlib-ng/zlib-ng/releases/tag/{release}",
    "bzip2": "https://sourceware.org/pub/bzip2/bzip2-{release}.tar.gz",
    "XZ Utils": "https://github.com/tukaani-project/xz/releases/tag/v{release}",
    "libffi": "https://github.com/libffi/libffi/releases/tag/v{release}",
    "mpdecimal": "https://www.bytereef.org/mpdecimal/",
    "Qt": "https://download.qt.io/official_releases/qt/{line}/{release}/single/",
    "libsodium": "https://github.com/jedisct1/libsodium/releases/tag/{release}-RELEASE",
    "PyInstaller": "https://github.com/pyinstaller/pyinstaller/releases/tag/v{release}",
    "Microsoft Visual C++ Runtime": "https://aka.ms/vs/17/release/vc_redist.x64.exe",
    "NSIS": "https://sourceforge.net/projects/nsis/files/NSIS%203/{release}/",
}
# What no file tells: a build stops at a release whose date nobody has looked up.
DATES = {
    ("Expat", "2.7.3"): "2025-09-24",
    ("zlib-ng", "2.2.4"): "2025-02-10",
    ("XZ Utils", "5.2.5"): "2020-03-17",
    ("NSIS", "3.08"): "2021-09-25",
}
LIBFFI, XZ = "3.4.4", "5.2.5"  # what CPython 3.14 is linked with
LIBSODIUM = {"1.6.2": "1.0.20"}  # by the version of PyNaCl
# What toolchain.sh has taken, where it made this Python.
LIBRARY, NSIS = "KYODO_PYTHON_LIBRARY", "KYODO_NSIS"

_SIGNED_ON = rb"\x18[\x0f-\x13](20\d{6})\d{6}"  # what a time stamp of a signature begins with
_WITHOUT_CLOCK = "IMAGE_DEBUG_TYPE_REPRO"  # the linker's mark, where its date is none


class Part(NamedTuple):
    """`date` is like 2025-12-05."""

    name: str
    version: str
    date: str
    source: str


def written() -> str:
    """Return the text of the file that the bundle carries."""
    return json.dumps([each._asdict() for each in parts()], ensure_ascii=False, indent=1) + "\n"


def parts() -> list[Part]:
    """Return the parts of what this Python builds."""
    home = Path(sys.base_prefix)
    python = home / "python{}{}.dll".format(*sys.version_info)
    found = [
        _part("Python", platform.python_version(), made_on(python)),
        *_linked_into_python(home / "DLLs"),
        *_of_packages(),
        _part("Microsoft Visual C++ Runtime", *_runtime(home / "vcruntime140.dll")),
    ]
    if library := os.environ.get(LIBRARY):
        found.insert(1, found[0]._replace(name="Python標準ライブラリ", source=f"npm {library}"))
    if nsis := os.environ.get(NSIS):
        found.append(_part("NSIS", nsis.removeprefix("v").partition("-")[0]))
    return found


def _linked_into_python(extensions: Path) -> list[Part]:
    bzip2, day = _told(extensions / "_bz2.pyd", rb"(1\.0\.\d+), (\d+-\w{3}-\d{4})")
    (sqlite_day,) = _told(extensions / "sqlite3.dll", rb"(20\d\d-\d\d-\d\d) [\d:]{8} [0-9a-f]{64}")
    (mpdecimal,) = _told(extensions / "_decimal.pyd", rb"\0(\d\.\d\.\d)\0")
    return [
        _part("Expat", EXPAT_VERSION.removeprefix("expat_")),
        _part("SQLite", sqlite3.sqlite_version, sqlite_day),
        _part("zlib-ng", vars(zlib)["ZLIBNG_VERSION"]),
        _part("bzip2", bzip2, _date(day, "%d-%b-%Y")),
        _part("XZ Utils", XZ),
        _part("libffi", LIBFFI, made_on(extensions / "libffi-8.dll")),
        _part("mpdecimal", mpdecimal, made_on(extensions / "_decimal.pyd")),
    ]


def _of_packages() -> list[Part]:
    qt = _file("PySide6-Essentials", "PySide6/Qt6Core.dll")
    bootloader = _file("pyinstaller", "PyInstaller/bootloader/Windows-64bit-intel/run.exe")
    sodium = _file("PyNaCl", "nacl/_sodium.pyd")
    return [
        _part("Qt", version("PySide6-Essentials"), made_on(qt)),
        _part("PyInstaller", version("pyinstaller"), made_on(bootloader)),
        _part("libsodium", LIBSODIUM[version("PyNaCl")], made_on(sodium)),
    ]


def _part(name: str, release: str, date: str = "") -> Part:
    digits = release.split(".")
    source = SOURCES[name].format(
        release=release, joined="".join(digits), lines="_".join(digits), line=".".join(digits[:2])
    )
    return Part(name, release, date or DATES[name, release], source)


def _file(package: str, path: str) -> Path:
    return Path(str(distribution(package).locate_file(path)))


def _told(file: Path, pattern: bytes) -> tuple[str, ...]:
    """Return what the groups match in a program."""
    match = re.search(pattern, file.read_bytes())
    if match is None:
        raise ValueError(f"{file.name} does not tell its version any more")
    return tuple(group.decode() for group in match.groups())


def _runtime(file: Path) -> tuple[str, str]:
    """Return version and date of a DLL that tells no more in its resources."""
    with pefile.PE(file) as image:
        fixed = image.VS_FIXEDFILEINFO[0]
        numbers = (
            fixed.FileVersionMS >> 16,
            fixed.FileVersionMS & 0xFFFF,
            fixed.FileVersionLS >> 16,
        )
    return ".".join(map(str, numbers)), made_on(file)


def made_on(file: Path) -> str:
    """Return when a program was linked or, where the linker does not tell, when it was signed."""
    with pefile.PE(file, fast_load=True) as image:
        image.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_DEBUG"]])
        entries = getattr(image, "DIRECTORY_ENTRY_DEBUG", ())
        if all(pefile.DEBUG_TYPE.get(entry.struct.Type) != _WITHOUT_CLOCK for entry in entries):
            return datetime.fromtimestamp(image.FILE_HEADER.TimeDateStamp, UTC).date().isoformat()
    (day,) = _told(file, _SIGNED_ON)
    return _date(day, "%Y%m%d")


def _date(text: str, form: str) -> str:
    return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
