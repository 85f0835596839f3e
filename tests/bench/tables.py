"""A city's table of any length, and openpyxl's own pass over it."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path
from time import perf_counter

from openpyxl import Workbook, load_workbook

HEADINGS = "番号,基本目標,施策,取組,内容,担当課,状態,実績,今後の方向性,完了予定"
_ROWS_OF_GOAL, _ROWS_OF_MEASURE = 500, 20


def write_table(path: Path, rows: int, *, is_revised: bool = False) -> Path:
    """Write the table: a title, a heading row, groups that are named in their first row.

    In one that is revised each action has another text in two of its cells.
    """
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("進行管理表")
    sheet.append(["協働推進計画　進行管理表（平成27年度）"])
    sheet.append([])
    sheet.append(HEADINGS.split(","))
    for row in range(rows):
        sheet.append(_row(row, "改" if is_revised else ""))
    workbook.save(path)
    return path


def bare_pass(path: Path) -> float:
    """Return the seconds of openpyxl's read-only pass over all cells."""
    gc.collect()
    start = perf_counter()
    workbook = load_workbook(path, read_only=True, data_only=True)
    for sheet in workbook.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    workbook.close()
    return perf_counter() - start


def _row(row: int, more: str) -> tuple[object, ...]:
    goal, measure = row // _ROWS_OF_GOAL + 1, row % _ROWS_OF_GOAL // _ROWS_OF_MEASURE + 1
    return (
        row + 1,
        f"基本目標{goal}　協働のしくみづくり{goal}" if row % _ROWS_OF_GOAL == 0 else None,
        f"({measure}) 情報の共有{goal}-{measure}" if row % _ROWS_OF_MEASURE == 0 else None,
        f"市民活動の支援に取り組む（{row + 1}）",
        f"登録団体とともに講座{row}を開き、担い手を増やす。{more}",
        ("市民活動推進課", "総務課", "生涯学習課")[row % 3],
        ("○", "△", "×")[row % 3],
        f"年度内に{row % 12 + 1}回の講座を開いた。\n参加者は{row % 90 + 10}人だった。{more}",
        "継続",
        date(2016, row % 12 + 1, 28),
    )
