"""番号: gaps and doubles among the typed numbers of those that stand side by side."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.checks.context import CheckContext, Finding, Remedy, RemedyKind
from kyodo_desktop.domain.checks.dates import narrow
from kyodo_desktop.domain.nodes import NodeKind, is_heading, kind_of, row_id
from kyodo_desktop.domain.numbering import STYLES, number

if TYPE_CHECKING:
    from collections.abc import Iterator


_SERIES = 60


class _Parsed(NamedTuple):
    """A number as its value and what stands around it, or the style of its characters."""

    value: int
    before: str
    after: str
    style: str = ""

    def printed(self, value: int) -> str:
        return number(self.style, value) if self.style else f"{self.before}{value}{self.after}"


def numbering(context: CheckContext) -> Iterator[Finding]:
    """Find numbers that are there twice, or do not follow the one before."""
    for above in dict.fromkeys(map(context.outline.parent, context.nodes)):
        assert above is not None
        children = context.outline.children[above]
        for kind in (NodeKind.PLACEMENT, NodeKind.HEADING):
            nodes = [node for node in children if kind_of(node) is kind]
            if any(_typed(context, node) for node in nodes):
                yield from _misnumbered(context, nodes)


def _typed(context: CheckContext, node: int) -> str:
    outline = context.outline
    if is_heading(node):
        return outline.headings[row_id(node)].number
    return outline.placements[row_id(node)].number


def _misnumbered(context: CheckContext, nodes: list[int]) -> Iterator[Finding]:
    style = context.outline.level_of(nodes[0]).numbering
    last: dict[tuple[str, str, str], _Parsed] = {}
    seen: set[str] = set()
    for place, node in enumerate(nodes, start=1):
        printed = _typed(context, node) or number(style, place)
        parsed = _parsed(narrow(printed).strip())
        if parsed is None:
            continue
        before = last.get(parsed[1:])
        expected = parsed.printed(before.value + 1) if before else ""
        if printed in seen or (before and parsed.value != before.value + 1):
            yield _finding(node, printed, expected, is_double=printed in seen)
        seen.add(printed)
        last[parsed[1:]] = parsed


def _finding(node: int, printed: str, expected: str, *, is_double: bool) -> Finding:
    fault = (
        "が重複しています" if is_double else f"は、前の番号に続いていません（次は「{expected}」）"
    )
    return Finding(
        "numbering",
        node,
        message=f"番号「{printed}」{fault}。",
        subject=f"{node}:{printed}:{expected}",
        suggestion=expected,
        remedy=Remedy(RemedyKind.RENUMBER, node, expected) if expected else None,
    )


def _parsed(printed: str) -> _Parsed | None:
    known = _series().get(printed)
    if known:
        return known
    found = re.fullmatch(r"(.*?)([0-9]+)([^0-9]*)", printed)
    return _Parsed(int(found[2]), found[1], found[3]) if found else None


@cache
def _series() -> dict[str, _Parsed]:
    """Return the numbers that are no digits, such as ③, ウ and Ⅲ."""
    return {
        number(style, value): _Parsed(value, "", "", style)
        for style in STYLES
        if style
        for value in range(1, _SERIES)
        if not number(style, value).strip("()").isdecimal() or number(style, value) > "①"
    }
