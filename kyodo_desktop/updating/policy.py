r"""What the administrator has decided about updates, by group policy or by hand.

Below `Software\Policies\KyodoDesktop` in the registry, which no plain user can write to, neither
for the whole PC nor for himself. What stands there for the whole PC goes first, value by value.

    Updates       DWORD           0: no update is looked for
    UpdateFolder  SZ, EXPAND_SZ   the folder to look in, whatever the user has chosen
"""

from __future__ import annotations

import logging
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KEY = r"Software\Policies\KyodoDesktop"
HIVES = ("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER")
SZ, EXPAND_SZ, DWORD = 1, 2, 4  # as winreg has them, on Windows only
_UPDATES, _FOLDER = "Updates", "UpdateFolder"
_LONGEST = 1_000
_log = logging.getLogger(__name__)


class Policy(NamedTuple):
    """Whether there are updates at all, and the folder that was decided on, if one was."""

    updates: bool = True
    folder: Path | None = None

    @property
    def decides(self) -> bool:
        """Whether there is nothing left for the user to choose."""
        return not self.updates or self.folder is not None


def present() -> Policy:
    """Return what is decided now."""
    return decided(_registered())


def decided(values: Mapping[tuple[str, str], tuple[Any, int]]) -> Policy:
    """Return what the values say, which are known by hive and name and come with their type.

    What makes no sense is a line in the log and counts as if it were not there.
    """
    updates = _first(_switch(values.get((hive, _UPDATES)), hive) for hive in HIVES)
    folder = _first(_folder(values.get((hive, _FOLDER)), hive) for hive in HIVES)
    return Policy(updates is not False, folder)


def _first(found: Iterator[Any]) -> Any:
    return next((each for each in found if each is not None), None)


def _switch(found: tuple[Any, int] | None, hive: str) -> bool | None:
    match found:
        case None:
            return None
        case (0 | 1 as number, kind) if kind == DWORD:
            return bool(number)
    _tell(hive, _UPDATES, found)
    return None


def _folder(found: tuple[Any, int] | None, hive: str) -> Path | None:
    match found:
        case None:
            return None
        case (str(text), kind) if kind in (SZ, EXPAND_SZ):
            folder = text.strip(' "')
            is_clean = not any(unicodedata.category(each) == "Cc" for each in folder)
            if is_clean and len(folder) <= _LONGEST and PureWindowsPath(folder).is_absolute():
                return Path(folder)
    _tell(hive, _FOLDER, found)
    return None


def _tell(hive: str, name: str, found: tuple[Any, int]) -> None:
    _log.warning(r"ignored the policy %s\%s: %s = %.200r (type %s)", hive, KEY, name, *found)


def _registered() -> dict[tuple[str, str], tuple[Any, int]]:
    values: dict[tuple[str, str], tuple[Any, int]] = {}
    if sys.platform == "win32":
        import winreg

        for hive in HIVES:
            with suppress(OSError), winreg.OpenKey(getattr(winreg, hive), KEY) as key:
                for name in (_UPDATES, _FOLDER):
                    with suppress(OSError):
                        value, kind = winreg.QueryValueEx(key, name)
                        if kind == EXPAND_SZ and isinstance(value, str):
                            value = winreg.ExpandEnvironmentStrings(value)
                        values[hive, name] = value, kind
    return values
