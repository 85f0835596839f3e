"""The history in words, as one entry of it is shown and copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.describing import described
from kyodo_desktop.domain.fiscal_year import day_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.describing import FieldChange
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.history import Entry

_SHORT = 24  # two texts of this length stand in one line
_NOTHING = "（空）"
_NOT_WHOLE = "（この変更の記録の一部を読み取れません）"
_ADDED_OR_DELETED = ("追加", "削除")


def when_and_who(entry: Entry) -> str:
    """令和8年11月23日 18:05　市民 花子."""
    return f"{day_label(entry.at[:10])} {entry.at[11:16]}　{entry.author}"


def what_changed(outline: Outline, entry: Entry, *, named: bool) -> str:
    """Return every field of the entry with its old and its new text.

    `named` says of which action each is, where that is not known anyway.
    """
    lines = [
        line
        for change in described(outline, entry.rows)
        for line in _lines(change, f"「{change.action}」 " if named and change.action else "")
    ]
    return "\n".join(lines if entry.is_whole else (*lines, _NOT_WHOLE))


def _lines(change: FieldChange, whose: str) -> Iterator[str]:
    if change.field in _ADDED_OR_DELETED:
        yield f"{whose}{change.item}を{change.field}：{change.new or change.old}".rstrip("：")
        return
    name = f"{whose}{change.item}の{change.field}"
    old, new = change.old or _NOTHING, change.new or _NOTHING
    if max(len(old), len(new)) <= _SHORT and "\n" not in old + new:
        yield f"{name}：{old} → {new}"
    else:
        yield f"{name}：{old}"
        yield f"→ {new}"
