"""What others made and the program ships, and on which terms: the About box reads it.

Of packages their own metadata say it, which the bundle takes along. Whole licence texts lie in
`resources/licences`; the bundle adds those of each package, in a folder of its name.
"""

from __future__ import annotations

import json
from email.utils import getaddresses
from importlib.metadata import files, metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.paths import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import PackageMetadata, PackagePath


class Library(NamedTuple):
    """`licence` is what SPDX calls it, where that has a name for it.

    `texts` are files in `resources/licences`, beside those that a package has itself. Version and
    date are known of packages, and of all else where a build wrote them down.
    """

    name: str
    licence: str
    holder: str
    home: str
    note: str = ""
    texts: tuple[str, ...] = ()
    version: str = ""
    date: str = ""


PACKAGES = (
    "PySide6-Essentials",
    "shiboken6",
    "SQLModel",
    "SQLAlchemy",
    "alembic",
    "Mako",
    "MarkupSafe",
    "pydantic",
    "pydantic-core",
    "annotated-types",
    "typing-extensions",
    "typing-inspection",
    "openpyxl",
    "et-xmlfile",
    "defusedxml",
    "python-calamine",
    "fonttools",
    "platformdirs",
    "filelock",
    "PyNaCl",
    "cffi",
)
"""All that the program needs, and what that needs in turn.

Not pycparser: cffi needs it to compile an extension, never to load one.
"""

_QT = (
    "LGPLのもとで共有ライブラリとして動的に利用しています。"
    "互換性のある別のビルドに差し替えて使うことができます。"
    "同じバージョンのソースは https://download.qt.io/official_releases/ のqt（Qt）と"
    "QtForPython（PySide6、shiboken6）にあり、差し替え方は導入説明書に書いています。"
)
_LGPL = ("LGPL-3.0.txt", "GPL-3.0.txt")
_UNDER_LGPL = ("PySide6-Essentials", "shiboken6")
_MADE_IN_RUST = ("pydantic-core", "python-calamine")
_OF_QT = {
    "licence": "LGPL-3.0-only",  # of those that are offered, the one that is chosen
    "holder": "The Qt Company Ltd. and other contributors",
    "note": _QT,
}
_OVERRIDES: dict[str, dict[str, str]] = {
    "PySide6-Essentials": _OF_QT,
    "shiboken6": _OF_QT,
    "SQLAlchemy": {"holder": "the SQLAlchemy authors"},
    "Mako": {"holder": "the Mako authors"},
    "pydantic": {"holder": "Pydantic Services Inc. and individual contributors"},
    "typing-extensions": {"holder": "Python Software Foundation"},
    "typing-inspection": {"holder": "Pydantic Services Inc."},
    "openpyxl": {"holder": "openpyxl"},
    "et-xmlfile": {"holder": "openpyxl"},
    "defusedxml": {"licence": "PSF-2.0"},
}
"""Where the metadata leave a choice, do not name the holder, or know no SPDX."""

_HOMES = ("homepage", "documentation", "source")

_OTHERS = (
    Library(
        "Qt",
        _OF_QT["licence"],
        _OF_QT["holder"],
        "https://www.qt.io/",
        note=_QT
        + "Qtに含まれる第三者のソフトウェア（FreeType、HarfBuzz、libpng、PCRE2など）の条件は、"
        "下の「Qt-third-party.txt」にあります。"
        "Portions of this software are copyright © The FreeType Project (www.freetype.org).",
        texts=(*_LGPL, "Qt-third-party.txt"),
    ),
    Library(
        "Python",
        "PSF-2.0",
        "Python Software Foundation",
        "https://www.python.org/",
        texts=("Python.txt",),
    ),
    Library(
        "SQLite",
        "パブリックドメイン",
        "D. Richard Hipp and others",
        "https://www.sqlite.org/",
        texts=("SQLite.txt",),
    ),
    Library(
        "zlib", "Zlib", "Jean-loup Gailly, Mark Adler", "https://zlib.net/", texts=("zlib.txt",)
    ),
    Library(
        "zlib-ng",
        "Zlib",
        "Jean-loup Gailly, Mark Adler",
        "https://github.com/zlib-ng/zlib-ng",
        note="Windows版のPythonに含まれます。",
        texts=("zlib.txt",),
    ),
    Library(
        "mpdecimal",
        "BSD-2-Clause",
        "Stefan Krah",
        "https://www.bytereef.org/mpdecimal/",
        texts=("mpdecimal.txt",),
    ),
    Library(
        "bzip2",
        "bzip2-1.0.6",
        "Julian Seward",
        "https://sourceware.org/bzip2/",
        texts=("bzip2.txt",),
    ),
    Library(
        "XZ Utils",
        "0BSD",
        "The Tukaani Project",
        "https://tukaani.org/xz/",
        note="5.4.6までのバージョンはパブリックドメインです。",
        texts=("XZ-Utils.txt",),
    ),
    Library(
        "Expat",
        "MIT",
        "the Expat maintainers",
        "https://libexpat.github.io/",
        texts=("Expat.txt",),
    ),
    Library(
        "libffi",
        "MIT",
        "Anthony Green and others",
        "https://sourceware.org/libffi/",
        texts=("libffi.txt",),
    ),
    Library(
        "HACL*",
        "MIT",
        "INRIA, CMU, Microsoft Corporation and HACL* contributors",
        "https://hacl-star.github.io/",
        note="新しいPythonに含まれる、ハッシュ値を計算する部分です。",
        texts=("HACL.txt",),
    ),
    Library(
        "libsodium",
        "ISC",
        "Frank Denis and others",
        "https://libsodium.org/",
        texts=("libsodium.txt",),
    ),
    Library(
        "PyInstaller",
        "GPL-2.0-or-later WITH Bootloader-exception",
        "the PyInstaller development team",
        "https://pyinstaller.org/",
        note="起動部分だけを含みます。例外規定により、本プログラムはMITライセンスのままです。",
        texts=("PyInstaller.txt", "Apache-2.0.txt"),
    ),
    Library(
        "Microsoft Visual C++ Runtime",
        "LicenseRef-Microsoft-Visual-Studio-Redistributable",
        "Microsoft Corporation",
        "https://learn.microsoft.com/cpp/windows/redistributing-visual-cpp-files",
        note="Windows版だけに含まれる、再配布が認められたファイルです。",
        texts=("Visual-C++-Runtime.txt",),
    ),
    Library(
        "NSIS",
        "Zlib AND CPL-1.0",
        "the NSIS contributors, Igor Pavlov",
        "https://nsis.sourceforge.io/",
        note="Windows版のSetupと削除プログラムの部分です。",
        texts=("NSIS.txt",),
    ),
)
"""What is no package, or no package where the program runs."""
_FIRST = ("PySide6-Essentials", "Python", "Qt", "shiboken6")


