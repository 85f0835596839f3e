"""What a report is made of: its edition, its parts, its paper, and which of the plan it tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Self

from kyodo_desktop.domain.narrowing import WHOLE_PLAN, Narrowing
from kyodo_desktop.domain.reporting import Extra


class _Choice(Enum):
    """One of a few; it is stored by its value, and people read its label."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        choice = object.__new__(cls)
        choice._value_, choice.label = value, label
        return choice


class Edition(_Choice):
    """For whom a report is: what is internal is never in a public one.

    The label stands in the name of a file too.
    """

    PUBLIC = "public", "公開用"
    INTERNAL = "internal", "庁内用"


class Paper(_Choice):
    """A sheet of paper and how it lies."""

    A4_LANDSCAPE = "a4_landscape", "A4横"
    A3_LANDSCAPE = "a3_landscape", "A3横"
    A4_PORTRAIT = "a4_portrait", "A4縦"


class HeadingStyle(_Choice):
    """Where the headings stand in 一覧: over their actions, or merged beside them."""

    BANDS = "bands", "帯（見出しの行）"
    COLUMNS = "columns", "列（左に結合）"


class SheetUnit(_Choice):
    """Of what there is one page in 進行管理シート."""

    HEADING = "heading", "見出しごと"
    """The headings right above actions (施策)."""
    ACTION = "action", "実行計画ごと"


(
    COVER,
    CONTENTS,
    SUMMARY,
    TOTALS,
    LISTING,
    DUE,
    OPINIONS,
    YEARS,
    SHEETS,
    CHANGES,
    BEFORE_AFTER,
    PLAN,
    FINDINGS,
    HISTORY,
) = PARTS = (
    "表紙",
    "目次・凡例",
    "概要",
    "集計",
    "進捗状況一覧",
    "期限超過・期限が近いもの",
    "委員会意見と市の対応",
    "年度別推移",
    "進行管理シート",
    "前回からの変更",
    "新旧対照表",
    "計画の概要",
    "要確認",
    "変更の履歴",
)
"""All parts by their names, in the order in which they are printed."""

DATA_SHEET = "データ"
"""Of データ一式, and of reports up to 0.4."""

INTERNAL_PARTS = frozenset((FINDINGS, HISTORY))
"""These are never in a public report, whatever was chosen."""

WHY_SILENT = {
    DUE: "該当がない",
    OPINIONS: "該当する意見がない",
    YEARS: "比べられる調査がない",
    CHANGES: "前回の調査がない",
    BEFORE_AFTER: "見直しも次期計画もない",
    FINDINGS: "該当がない",
}
"""The parts that may have nothing to say, and why, before 「ため」."""

STANDARD_PARTS = (COVER, CONTENTS, SUMMARY, TOTALS, LISTING, DUE, OPINIONS, CHANGES)

_EXTRAS = {
    SUMMARY: Extra.COMPARISON,
    TOTALS: Extra.COMPARISON,
    PLAN: Extra.CONTACTS,
    CHANGES: Extra.COMPARISON,
    FINDINGS: Extra.FINDINGS,
    BEFORE_AFTER: Extra.BEFORE_AFTER,
    HISTORY: Extra.HISTORY,
    SHEETS: Extra.RECORDS,
    YEARS: Extra.YEARS,
}
_INTERNAL_EXTRAS = frozenset((Extra.CONTACTS, Extra.FINDINGS, Extra.HISTORY))

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

LISTING_COLUMNS = (
    *("number", "action", "section", "previous_status", "current_status"),
    *("progress", "outlook", "due"),
)
PUBLISHED_COLUMNS = ("number", "action", "progress", "outlook")
"""Those of the table that the city published."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """The choices of the report's dialog and of the command line.

    Columns go by their names in `REPORT_COLUMNS`. Parts and columns are printed in their own
    order, however they were chosen. A part that has nothing to say is left out beside others
    which have.
    """

    edition: Edition = Edition.INTERNAL
    parts: tuple[str, ...] = STANDARD_PARTS
    paper: Paper = Paper.A4_LANDSCAPE
    columns: tuple[str, ...] = LISTING_COLUMNS
    headings: HeadingStyle = HeadingStyle.BANDS
    unit: SheetUnit = SheetUnit.HEADING
    font: str = FONTS[0]
    narrowing: Narrowing = WHOLE_PLAN

    @property
    def shown(self) -> tuple[str, ...]:
        """The parts that may be told in this edition, as they are printed."""
        hidden = INTERNAL_PARTS if self.edition is Edition.PUBLIC else frozenset()
        return tuple(each for each in PARTS if each in self.parts and each not in hidden)

    def for_action(self) -> ReportOptions:
        """Return them with what sheets of actions alone need."""
        return replace(self, parts=(SHEETS,), unit=SheetUnit.ACTION, narrowing=WHOLE_PLAN)

    def for_section(self, name: str) -> ReportOptions:
        """Return them for the list of what a section has a part in, with all columns."""
        narrowing = Narrowing(sections=(name,))
        return replace(self, parts=(LISTING,), columns=LISTING_COLUMNS, narrowing=narrowing)

    @property
    def extras(self) -> frozenset[Extra]:
        """What the parts need beside the outline."""
        needed = frozenset(_EXTRAS[part] for part in self.shown if part in _EXTRAS)
        return needed - _INTERNAL_EXTRAS if self.edition is Edition.PUBLIC else needed
