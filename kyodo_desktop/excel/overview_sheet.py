"""計画の概要: what the plan says of itself, on one or two pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import counting, fiscal_year, nodes, numbering
from kyodo_desktop.excel import (
    layout,
    list_sheets,
    options,
    report_columns,
    report_heading,
    styles,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Round
    from kyodo_desktop.excel.workbook import SheetWriter

_SHARES = (11.0, 15.0, 44.0, 10.0)
_NOTE = "実行計画と状態の件数は実行計画数です（何か所に掲載されていても1件と数えます）。"
_SHRINKABLE = 1.25  # of a page; more on one page could not be read
_UNFILLED = "進捗状況がまだ記入されていない"

Row = tuple[list_sheets.Cell, ...]


def write_overview(writer: SheetWriter, contents: options.Contents) -> None:
    """Write a labelled group of rows for each part of the plan that is filled in."""
    sheet = list_sheets.ListSheet(writer, contents, options.OVERVIEW_SHEET, _SHARES)
    sheet.write_top()
    for label, rows in _groups(contents.outline).items():
        sheet.write_group(label, rows)
    sheet.write_across(_NOTE, styles.NOTE)
    if sheet.height <= layout.PAGES[contents.options.paper].height * _SHRINKABLE:
        writer.sheet.page_setup.fitToHeight = 1
    sheet.finish()


def _groups(outline: Outline) -> dict[str, list[Row]]:
    plan, rounds, principles = outline.plan, outline.rounds.values(), outline.principles.values()
    return {
        "計画の名称": _text(plan.title),
        "条例": _text(plan.ordinance),
        "計画期間": _text(fiscal_year.period_label(plan.first_fiscal_year, plan.last_fiscal_year)),
        "期": [
            _row(each.name, fiscal_year.period_label(*each[3:5]))
            for each in outline.terms.values()
        ],
        "定義": _text(plan.definition),
        "基本原則": [_line(f"{each.number} {each.text}") for each in principles],
        "主体": _names(each.name for each in outline.actors.values()),
        "方針": _text(plan.policy),
        "階層": list(_levels(outline)),
        "状態の区分": list(_statuses(outline)),
        "方向性の区分": _names(each.label for each in outline.directions.values()),
        "担当課": _names(each.name for each in outline.sections.values()),
        "調査": [_row(each.name, _dates(each), _is_shown(outline, each)) for each in rounds],
    }


def _levels(outline: Outline) -> Iterator[Row]:
    terms = report_heading.shown_terms(outline)
    *above, last = outline.levels
    for depth, level in enumerate(above):
        count = _counted(outline, {term: _headings(outline, term, depth) for term in terms})
        yield _row(level.name, numbering.STYLES.get(level.numbering, level.numbering), count)
    actions = {
        term: counting.net(outline, counting.placements_under(outline, term)).total()
        for term in terms
    }
    style = numbering.STYLES.get(last.numbering, last.numbering)
    yield _row(last.name, style, _counted(outline, actions))


def _statuses(outline: Outline) -> Iterator[Row]:
    counts = {
        term: counting.net(outline, counting.placements_under(outline, term))
        for term in report_heading.shown_terms(outline)
    }
    for status in outline.statuses.values():
        meaning = status.meaning
        if not status.counted:
            meaning += "（集計に含めない）"
        found = {term: each[status.id] for term, each in counts.items()}
        yield _row(report_columns.status_text(status), meaning, _counted(outline, found))
    unfilled = {term: each[None] for term, each in counts.items()}
    if any(unfilled.values()):
        yield _row(report_columns.UNFILLED_TEXT, _UNFILLED, _counted(outline, unfilled))


def _headings(outline: Outline, term: int, depth: int) -> int:
    return sum(
        nodes.is_heading(node) and outline.depth(node) == depth for node in outline.below(term)
    )


def _counted(outline: Outline, counts: Mapping[int, int]) -> str:
    """Return how many there are; of more than one term, how many in each."""
    if len(counts) == 1:
        return "".join(f"{count:,}件" for count in counts.values())
    return "\n".join(
        f"{outline.terms[nodes.row_id(term)].name} {count:,}件" for term, count in counts.items()
    )


def _dates(round_: Round) -> str:
    dates = f"{fiscal_year.day_label(round_.as_of)}現在"
    if round_.closed_at:
        dates += f"（{fiscal_year.day_label(round_.closed_at[:10])}確定）"
    return dates


def _is_shown(outline: Outline, round_: Round) -> str:
    return "表示中" if round_ == outline.round else ""


def _names(names: Iterator[str]) -> list[Row]:
    return _text("、".join(names))


def _text(text: str) -> list[Row]:
    return [_line(text)] if text else []


def _line(text: str) -> Row:
    return (list_sheets.Cell(text, styles.BODY, 3),)


def _row(name: str, text: str, count: str = "") -> Row:
    if not count:
        return (list_sheets.Cell(name), list_sheets.Cell(text, styles.BODY, 2))
    return (
        list_sheets.Cell(name),
        list_sheets.Cell(text),
        list_sheets.Cell(count, styles.COUNTED),
    )
