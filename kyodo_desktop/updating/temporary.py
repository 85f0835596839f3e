"""Where a Setup has its temporary files: beside itself, where programs may run from.

Setup unpacks parts of itself and loads them. Where only named folders may hold what runs, those of
the system for temporary files are hardly among them. Setup hands its environment on to the new
version, which goes back to the folders that were the user's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from pathlib import Path

_NAMES = ("TEMP", "TMP")
_BEFORE = "KYODO_DESKTOP_BEFORE_"


def moved(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the environment of a program that has its temporary files in the folder."""
    before = {_BEFORE + name: environment[name] for name in _NAMES if name in environment}
    return {**environment, **before, **dict.fromkeys(_NAMES, str(folder))}


def move_back(environment: MutableMapping[str, str]) -> None:
    """Undo `moved` for this program, which may have been started by such a one."""
    for name in _NAMES:
        before = environment.pop(_BEFORE + name, None)
        if before is not None:
            environment[name] = before
