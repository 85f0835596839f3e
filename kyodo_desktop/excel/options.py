"""What a workbook is written from: what the user chose, the plan, and the styles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.reporting import Extra, Extras

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.excel.styles import StyleBook


(
    OVERVIEW_SHEET,
    PROGRESS_SHEET,
    SUMMARY_SHEET,
    CHANGES_SHEET,
    FINDINGS_SHEET,
    OPINIONS_SHEET,
    BEFORE_AFTER_SHEET,
    DATA_SHEET,
    HISTORY_SHEET,
) = SHEETS = (
    "計画の概要",
    "進捗状況一覧",
    "集計",
    "前回からの変更",
    "要確認",
    "委員会意見",
    "新旧対照表",
    "データ",
    "変更の履歴",
)
BIG_SHEETS = (PROGRESS_SHEET, SUMMARY_SHEET, DATA_SHEET)
_EXTRAS = {
    CHANGES_SHEET: Extra.COMPARISON,
    FINDINGS_SHEET: Extra.FINDINGS,
    BEFORE_AFTER_SHEET: Extra.BEFORE_AFTER,
    HISTORY_SHEET: Extra.HISTORY,
}
STANDARD_SHEETS = tuple(each for each in SHEETS if each not in (BEFORE_AFTER_SHEET, HISTORY_SHEET))
FONTS = (
    "游ゴシック",
    "メイリオ",
    "BIZ UDPゴシック",
    "ＭＳ ゴシック",
    "ＭＳ Ｐゴシック",
    "ＭＳ 明朝",
    "Noto Sans CJK JP",
    "IPAexゴシック",
)
FORM_FONT = "BIZ UDPゴシック"
"""Of 回答票: every Windows 10 has it, and its lines stand closer than those of 游ゴシック, so that
ten actions fit on a page."""


class Paper(Enum):
    """A sheet of paper and how it lies."""

    A4_LANDSCAPE = "a4_landscape"
    A3_LANDSCAPE = "a3_landscape"
    A4_PORTRAIT = "a4_portrait"

    @property
    def label(self) -> str:
        """The word that people read."""
        return _PAPER_LABELS[self]


_PAPER_LABELS = {
    Paper.A4_LANDSCAPE: "A4横",
    Paper.A3_LANDSCAPE: "A3横",
    Paper.A4_PORTRAIT: "A4縦",
}


PUBLISHED_COLUMNS = ("number", "action", "progress", "outlook")


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """The choices of the Excel dialog; as they stand, they give the published table.

    Columns go by their names in `REPORT_COLUMNS`. Sheets and columns are printed in their own
    order, however they were chosen. A sheet that has nothing to say is left out beside others
    which have.
    """

    sheets: tuple[str, ...] = STANDARD_SHEETS
    paper: Paper = Paper.A4_LANDSCAPE
    columns: tuple[str, ...] = PUBLISHED_COLUMNS
    font: str = FONTS[0]

    @property
    def extras(self) -> frozenset[Extra]:
        """What the chosen sheets need beside the outline."""
        return frozenset(_EXTRAS[sheet] for sheet in self.sheets if sheet in _EXTRAS)


class Contents(NamedTuple):
    """The same for every sheet; `made_on` stands in their footers."""

    outline: Outline
    extras: Extras
    options: ReportOptions
    book: StyleBook
    made_on: str
