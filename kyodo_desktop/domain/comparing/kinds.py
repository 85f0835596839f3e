"""What can have become of an item between two states of a plan."""

from __future__ import annotations

from enum import StrEnum


class ChangeKind(StrEnum):
    """One sort of change; in the order in which they are shown."""

    ADDED = "added"
    DROPPED = "dropped"
    MERGED = "merged"
    MOVED = "moved"
    RELISTED = "relisted"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    STATUS = "status"
    TEXT = "text"
    OUTLOOK = "outlook"
    DUE = "due"
    SECTION = "section"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _LABELS[self]


_LABELS = {
    ChangeKind.ADDED: "新規",
    ChangeKind.DROPPED: "削除",
    ChangeKind.MERGED: "統合",
    ChangeKind.MOVED: "移動",
    ChangeKind.RELISTED: "再掲",
    ChangeKind.RENUMBERED: "番号",
    ChangeKind.REWORDED: "文言変更",
    ChangeKind.STATUS: "状態",
    ChangeKind.TEXT: "進捗",
    ChangeKind.OUTLOOK: "方向性",
    ChangeKind.DUE: "完了予定",
    ChangeKind.SECTION: "担当",
    ChangeKind.OTHER: "その他",
}
