"""Words by which rows that are no data are known: totals, notes, lines of each page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.header_words import weights_of
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.importing.statuses import pairs_in

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.sheet_view import SheetView


_TOTAL = re.compile(
    r"(?:小|合|総|累|中)?計(?:\(.*\))?|(?:合計|総計|小計|累計|平均|件数|割合|構成比).{0,8}"
    r"|.{1,14}(?:小計|合計|平均)|.{2,8}計|.{0,8}集計|(?:施策|事業|取組|項目|評価|実施).{0,6}数"
    r"|.{0,8}評価の?(?:項目|事業|施策|取組)?数"
    r"|.{0,8}別の?.{0,6}(?:数|集計|内訳)"
)
_NOT_TOTAL = re.compile(r"会計|設計|統計|家計|時計|推計")
_NOTHING_ELSE = frozenset(("計", "平均", "集計", "小計", "合計", "総計", "総合計", "累計"))
_SAID = r"[※*＊]|[(（]?注(?:\d|[)）:：\s　]|記)|出典|資料[:：]|備考[:：]|注意|[(（]注"
_PAPER = re.compile(
    r"以上$|【?凡例|(?:印刷|作成|更新|提出|公表)日"
    r"|次(?:頁|ページ)|続[く紙]|\d+\s*/\s*\d+\s*(?:頁|ページ)?$|[-－‐―]\s*\d+\s*[-－‐―]$"
    r"|\d+\s*(?:頁|ページ|枚目)$|(?:[pPｐＰ][.．]|[pP]age|ページ)\s*\d+$|[(（]?単位\s*[:：]"
)
_NOTE = re.compile(f"{_SAID}|{_PAPER.pattern}")
_LONGEST_TOTAL = 20
_IN_BRACKETS = re.compile(r"[（(][^（）()]+[）)]")
_REMARKS = (
    ColumnRole.SECTION,
    ColumnRole.RELATED_SECTION,
    ColumnRole.DUE,
    ColumnRole.START,
    ColumnRole.STATUS,
    ColumnRole.NOTE,
)


def is_total(text: str) -> bool:
    """Tell whether a text may be the head of a row of sums; 会計 and 設計 are none."""
    if len(text) > _LONGEST_TOTAL:
        return False
    key = squeezed(text)
    return _TOTAL.fullmatch(key) is not None and not _NOT_TOTAL.search(key)


def is_surely_total(text: str) -> bool:
    """Tell whether a text is 計, 小計 or the like and nothing else."""
    return squeezed(text) in _NOTHING_ELSE


def is_remark(text: str) -> bool:
    """Tell whether a line only says something of the heading above it: （主管課：市民課）."""
    line = text.strip()
    label, colon, _ = line.replace("：", ":").partition(":")
    weights = weights_of(label) if colon else {}
    role = max(weights, key=lambda each: weights[each], default=None)
    return role in _REMARKS or _IN_BRACKETS.fullmatch(line) is not None


def is_note(text: str) -> bool:
    """Tell whether a text is a footnote, an explanation of marks or the number of a page."""
    return _NOTE.match(text) is not None or bool(pairs_in(text))


def says_something(text: str) -> bool:
    """Tell whether a line is a footnote or a sentence, and no title, year or number of a page."""
    return re.match(_SAID, text) is not None or "。" in text


def is_of_paper(text: str) -> bool:
    """Tell whether a line is of the paper alone: 次頁, 以上, 3/5."""
    return _PAPER.match(text) is not None


_FEW_CELLS = 3


class PageLines:
    """The lines above the heading rows but those with a number, which may be headings."""

    def __init__(self, view: SheetView, choice: SheetChoice) -> None:
        rows = view.filled(1, choice.first_heading_row - 1)
        texts = [text for row in rows for text in view.row(row).values()]
        self._known = frozenset(squeezed(text) for text in texts if not numbered(text).number)

    def repeats(self, cells: dict[int, str]) -> bool:
        """Tell whether a row holds such lines again, and perhaps the number of a page."""
        if len(cells) > _FEW_CELLS:
            return False
        again = [squeezed(text) in self._known for text in cells.values()]
        return any(again) and all(
            known or is_note(text) for known, text in zip(again, cells.values(), strict=True)
        )