def libraries() -> list[Library]:
    """Return all that is shipped, by name, but first what the window is drawn and run with.

    Raises PackageNotFoundError where a package is missing.
    """
    found = [*map(_of_package, PACKAGES), *_others()]
    return sorted(found, key=lambda each: (each.name not in _FIRST, each.name.casefold()))


def _others() -> Iterator[Library]:
    """Yield them with the versions and dates in the list that the bundle of Windows carries."""
    file = bundled("resources", "parts.json")
    listed = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    parts = {each["name"]: each for each in listed}
    for library in _OTHERS:
        part = parts.get(library.name, {})
        yield library._replace(version=part.get("version", ""), date=part.get("date", ""))


def own_licence() -> Path:
    """Return the file with the terms of the program itself."""
    return bundled("LICENSE")


def texts(library: Library) -> list[Path]:
    """Return the files with the whole terms, first those that the package has itself."""
    return [*_of_its_own(library.name), *(_folder(each) for each in library.texts)]


def text_of(file: Path) -> str:
    """Return what a person reads in one of these files; of a list of contents its lines."""
    text = file.read_text(encoding="utf-8")
    return _contents(text) if file.suffix == ".json" else text


def files_to_bundle(name: str) -> Iterator[PackagePath]:
    """Yield a package's terms, of two choices the free one, and what it says it is made of."""
    for file in files(name) or ():
        if not any(part.endswith(".dist-info") for part in file.parts):
            continue
        is_terms = "LICEN" in file.name.upper() and "Commercial" not in file.name
        if is_terms or (name in _MADE_IN_RUST and file.parent.name == "sboms"):
            yield file


def _of_its_own(name: str) -> list[Path]:
    if name not in PACKAGES:
        return []
    folder = _folder(name)
    if folder.is_dir():
        return sorted(folder.iterdir())
    return sorted(Path(str(each.locate())) for each in files_to_bundle(name))


def _folder(*parts: str) -> Path:
    return bundled("resources", "licences", *parts)


def _contents(bill: str) -> str:
    """Return one line for each part that a bill of materials (CycloneDX) lists."""
    lines = []
    for part in json.loads(bill)["components"]:
        terms = [
            each.get("expression") or each["license"].get("id") or each["license"]["name"]
            for each in part.get("licenses", ())
        ]
        who = part.get("author", "")
        lines.append(" — ".join(filter(None, (f"{part['name']} {part['version']}", *terms, who))))
    return "\n".join(lines) + "\n"


def _of_package(name: str) -> Library:
    package = metadata(name)
    rust = ("Rust.txt", "Apache-2.0.txt") if name in _MADE_IN_RUST else ()
    texts = _LGPL if name in _UNDER_LGPL else rust
    declared = {
        "licence": _declared(package, "License-Expression") or _declared(package, "License"),
        "holder": _people(package, "Author") or _people(package, "Maintainer"),
        "home": _declared(package, "Home-page") or _home(package),
        "version": package["Version"],
    }
    return Library(name, **{**declared, **_OVERRIDES.get(name, {})}, texts=texts)


def _declared(package: PackageMetadata, field: str) -> str:
    return str(next(iter(package.get_all(field) or ()), ""))


def _people(package: PackageMetadata, part: str) -> str:
    """Return the names, which stand alone or before the addresses of e-mail."""
    names = (name for name, _ in getaddresses([_declared(package, f"{part}-email")]))
    return _declared(package, part) or ", ".join(filter(None, names))


def _home(package: PackageMetadata) -> str:
    """Return the first of the addresses that lead to a page about the package."""
    pairs = (each.partition(", ") for each in package.get_all("Project-URL") or ())
    pages = {label.casefold(): address for label, _, address in pairs}
    return str(next(pages[each] for each in _HOMES if each in pages))
