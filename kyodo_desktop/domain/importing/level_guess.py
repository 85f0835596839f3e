"""The names of the levels and their numbering, as they are printed."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.numbers import numbered
from kyodo_desktop.domain.importing.plain import squeezed
from kyodo_desktop.domain.numbering import FREE, STYLES, number

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.columns import SheetColumn
    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.domain.importing.mapping import Mapping
    from kyodo_desktop.domain.importing.sheet_guess import SheetGuess

_TAIL = re.compile(r"(?:の?(?:名称|名|内容|項目名|タイトル))$")
_BRACKETS = re.compile(r"[(（\[【].*$")
_USUAL_ACTION = "実行計画"
_LIMIT = 20
_MOST_OF = 0.8


def level_names(group_names: list[str], left: int, sheet: SheetGuess) -> list[str]:
    """Return the names from the top to the action: of `left` columns, the rows, the others."""
    names: list[str] = []
    for each in sheet.columns:
        role = sheet.roles[each.column][0]
        if role in (ColumnRole.HEADING, ColumnRole.ACTION):
            names.append(_name(each, role, len(names)))
    names[left:left] = group_names
    if not any(role is ColumnRole.ACTION for role, _ in sheet.roles.values()):
        names.append(_USUAL_ACTION)
    if len(names) == 1:
        names.insert(0, "区分")
    taken: list[str] = []
    for name in names:
        taken.append(name if name not in taken else f"{name}{len(taken) + 1}")
    return taken


def _name(column: SheetColumn, role: ColumnRole, place: int) -> str:
    words = _BRACKETS.sub("", column.leaf).strip()
    name = _TAIL.sub("", "".join(words.split())) or words
    if not name or len(name) > _LIMIT:
        name = _word_in(column) or (
            _USUAL_ACTION if role is ColumnRole.ACTION else f"見出し{place + 1}"
        )
    return name


def _word_in(column: SheetColumn) -> str:
    words = {numbered(cell).word for cell in column.cells[:50]}
    return words.pop() if len(words) == 1 else ""


def with_numbering(mapping: Mapping, plan: FoundPlan) -> Mapping:
    """Give each level the style in which its numbers are printed, where they follow from it."""
    printed: defaultdict[int, defaultdict[object, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for heading in plan.headings:
        printed[len(heading.path)][heading.path].append(heading.number)
    depth = len(mapping.levels) - 1
    placed = [(each.place, each.path, each.number) for each in plan.actions]
    placed += [
        (again.place, again.path, again.number) for each in plan.actions for again in each.relisted
    ]
    for _, path, text in sorted(placed, key=lambda each: each[0].row):
        printed[depth][path].append(text)
    levels = tuple(
        (name, _style(list(printed[level].values())))
        for level, (name, _) in enumerate(mapping.levels)
    )
    return mapping._replace(levels=levels)


def _style(groups: list[list[str]]) -> str:
    """Return the style that gives most of the numbers by their place among their like."""
    total = sum(map(len, groups))
    for style in STYLES:
        if style == FREE or not total:
            continue
        hits = sum(
            squeezed(number(style, place)) == squeezed(text)
            and (style in "①Ⅰア") == _is_sign(text)
            for group in groups
            for place, text in enumerate(group, start=1)
        )
        if hits >= _MOST_OF * total and all(all(group) for group in groups):
            return style
    return FREE


def _is_sign(text: str) -> bool:
    return len(text) > 0 and not text.isascii() and not re.search("[0-9０-９]", text)
