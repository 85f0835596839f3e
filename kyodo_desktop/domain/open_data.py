"""公開データ: the published fields of a plan for other programs, one row an action.

What people write in several lines stands in one, with ／ between: a line break in a cell is
legal CSV, and is where most programs that read it go wrong. Months and days are YYYY-MM and
YYYY-MM-DD. Only what a spreadsheet would run as a formula gets an apostrophe: all else is as it
is in the plan, 1-1 too, which Excel shows as a date where it opens the file without being asked.
This one is not read back: that is what 全データ is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain import action_fields, field_types, nodes
from kyodo_desktop.domain.interchange.escaping import guard_formula
from kyodo_desktop.domain.overview import NOT_FILLED_IN
from kyodo_desktop.domain.terms import reported_terms
from kyodo_desktop.domain.texts import with_signs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Progress

BREAK, BETWEEN = "／", "、"
_FIRST = ("市町村名", "計画", "調査", "時点", "確定", "期", "番号")
_RELISTED = "再掲"
_CLOSED, _OPEN = "確定", "確定前"
_FIELDS = tuple(
    field
    for field in action_fields.FIELDS
    if field.is_public and field is not action_fields.LINE_SECTION  # which its line names
)


def open_data(outline: Outline) -> Iterator[tuple[str, ...]]:
    """Yield the headings, then a row for each action of the reported terms, where its home is.

    No value has a line break or a tab, and none is a formula; all rows are equally long.
    """
    yield _unique(_headings(outline))
    above = _round(outline)
    for term_id in reported_terms(outline):
        for node in outline.below(nodes.term_node(term_id)):
            if nodes.is_placement(node) and not outline.is_relisted(node):
                yield (*above, _text(outline.terms[term_id].name), *_action(outline, node))


def is_open_data(beginning: str) -> bool:
    """Tell by its first headings whether a text is such a table."""
    return beginning.startswith(",".join(_FIRST))


def in_one_line(text: str) -> str:
    """Return the lines of a text that say something in one, with signs for what nobody sees."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return with_signs(BREAK.join(line for line in lines if line))


def _headings(outline: Outline) -> Iterator[str]:
    yield from _FIRST
    for level in outline.levels[:-1]:
        yield level.name
    for field in _FIELDS:
        yield outline.levels[-1].name if field is action_fields.TITLE else field.heading
    yield _RELISTED


def _unique(headings: Iterator[str]) -> tuple[str, ...]:
    """Return headings of which no two are the same, so that a column goes by its name."""
    found: list[str] = []
    for each in map(_text, headings):
        name, copies = each, 1
        while name in found:
            copies += 1
            name = f"{each}（{copies}）"
        found.append(name)
    return tuple(found)


def _round(outline: Outline) -> tuple[str, ...]:
    names = _text(outline.plan.municipality), _text(outline.plan.title)
    shown = outline.round
    if shown is None:
        return (*names, "", "", "")
    return (*names, _text(shown.name), shown.as_of, _CLOSED if shown.closed_at else _OPEN)


def _action(outline: Outline, node: int) -> Iterator[str]:
    action_id = outline.action_id_at(node)
    yield _text(outline.path_number(node))
    above = [outline.title(each) for each in outline.ancestors(node) if nodes.is_heading(each)]
    titles, depth = above[::-1], len(outline.levels) - 1
    # Headings deeper than the plan has levels share the column of the last one.
    titles = [*titles[: depth - 1], "\n".join(titles[depth - 1 :])]
    yield from map(_text, titles)
    yield from [""] * (depth - len(titles))
    for field in _FIELDS:
        yield _value(outline, field, action_id)
    others = outline.placed[action_id][1:]
    yield _text(BETWEEN.join(outline.place_number(nodes.placement_node(each)) for each in others))


def _value(outline: Outline, field: action_fields.Field[Any], action_id: int) -> str:
    if field is action_fields.STATUS:
        status = outline.status(action_id)
        return NOT_FILLED_IN if status is None else _text(status.label or status.mark)
    if field is action_fields.PROGRESS:
        return _text("\n".join(_lines(outline, action_id)))
    value = field.type.cell(field.of(outline, action_id), outline)
    text = "" if value is None else str(value)
    return text if isinstance(field.type, field_types.Month) else _text(text)


def _lines(outline: Outline, action_id: int) -> Iterator[str]:
    """Yield the lines of 進捗状況; each of several behind its own mark."""
    lines = outline.lines.get(action_id, ())
    for line in lines:
        mark = f"{_mark(outline, line)} " if lines[1:] else ""
        section = outline.sections.get(line.section_id or 0)
        yield f"{mark}{in_one_line(line.text)}" + (f"（{section.name}）" if section else "")


def _mark(outline: Outline, line: Progress) -> str:
    return NOT_FILLED_IN if line.status_id is None else outline.statuses[line.status_id].mark


def _text(text: str) -> str:
    return guard_formula(in_one_line(text))
