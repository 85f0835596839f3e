"""What a model tells its views beyond Qt's own roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import Qt


class ItemRole(IntEnum):
    """The node (an int), and its status as `Badge` or `Bar`."""

    NODE = Qt.ItemDataRole.UserRole + 1
    STATUS = Qt.ItemDataRole.UserRole + 2


# Plain objects on purpose: Qt would take a named tuple for a list.


@dataclass(frozen=True, slots=True)
class Badge:
    """The status of one action; without a colour it is 未記入."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How far what stands below a heading has come: counts by colour, in order of the legend."""

    text: str
    parts: tuple[tuple[str, int], ...]
