"""How long 50 回答票 take, out and back, against openpyxl's shortest loops over the same cells."""

from __future__ import annotations

import gc
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell.read_only import EmptyCell
from openpyxl.styles import NamedStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.domain.plan import Assignment, Role, Section
from kyodo_desktop.domain.replies.asking import FormRows
from kyodo_desktop.domain.replies.form import FormKey, FormStatus, ReplyForm
from kyodo_desktop.domain.replies.review import review_answer
from kyodo_desktop.excel.reply_form.reading import read_answer
from kyodo_desktop.excel.reply_form.writing import write_reply_forms
from tests.bench.result import Result, printed
from tests.bench.styles import copy_style
from tests.outlines import large_outline

FORMS, ACTIONS = 50, 20
WRITE_LIMIT, READ_LIMIT = 1.5, 2.0
TURNS = 5
_PLAN = "0123456789abcdef"


class BareSheet(NamedTuple):
    """What the shortest loop needs to write a sheet again."""

    title: str
    state: str
    cells: list[tuple[int, int, Any, str]]
    rules: list[DataValidation]


class BareBook(NamedTuple):
    """The same of a workbook; named styles and names must be new for each that is written."""

    sheets: list[BareSheet]
    styles: list[NamedStyle]
    names: list[DefinedName]


def measure() -> Iterator[Result]:
    """Yield seconds to write the forms, and to read and compare them, ours and the bare ones."""
    outline = _outline()
    forms = [_form(outline, section) for section in outline.sections.values()]
    with tempfile.TemporaryDirectory() as folder:
        pairs = [_written(forms, Path(folder) / str(turn)) for turn in range(TURNS)]
        yield _result(f"{FORMS} forms of {ACTIONS} actions, written", pairs, WRITE_LIMIT)
        paths = sorted((Path(folder) / "0" / "ours").iterdir())
        turns = [(_read_ours(outline, paths), _read_bare(paths)) for _ in range(TURNS)]
        yield _result(f"{FORMS} answers, read and compared", turns, READ_LIMIT)


def _result(name: str, pairs: Sequence[tuple[float, float]], limit: float) -> Result:
    ours, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Result(name, ours, bare, limit)


def _written(forms: list[ReplyForm], folder: Path) -> tuple[float, float]:
    """Write all forms into new folders, ours and the bare ones by turns."""
    ours = bare = 0.0
    for name in ("ours", "bare"):
        (folder / name).mkdir(parents=True)
    for number, form in enumerate(forms):
        gc.collect()
        start = perf_counter()
        [path] = write_reply_forms([form], folder / "ours")
        ours += perf_counter() - start
        book = _bare(path)
        gc.collect()
        start = perf_counter()
        _write_bare(book, folder / "bare" / f"{number}.xlsx")
        bare += perf_counter() - start
    return ours, bare


def _bare(path: Path) -> BareBook:
    """Return the cells, looks, rules and names of a form, as openpyxl reads them."""
    workbook = load_workbook(path)
    streamed = load_workbook(path, read_only=True)  # else merged cells lose their styles
    names = workbook._named_styles.names
    sheets = [
        BareSheet(
            sheet.title,
            sheet.sheet_state,
            [
                (cell.row, cell.column, cell.value, names[cell.style_array.xfId])
                for row in streamed[sheet.title].iter_rows()
                for cell in row
                if not isinstance(cell, EmptyCell) and cell.has_style
            ],
            list(sheet.data_validations.dataValidation),
        )
        for sheet in workbook.worksheets
    ]
    streamed.close()
    used = {style for sheet in sheets for *_, style in sheet.cells}
    styles = [copy_style(each) for each in workbook._named_styles if each.name in used]
    return BareBook(sheets, styles, list(workbook.defined_names.values()))


def _write_bare(book: BareBook, path: Path) -> None:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for style in book.styles:
        workbook.add_named_style(style)
    for each in book.sheets:
        sheet = workbook.create_sheet(each.title)
        sheet.sheet_state = each.state
        sheet.protection.sheet = True
        for rule in each.rules:
            sheet.add_data_validation(rule)
        for row, column, value, style in each.cells:
            cell = sheet.cell(row, column, value)
            cell.style = style
    for name in book.names:
        workbook.defined_names[name.name] = name
    workbook.save(path)


def _read_ours(outline: Outline, paths: list[Path]) -> float:
    gc.collect()
    start = perf_counter()
    for path in paths:
        review = review_answer(outline, _PLAN, (), read_answer(path))
        assert not review.differences
    return perf_counter() - start


def _read_bare(paths: list[Path]) -> float:
    gc.collect()
    start = perf_counter()
    for path in paths:
        workbook = load_workbook(path, read_only=True)
        for sheet in workbook.worksheets:
            for _ in sheet.iter_rows(values_only=True):
                pass
        workbook.close()
    return perf_counter() - start


def _outline() -> Outline:
    """Return a plan in which each section leads in as many actions."""
    outline = large_outline(FORMS * ACTIONS)
    sections = {i: Section(i, i, f"第{i}課") for i in range(1, FORMS + 1)}
    return replace(
        outline,
        sections=sections,
        assignments={
            i: (Assignment(i, i, (i - 1) // ACTIONS + 1, Role.LEAD),) for i in outline.actions
        },
    )


def _form(outline: Outline, section: Section) -> ReplyForm:
    assert outline.round is not None
    return ReplyForm(
        key=FormKey(_PLAN, outline.round.id, section.id, "2015-11-02T09:00:00"),
        plan_title=outline.plan.title,
        round_name=outline.round.name,
        last_round="",
        section=section.name,
        due_on="2015-11-30",
        covering="ご回答をお願いします。",
        statuses=tuple(
            FormStatus(each.mark, each.label, each.definition)
            for each in outline.statuses.values()
        ),
        choices={action_fields.DIRECTION: ("継続", "拡充", "改善", "完了")},
        rows=FormRows(outline).rows(section.id),
    )


if __name__ == "__main__":
    printed(measure())
