"""The files that the fuzz suite damages: what this program writes, and what cities send."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation

from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.excel.data_book import write_export
from kyodo_desktop.excel.report import write_workbook
from kyodo_desktop.pages.options import ReportOptions
from kyodo_desktop.pages.report import laid_report
from kyodo_desktop.services.interchange import whole_plan
from tests.excel.reading import binary_workbooks
from tests.excel.reading.test_other_formats import TABLES
from tests.excel.reading.workbooks import bytes_of, with_shared_strings
from tests.excel.reply_form.forms import written
from tests.outlines import outline_of_rows

ROWS = (
    ("番号", "目標", "施策", "取組", "担当課", "状態", "実績", "完了予定", "予算"),
    ("1", "Ⅰ しくみ", "(1) 相談", "窓口を開く", "市民活動推進課", "○", "開いた。", "H28.3", 12),
    ("2", "", "", "職員を育てる", "総務課", "△", "・研修\n・視察", "平成29年度", 1.5),
    ("3", "", "(2) 情報", "広報を出す", "秘書広報課", "×", "未着手", date(2017, 3, 31), 0.25),
    ("4", "Ⅱ ひと", "(1) 学び", "講座を開く", "生涯学習課", "○", "終えた。", "", "=SUM(I2:I4)"),
)


def city_table() -> bytes:
    """A table as a city has it: a title, merged cells, indents, a formula, a hidden sheet."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "進行管理表"
    sheet["B1"] = "協働推進計画　進行管理表（平成27年度）"
    sheet["B2"] = "凡例　○：達成　△：一部達成　×：未達成"
    for row, values in enumerate(ROWS, start=4):
        for column, value in enumerate(values, start=2):
            cell = sheet.cell(row, column, value)
            cell.alignment = Alignment(wrap_text=True, indent=column % 3)
    sheet["I7"].number_format = 'ggge"年"m"月"'
    sheet["J6"].number_format = "0%"
    sheet["J5"].comment = Comment("千円", "担当")
    sheet.merge_cells("B1:J1")
    sheet.merge_cells("C5:C7")
    sheet.merge_cells("D5:D6")
    sheet.row_dimensions[7].hidden = True
    choice = DataValidation("list", formula1='"○,△,×"')
    choice.add("G5:G9")
    sheet.add_data_validation(choice)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=10, min_row=5, max_row=8))
    sheet.add_chart(chart, "L2")
    workbook.create_sheet("控え").sheet_state = "hidden"
    return bytes_of(workbook)


def report(folder: Path) -> bytes:
    """The report of a small plan."""
    outline = outline_of_rows(
        ("協働のしくみ", "相談", "窓口を開く", [(None, "開いた。"), (None, "")]),
        ("協働のしくみ", "情報", "広報を出す", []),
    )
    path = folder / "報告書.xlsx"
    options = ReportOptions(font="ＭＳ ゴシック")
    write_workbook(laid_report(outline, options, extras=Extras(), made_on="2015-11-02"), path)
    return path.read_bytes()


def workbooks(folder: Path, plan: Path) -> list[bytes]:
    """Return all of them; the data are those of a plan's file."""
    return [
        city_table(),
        report(folder),
        with_shared_strings("番号", "_x005F_x0041_", "取組", cells=(0, 2, 1, 9)),
        written(folder).read_bytes(),
        data(folder, plan, ".xlsx"),
    ]


def of_other_formats() -> dict[str, bytes]:
    """Return tables that other programs and older ones save, by the endings of their names."""
    return {
        **{path.suffix: path.read_bytes() for path in sorted(TABLES.iterdir())},
        ".xlsb": binary_workbooks.progress(),
    }


def data(folder: Path, plan: Path, suffix: str) -> bytes:
    """The data of a plan in one of their forms."""
    path = folder / f"データ{suffix}"
    write_export(whole_plan(plan), path)
    return path.read_bytes()


def text_table() -> str:
    """The table of the city as a text, parted by commas."""
    lines = (",".join(f'"{value}"' for value in row) for row in ROWS)
    return "\r\n".join(lines) + "\r\n"
