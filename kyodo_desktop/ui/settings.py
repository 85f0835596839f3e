"""What the program remembers from one start to the next, typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QByteArray, QSettings

from kyodo_desktop.domain.texts import with_signs
from kyodo_desktop.os_user import os_user

if TYPE_CHECKING:
    from collections.abc import Mapping

_RECENT_COUNT = 8
_REMEMBERED_PLANS = 40


class Settings:
    """The user's choices in one INI file; what is missing or unreadable has its default."""

    def __init__(self, file: Path) -> None:
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    def layout(self, name: str) -> QByteArray:
        """Return a saved state of the window or a part of it; empty when there is none."""
        value = self._store.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remember the state of the window or a part of it."""
        self._store.setValue(f"layout/{name}", state)

    @property
    def display_name(self) -> str:
        """The name that the history shows; the login name until one is chosen."""
        return with_signs(self._text("display_name")) or os_user()

    @display_name.setter
    def display_name(self, name: str) -> None:
        self._store.setValue("display_name", name)

    @property
    def recent_files(self) -> list[Path]:
        """The plans that were open, the last one first."""
        found = self._store.value("recent_files") or []
        names = [found] if isinstance(found, str) else cast("list[str]", found)
        return [Path(name) for name in names]

    def remember_file(self, path: Path) -> None:
        """Put a plan first in the recent ones."""
        others = [each for each in self.recent_files if each != path]
        names = [str(each) for each in (path, *others)]
        self._store.setValue("recent_files", names[:_RECENT_COUNT])

    def plan_memory(self, path: Path) -> Mapping[str, Any]:
        """Return what is remembered of a plan, so that nobody need open its file for it."""
        found = self._plans().get(str(path))
        return found if isinstance(found, dict) else {}

    def remember_plan(self, path: Path, **values: Any) -> None:
        """Remember more of a plan, or something else than before."""
        plans = self._plans()
        known = plans.pop(str(path), None)
        plans[str(path)] = {**(known if isinstance(known, dict) else {}), **values}
        kept = dict(list(plans.items())[-_REMEMBERED_PLANS:])
        self._store.setValue("plans", json.dumps(kept, ensure_ascii=False))

    def forget_file(self, path: Path) -> None:
        """Leave a plan out of the recent ones."""
        names = [str(each) for each in self.recent_files if each != path]
        self._store.setValue("recent_files", names)

    def _plans(self) -> dict[str, Any]:
        try:
            found = json.loads(self._text("plans") or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def last_file(self) -> Path | None:
        """The plan that was open when the program was left; None after it was closed."""
        name = self._text("last_file")
        return Path(name) if name else None

    @last_file.setter
    def last_file(self, path: Path | None) -> None:
        self._store.setValue("last_file", str(path or ""))

    @property
    def report(self) -> Mapping[str, Any]:
        """The choices of the last export, as `set_report` was given them."""
        try:
            found = json.loads(self._text("report") or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def set_report(self, choices: Mapping[str, Any]) -> None:
        """Remember the choices of an export."""
        self._store.setValue("report", json.dumps(choices, ensure_ascii=False))

    @property
    def update_folder(self) -> Path | None:
        """The folder to look for a newer version in; None for the one of the installation."""
        folder = self._text("update_folder")
        return Path(folder) if folder else None

    @update_folder.setter
    def update_folder(self, folder: Path | None) -> None:
        self._store.setValue("update_folder", str(folder or ""))

    @property
    def skipped_version(self) -> str:
        """The version that the user does not want to be offered."""
        return self._text("skipped_version")

    @skipped_version.setter
    def skipped_version(self, version: str) -> None:
        self._store.setValue("skipped_version", version)

    @property
    def is_guide_wanted(self) -> bool:
        """Whether the first steps are shown in plans that are almost empty."""
        return self._text("guide") != "closed"

    @is_guide_wanted.setter
    def is_guide_wanted(self, is_wanted: bool) -> None:
        self._store.setValue("guide", "" if is_wanted else "closed")

    @property
    def zoom(self) -> int:
        """The size in which everything is shown, in percent."""
        text = self._text("zoom")
        return int(text) if text.isdecimal() else 100

    @zoom.setter
    def zoom(self, percent: int) -> None:
        self._store.setValue("zoom", str(percent))

    def is_first_time(self, what: str) -> bool:
        """Tell whether this is asked for the first time by a user of an earlier version."""
        is_known = self._text(f"known/{what}") or self.layout("splitter").isEmpty()
        self._store.setValue(f"known/{what}", "1")
        return not is_known

    def save(self) -> None:
        """Write to the file at once."""
        self._store.sync()

    def _text(self, name: str) -> str:
        value = self._store.value(name)
        return value if isinstance(value, str) else ""
