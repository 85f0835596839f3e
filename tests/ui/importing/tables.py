"""A table of two sheets, how it is read, and what was found in it, as values."""

from __future__ import annotations

from kyodo_desktop.domain.importing.found_plan import (
    FoundAction,
    FoundHeading,
    FoundLine,
    FoundOutlook,
    FoundPlacement,
    FoundPlan,
    FoundRound,
)
from kyodo_desktop.domain.importing.grid import Area, Book, CellPlace, Grid, Unread
from kyodo_desktop.domain.importing.mapping import (
    ColumnChoice,
    ColumnRole,
    Mapping,
    RoundChoice,
    SheetChoice,
    StatusChoice,
)
from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.vocabulary import StatusEntry

SHEET = "進捗状況"
GRID = Grid(
    SHEET,
    (
        ("見本市 協働推進計画", "", "", "", ""),
        ("番号", "取組", "担当課", "評価", "実績"),
        ("基本目標1　人づくり", "", "", "", ""),
        ("1", "講座の開催", "協働課", "○", "3回開いた。\n述べ60人"),
        ("", "", "", "△", "教材を作った。"),
        ("2", "手引の作成", "広報課", "？", "印刷した。"),
        ("小計", "", "", "2", ""),
        ("基本目標2　場づくり", "", "", "", ""),
        ("1", "講座の開催（再掲）", "", "", ""),
        ("※ 評価は担当課による。", "", "", "", ""),
    ),
    merges=(Area(3, 1, 3, 5), Area(8, 1, 8, 5)),
)
OTHER = Grid("集計", (("区分", "件数"), ("○", "1")))
BOOK = Book("見本.xlsx", (GRID, OTHER))
COLUMNS = (
    ColumnChoice(1, "番号", ColumnRole.NUMBER, 1),
    ColumnChoice(2, "取組", ColumnRole.ACTION),
    ColumnChoice(3, "担当課", ColumnRole.SECTION),
    ColumnChoice(4, "評価", ColumnRole.STATUS),
    ColumnChoice(5, "実績", ColumnRole.PROGRESS),
)
MAPPING = Mapping(
    "見本市 協働推進計画",
    (SheetChoice(SHEET, 2, 2, 9, COLUMNS),),
    (("基本目標", "1"), ("取組", "1")),
    (StatusChoice("○", "実施", "", "done"), StatusChoice("△", "一部", "", "ongoing")),
    (RoundChoice("令和7年度", 2025, "2026-03-31"),),
)


def _at(row: int, column: int) -> CellPlace:
    return CellPlace(SHEET, row, column)


PEOPLE, PLACES = ("1", "人づくり"), ("2", "場づくり")
ROUND = "令和7年度"
FOUND = FoundPlan(
    "見本市 協働推進計画",
    2024,
    2028,
    MAPPING.levels,
    (
        StatusEntry("○", "実施", "", StatusKind.DONE, "#2e7d4f"),
        StatusEntry("△", "一部", "", StatusKind.ONGOING, "#3b6fb6"),
    ),
    ("継続",),
    (FoundRound(ROUND, 2025, "2026-03-31"),),
    (
        FoundHeading((), *PEOPLE, _at(3, 1)),
        FoundHeading((), *PLACES, _at(8, 1)),
    ),
    (
        FoundAction(
            (PEOPLE,),
            "1",
            "講座の開催",
            _at(4, 2),
            sections=("協働課",),
            lines=(
                FoundLine(ROUND, "", "○", "3回開いた。\n述べ60人", _at(4, 5)),
                FoundLine(ROUND, "", "△", "教材を作った。", _at(5, 5)),
            ),
            outlooks=(FoundOutlook(ROUND, "継続", "", _at(4, 5)),),
            relisted=(FoundPlacement((PLACES,), "1", _at(9, 2)),),
        ),
        FoundAction(
            (PEOPLE,),
            "2",
            "手引の作成",
            _at(6, 2),
            sections=("広報課",),
            related_sections=("協働課",),
            lines=(FoundLine(ROUND, "", "", "印刷した。", _at(6, 5)),),
        ),
    ),
    (Unread(_at(6, 4), "？", "どの状態か分かりません。"),),
)
