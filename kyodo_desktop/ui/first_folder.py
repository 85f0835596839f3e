"""Which folder a file dialog begins with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from kyodo_desktop.paths import is_folder, user_data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable


def first_folder(known: Iterable[Path | str | None]) -> Path:
    """Return the first known folder that is still there, else the documents.

    The folder where the program keeps the sample is nobody's own, and out of sight on Windows:
    it is never proposed.
    """
    ours = user_data_folder()
    for folder in known:
        if folder and not Path(folder).is_relative_to(ours) and is_folder(Path(folder)):
            return Path(folder)
    return documents()


def documents() -> Path:
    """Return the user's folder for documents, or the home where there is none."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place))
    return folder if is_folder(folder) else Path.home()
