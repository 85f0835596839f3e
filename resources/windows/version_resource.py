"""What Explorer shows of a program under プロパティ → 詳細; build_spec.spec puts it in."""

from __future__ import annotations

from PyInstaller.utils.win32.versioninfo import (
    FixedFileInfo,
    StringFileInfo,
    StringStruct,
    StringTable,
    VarFileInfo,
    VarStruct,
    VSVersionInfo,
)

from kyodo_desktop import __version__

TITLE = "協働プラン進捗管理"
JAPANESE, UTF_16 = 0x0411, 1200


def version_resource(file: str) -> VSVersionInfo:
    """Return the resource of the program with this file name."""
    numbers = tuple(map(int, f"{__version__}.0".split(".")))
    words = {
        "ProductName": TITLE,
        "ProductVersion": __version__,
        "FileDescription": TITLE,
        "FileVersion": __version__,
        "OriginalFilename": file,
        "LegalCopyright": "MIT License",
    }
    pairs = [StringStruct(*each) for each in words.items()]
    table = StringFileInfo([StringTable(f"{JAPANESE:04x}{UTF_16:04x}", pairs)])
    language = VarFileInfo([VarStruct("Translation", [JAPANESE, UTF_16])])
    return VSVersionInfo(FixedFileInfo(filevers=numbers, prodvers=numbers), [table, language])
