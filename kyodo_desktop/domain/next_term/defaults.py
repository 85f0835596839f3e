"""What becomes of an action in the next term, as far as status and 今後の方向性 tell."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from kyodo_desktop.domain.plan import Choice, StatusKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.plan import Status

# In the order in which they win: a label of two words (縮小・廃止) keeps what it can keep.
_WORDS = {
    Choice.MERGE: "統合|統廃合|集約|一本化|合併",
    Choice.EXPAND: "拡充|拡大|強化|充実|重点化",
    Choice.CONTINUE: "継続|維持|現状|存続|続行|推進|改善|見直|縮小",
    Choice.DROP: "完了|廃止|中止|休止|終了|終結|満了|達成|取りやめ|取り止め",
}
_NOT_BEFORE = re.compile("[未不]$")
_NOT_AFTER = re.compile("[ぁ-ん予定見込]{0,6}?(?:ない|なし|せず|ません)")


def default_choice(status: Status | None, direction: str) -> Choice:
    """Return the choice to begin with; `direction` is the label that was given, if any.

    The label is read by its words, because every plan has labels of its own. It speaks of
    what comes, so it wins over the status.
    """
    said = set(_said(unicodedata.normalize("NFKC", direction)))
    ended = status is not None and status.kind in (StatusKind.DONE, StatusKind.STOPPED)
    otherwise = Choice.DROP if ended else Choice.CONTINUE
    return next((choice for choice in _WORDS if choice in said), otherwise)


def _said(label: str) -> Iterator[Choice]:
    for choice, words in _WORDS.items():
        for found in re.finditer(words, label):
            is_denied = _NOT_BEFORE.search(label[: found.start()]) or _NOT_AFTER.match(
                label, found.end()
            )
            yield _denied(choice) if is_denied else choice


def _denied(choice: Choice) -> Choice:
    return Choice.DROP if choice is Choice.CONTINUE else Choice.CONTINUE
