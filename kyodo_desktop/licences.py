"""What others made and the program ships, and on which terms: the About box reads it.

Of packages their own metadata say it, which the bundle takes along. Whole licence texts lie in
`resources/licences`; the bundle adds those of each package.
"""

from __future__ import annotations

from email.utils import getaddresses
from importlib.metadata import metadata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from importlib.metadata import PackageMetadata


class Library(NamedTuple):
    """`licence` is what SPDX calls it, where that has a name for it."""

    name: str
    licence: str
    holder: str
    home: str
    note: str = ""


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
)
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
        _QT + "Qtに含まれる第三者のソフトウェアは "
        "https://doc.qt.io/qt-6/licenses-used-in-qt.html に記載されています。",
    ),
    Library("Python", "PSF-2.0", "Python Software Foundation", "https://www.python.org/"),
    Library(
        "SQLite", "パブリックドメイン", "D. Richard Hipp and others", "https://www.sqlite.org/"
    ),
    Library("zlib", "Zlib", "Jean-loup Gailly, Mark Adler", "https://zlib.net/"),
    Library("bzip2", "bzip2-1.0.6", "Julian Seward", "https://sourceware.org/bzip2/"),
    Library("XZ Utils", "0BSD", "The Tukaani Project", "https://tukaani.org/xz/"),
    Library("Expat", "MIT", "the Expat maintainers", "https://libexpat.github.io/"),
    Library("libffi", "MIT", "Anthony Green and others", "https://sourceware.org/libffi/"),
    Library("libsodium", "ISC", "Frank Denis and others", "https://libsodium.org/"),
    Library(
        "PyInstaller",
        "GPL-2.0-or-later WITH Bootloader-exception",
        "the PyInstaller development team",
        "https://pyinstaller.org/",
        "起動部分だけを含みます。例外規定により、本プログラムはMITライセンスのままです。",
    ),
    Library(
        "Microsoft Visual C++ Runtime",
        "LicenseRef-Microsoft-Visual-Studio-Redistributable",
        "Microsoft Corporation",
        "https://learn.microsoft.com/cpp/windows/redistributing-visual-cpp-files",
        "Windows版だけに含まれる、再配布が認められたファイルです。",
    ),
    Library(
        "NSIS",
        "Zlib AND CPL-1.0",
        "the NSIS contributors, Igor Pavlov",
        "https://nsis.sourceforge.io/",
        "Windows版のSetupと削除プログラムの部分です。",
    ),
)
"""What is no package, or no package where the program runs."""
_FIRST = ("PySide6-Essentials", "Python", "Qt", "shiboken6")


def libraries() -> list[Library]:
    """Return all that is shipped, by name, but first what the window is drawn and run with.

    Raises PackageNotFoundError where a package is missing.
    """
    found = [*map(_of_package, PACKAGES), *_OTHERS]
    return sorted(found, key=lambda each: (each.name not in _FIRST, each.name.casefold()))


def _of_package(name: str) -> Library:
    package = metadata(name)
    declared = {
        "licence": _declared(package, "License-Expression") or _declared(package, "License"),
        "holder": _people(package, "Author") or _people(package, "Maintainer"),
        "home": _declared(package, "Home-page") or _home(package),
    }
    return Library(name, **{**declared, **_OVERRIDES.get(name, {})})


def _declared(package: PackageMetadata, field: str) -> str:
    return str(package[field] or "")


def _people(package: PackageMetadata, part: str) -> str:
    """Return the names, which stand alone or before the addresses of e-mail."""
    names = (name for name, _ in getaddresses([_declared(package, f"{part}-email")]))
    return _declared(package, part) or ", ".join(filter(None, names))


def _home(package: PackageMetadata) -> str:
    """Return the first of the addresses that lead to a page about the package."""
    pairs = (each.partition(", ") for each in package.get_all("Project-URL") or ())
    pages = {label.casefold(): address for label, _, address in pairs}
    return str(next(pages[each] for each in _HOMES if each in pages))
