"""What can have become of an item between two states of a plan."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.comparing.text_diff import marked_pieces

if TYPE_CHECKING:
    from kyodo_desktop.domain.comparing.text_diff import Pieces, Segments


class Kind(StrEnum):
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
    Kind.ADDED: "新規",
    Kind.DROPPED: "削除",
    Kind.MERGED: "統合",
    Kind.MOVED: "移動",
    Kind.RELISTED: "再掲",
    Kind.RENUMBERED: "番号",
    Kind.REWORDED: "文言変更",
    Kind.STATUS: "状態",
    Kind.TEXT: "進捗",
    Kind.OUTLOOK: "方向性",
    Kind.DUE: "完了予定",
    Kind.SECTION: "担当",
    Kind.OTHER: "その他",
}
OF_A_ROUND = frozenset({Kind.STATUS, Kind.TEXT, Kind.OUTLOOK})
"""What a round says of an action; the others are about the plan itself."""


class FieldDifference(NamedTuple):
    """A field as it is shown before and after; an empty text is nothing."""

    kind: Kind
    label: str
    before: Pieces
    after: Pieces

    @property
    def old(self) -> str:
        """The text before."""
        return "".join(self.before)

    @property
    def new(self) -> str:
        """The text after."""
        return "".join(self.after)

    def marked(self) -> tuple[Segments, Segments]:
        """Return both texts with what changed marked; a choice changes as a whole."""
        return marked_pieces(self.before, self.after)


class ItemChange(NamedTuple):
    """What became of one heading or action.

    `before` and `after` are its nodes, those of an action its home; an added item has no
    `before`, a dropped one no `after`. A MERGED one has become part of the item at `after`.
    `level` is what the plan calls it (施策, 実行計画 …).
    """

    before: int | None
    after: int | None
    level: str
    kinds: frozenset[Kind]
    fields: tuple[FieldDifference, ...]

    @property
    def is_gone(self) -> bool:
        """Whether the item no longer stands for itself."""
        return self.after is None or Kind.MERGED in self.kinds

    @property
    def labels(self) -> list[str]:
        """The words for its kinds, in their order."""
        return [kind.label for kind in Kind if kind in self.kinds]
