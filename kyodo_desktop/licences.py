"""What others made and the program ships, and on which terms: the About box reads it.

Whole licence texts lie in `resources/licences`; the bundle adds those of each library.
"""

from __future__ import annotations

from typing import NamedTuple


class Library(NamedTuple):
    """`name` is that of the package where there is one, `licence` as SPDX writes it."""

    name: str
    licence: str
    holder: str
    home: str
    note: str = ""


_QT = (
    "LGPLのもとで共有ライブラリとして動的に利用しています。"
    "互換性のある別のビルドに差し替えて使うことができます。"
)
LIBRARIES = (
    Library(
        "Qt",
        "LGPL-3.0-only",
        "The Qt Company Ltd. and other contributors",
        "https://www.qt.io/",
        _QT + "Qtに含まれる第三者のソフトウェアは "
        "https://doc.qt.io/qt-6/licenses-used-in-qt.html に記載されています。",
    ),
    Library(
        "PySide6-Essentials",
        "LGPL-3.0-only",
        "The Qt Company Ltd. and other contributors",
        "https://pyside.org/",
        _QT,
    ),
    Library(
        "shiboken6",
        "LGPL-3.0-only",
        "The Qt Company Ltd. and other contributors",
        "https://pyside.org/",
        _QT,
    ),
    Library("Python", "PSF-2.0", "Python Software Foundation", "https://www.python.org/"),
    Library(
        "SQLite", "パブリックドメイン", "D. Richard Hipp and others", "https://www.sqlite.org/"
    ),
    Library("SQLModel", "MIT", "Sebastián Ramírez", "https://sqlmodel.tiangolo.com/"),
    Library("SQLAlchemy", "MIT", "the SQLAlchemy authors", "https://www.sqlalchemy.org/"),
    Library("alembic", "MIT", "Michael Bayer", "https://alembic.sqlalchemy.org/"),
    Library("Mako", "MIT", "the Mako authors", "https://www.makotemplates.org/"),
    Library("MarkupSafe", "BSD-3-Clause", "Pallets", "https://markupsafe.palletsprojects.com/"),
    Library(
        "pydantic",
        "MIT",
        "Pydantic Services Inc. and individual contributors",
        "https://docs.pydantic.dev/",
    ),
    Library("pydantic-core", "MIT", "Samuel Colvin", "https://docs.pydantic.dev/"),
    Library(
        "annotated-types",
        "MIT",
        "the annotated-types contributors",
        "https://github.com/annotated-types/annotated-types",
    ),
    Library(
        "typing-extensions",
        "PSF-2.0",
        "Python Software Foundation",
        "https://github.com/python/typing_extensions",
    ),
    Library(
        "typing-inspection",
        "MIT",
        "Pydantic Services Inc.",
        "https://github.com/pydantic/typing-inspection",
    ),
    Library("openpyxl", "MIT", "openpyxl", "https://openpyxl.readthedocs.io/"),
    Library("et-xmlfile", "MIT", "openpyxl", "https://foss.heptapod.net/openpyxl/et_xmlfile"),
    Library("defusedxml", "PSF-2.0", "Christian Heimes", "https://github.com/tiran/defusedxml"),
    Library("fonttools", "MIT", "Just van Rossum", "https://github.com/fonttools/fonttools"),
    Library(
        "platformdirs",
        "MIT",
        "the platformdirs developers",
        "https://github.com/tox-dev/platformdirs",
    ),
    Library(
        "filelock", "MIT", "Bernát Gábor and contributors", "https://github.com/tox-dev/filelock"
    ),
    Library("zlib", "Zlib", "Jean-loup Gailly, Mark Adler", "https://zlib.net/"),
    Library("bzip2", "bzip2-1.0.6", "Julian Seward", "https://sourceware.org/bzip2/"),
    Library("XZ Utils", "0BSD", "The Tukaani Project", "https://tukaani.org/xz/"),
    Library("Expat", "MIT", "the Expat maintainers", "https://libexpat.github.io/"),
    Library("libffi", "MIT", "Anthony Green and others", "https://sourceware.org/libffi/"),
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
