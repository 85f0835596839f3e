"""Where the program's own files and the files of its user lie.

The environment variable KYODO_DESKTOP_HOME puts all the user's files into one folder: tests
leave no trace with it, and an installation on a stick or a shared drive keeps its settings.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs.api import PlatformDirsABC

_NOTE = "installed_from.txt"
_FORBIDDEN = str.maketrans({bad: chr(ord(bad) + 0xFEE0) for bad in '\\/:*?"<>|'})
_UNFIT = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))


def bundled(*parts: str) -> Path:
    """Return a file or folder that comes with the program, in `resources` or `db`."""
    root: str | Path = getattr(sys, "_MEIPASS", Path(__file__).parents[1])
    return Path(root, *parts)


def user_settings_file() -> Path:
    """Return the file that remembers the window and the choices of the user."""
    return (_home() or _system_folders().user_config_path) / "settings.ini"


def user_log_folder() -> Path:
    """Return the folder of the log files; like every folder here it need not exist yet."""
    return _home("logs") or _system_folders().user_log_path


def user_data_folder() -> Path:
    """Return the folder for a plan that the user gave no place of its own."""
    return _home("plans") or _system_folders().user_data_path


def user_journal_folder() -> Path:
    """Return the folder of what was typed and is not saved yet; beside the plans of the user."""
    return _home("typing") or _system_folders().user_data_path / "typing"


def user_calls_folder() -> Path:
    """Return the folder in which windows of one user ask each other to come to the front."""
    return _home("calls") or _system_folders().user_cache_path / "calls"


def user_update_folder() -> Path:
    """Return the folder for the Setup of a newer version; only that lies in it.

    In the folder of the installation, if there is one: where programs may run from named folders
    only, the rule that lets the program run lets its Setup run as well.
    """
    installation = _installation()
    return installation / "_kyodo_update" if installation else former_update_folder()


def former_update_folder() -> Path:
    """Return the folder that was the one for updates up to 0.3.0."""
    return _home("updates") or _system_folders().user_cache_path / "updates"


def installed_from() -> Path | None:
    """Return the folder that Setup was started from, where the program was installed by one."""
    installation = _installation()
    if installation is None:
        return None
    try:
        folder = (installation / _NOTE).read_text(encoding="utf-16").strip()
    except (OSError, UnicodeError):
        return None
    return Path(folder) if folder else None


def name_part(text: str) -> str:
    """Return a text as a part of a file's name, what Windows forbids there in its wide form."""
    wide = text.translate(_FORBIDDEN)
    kept = "".join(" " if unicodedata.category(each) in _UNFIT else each for each in wide)
    return " ".join(kept.split()).strip(" .")


def is_there(path: Path) -> bool:
    """Tell whether there is such a file or folder, as far as anybody lets us know.

    `Path.exists` fails for a name that is too long, a folder without permission, a lost drive.
    """
    return os.path.exists(path)  # noqa: PTH110


def is_folder(path: Path) -> bool:
    """Tell whether that is a folder, in the same way."""
    return os.path.isdir(path)  # noqa: PTH112


def _installation() -> Path | None:
    """Return the folder that Setup has put the program in, if it has; it leaves a note there."""
    folder = Path(sys.executable).parent
    return folder if getattr(sys, "frozen", False) and is_there(folder / _NOTE) else None


def _home(*parts: str) -> Path | None:
    home = os.environ.get("KYODO_DESKTOP_HOME")
    return Path(home, *parts) if home else None


def _system_folders() -> PlatformDirsABC:
    from platformdirs import PlatformDirs

    return PlatformDirs("kyodo_desktop", appauthor=False)
