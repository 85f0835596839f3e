"""What a status means, by its word or its mark."""

from __future__ import annotations

import re

from kyodo_desktop.domain.importing.plain import squeezed, status_key
from kyodo_desktop.domain.plan import StatusKind

# The first rule that fits decides. The words are squeezed.
_WORDS = (
    (r"あまり|一部|やや|少し|(?<!大)部分|半分", StatusKind.ONGOING),
    (
        r"not_?started|todo|pending|対象外|進捗なし|該当なし|評価なし|未評価|予定なし|未着手|未実施|実施していない|着手していない|これから|今後実施|実施予定|未定|できていない$|実施でき(?:なかった|ず)",
        StatusKind.NOT_STARTED,
    ),
    (r"cancel|stopped|中止|廃止|休止|取りやめ|取り止め|断念|凍結", StatusKind.STOPPED),
    (
        r"未達|遅れ|遅延|下回|不十分|ほとんど|進んでいない|困難|要改善|継続中|実施中|検討中|推進中|着手|取組中|進行中",
        StatusKind.ONGOING,
    ),
    (
        r"目途|めど|見込|概ね|おおむね|大部分|ほぼ|もう少し|近い|順調に進|完了予定|達成予定",
        StatusKind.NEAR,
    ),
    (
        r"(?:計画|予定)(?:通り|どおり|以上|を上回|より)|順調|継続|現状維持|拡充|充実|検討|準備|調整",
        StatusKind.ONGOING,
    ),
    (
        r"完了|終了|終$|^終|済|達成|完成|実現|実施した|実施|導入した|整備した|^完$|^done$|completed?|finished",
        StatusKind.DONE,
    ),
)
_PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind in _WORDS)
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]+)?)%")
_RATE = re.compile(r"(?:達成|進捗|完了|実施)率?([0-9]{1,3}(?:\.[0-9]+)?)%")
_COLOURS = frozenset(("青", "緑", "黄", "赤", "白", "青色", "緑色", "黄色", "赤色"))
_WHOLE = 100
_MARKS = {
    "✓": StatusKind.DONE,
    "レ": StatusKind.DONE,
    "●": StatusKind.DONE,
    "■": StatusKind.DONE,
    "◎": StatusKind.DONE,
    "◇": StatusKind.NEAR,
    "×": StatusKind.NOT_STARTED,
    "✕": StatusKind.NOT_STARTED,
    "-": StatusKind.NOT_STARTED,
}
_USUAL_LABELS = {"✓": StatusKind.DONE, "◇": StatusKind.NEAR, "・": StatusKind.ONGOING}


def kind_of(mark: str, words: str) -> StatusKind:
    """Return the kind that the words tell, else the mark; what tells nothing is going on."""
    for text in (words, mark):
        key = squeezed(text)
        share = _SHARE.fullmatch(key) or _RATE.search(key)
        if share is not None:
            return _kind_of_share(float(share[1]))
        for pattern, kind in _PATTERNS:
            if key and pattern.search(key):
                return kind
    return _MARKS.get(status_key(mark), StatusKind.ONGOING)


def _kind_of_share(percent: float) -> StatusKind:
    if percent >= _WHOLE:
        return StatusKind.DONE
    return StatusKind.ONGOING if percent else StatusKind.NOT_STARTED


def tells_kind(words: str) -> bool:
    """Tell whether words are such as statuses have."""
    key = squeezed(words)
    return key in _COLOURS or any(pattern.search(key) for pattern, _ in _PATTERNS)


def usual_label(mark: str) -> str:
    """Return the word of a mark that nothing explains: of ✓ ◇ ・ the usual one, else the mark."""
    kind = _USUAL_LABELS.get(status_key(mark))
    return kind.label if kind else mark
