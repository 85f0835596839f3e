"""委員会意見: what the committee says of the whole plan and of its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.nodes import is_heading, row_id, term_node
from kyodo_desktop.domain.terms import current_terms
from kyodo_desktop.excel import styles
from kyodo_desktop.excel.list_sheet import Cell, ListSheet
from kyodo_desktop.excel.options import OPINIONS_SHEET
from kyodo_desktop.excel.report_heading import term_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.excel.contents import Contents
    from kyodo_desktop.excel.sheet_writer import SheetWriter

_SHARES = (18.0, 62.0)
_OVERALL = "総括"
_NOTHING = "この調査には、委員会意見がまだ記入されていません。"


def write_opinions(writer: SheetWriter, contents: Contents) -> None:
    """Write 総括, then the opinion on each heading, in printed order."""
    outline = contents.outline
    opinions = list(opinion_texts(outline))
    terms = {*current_terms(outline), *(each.term for each in opinions if each.term)}
    sheet = ListSheet(writer, contents, OPINIONS_SHEET, _SHARES)
    sheet.write_top()
    if opinions:
        names = (outline.levels[0].name, OPINIONS_SHEET)
        sheet.write_header(*(Cell(name, styles.HEADER) for name in names))
    else:
        sheet.write_across(_NOTHING, styles.LEGEND)
    last = None
    for label, text, term in opinions:
        if len(terms) > 1 and term is not None and term != last:
            sheet.write_across(term_label(outline, term_node(term)), styles.TERM)
            last = term
        sheet.write(Cell(label, styles.TOP_HEADING), Cell(text))
    sheet.finish()


class OpinionText(NamedTuple):
    """What an opinion is on, and in which term that is; 総括 is in none."""

    label: str
    text: str
    term: int | None


def opinion_texts(outline: Outline) -> Iterator[OpinionText]:
    """Yield each opinion that says something."""
    nodes = [node for root in outline.roots for node in outline.below(root)]
    headings = [node for node in nodes if is_heading(node)]
    labels: dict[int | None, str] = {None: _OVERALL}
    labels |= {row_id(node): outline.label(node) for node in headings}
    for heading_id, label in labels.items():
        opinion = outline.opinions.get(heading_id)
        if opinion is not None and opinion.text:
            term = outline.headings[heading_id].term_id if heading_id else None
            yield OpinionText(label, opinion.text, term)
