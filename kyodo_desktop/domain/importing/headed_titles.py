"""What stands in a cell with the title of an action: its section, its mark, and a text below it.

①市民等への啓発⏎　パンフレットを配布した。 or ■市民文化祭（文化振興課）〔◎〕⏎　3年ぶりに開いた。
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import is_mark, is_section
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.splitting import actions_in

if TYPE_CHECKING:
    from collections.abc import Iterable

Span = tuple[int, int]
_BEHIND = re.compile(
    r"[（(〔［\[【＜<](?P<inside>[^（()）〔〕［］\[\]【】＜＞<>\n]{1,40})[）)〕］\]】＞>]$"
)
_SENTENCE = re.compile(r"。|(?:した|った|きた|れた|いる)[）)]?\s*$")
_LONGEST = 60  # characters of a title
_MOST_OF = 0.5
TEXT, SECTION, MARK = ColumnRole.PROGRESS, ColumnRole.SECTION, ColumnRole.STATUS
ALL = frozenset((TEXT, SECTION, MARK))


class Headed(NamedTuple):
    """The title of a cell and what else stands in it, each with its span."""

    title: Span
    others: tuple[tuple[ColumnRole, Span], ...] = ()


@lru_cache(1 << 12)
def headed(cell: str, roles: frozenset[ColumnRole] = ALL, *, is_usual: bool = False) -> Headed:
    """Return what the cell of one action holds, of what may stand there.

    What stands in brackets before a mark is a section where that `is_usual`, whatever its name.
    """
    at = len(cell) - len(cell.lstrip())
    line, _, below = cell[at:].partition("\n")
    if below.strip() and TEXT not in roles:
        return Headed((at, len(cell.rstrip())))
    end = at + len(line.rstrip())
    found: dict[ColumnRole, Span] = {}
    while behind := _BEHIND.search(cell[at:end]):
        role = _role(behind["inside"])
        if role is None and is_usual and MARK in found:
            role = SECTION
        if role not in roles or role in found or not behind.start():
            break
        first, last = behind.span("inside")
        found[role] = at + first, at + last
        end = at + len(cell[at : at + behind.start()].rstrip())
    if below.strip():
        start = at + len(line) + 1
        start += len(below) - len(below.lstrip())
        found[TEXT] = start, len(cell.rstrip())
    return Headed((at, end), tuple(found.items()))


def _role(inside: str) -> ColumnRole | None:
    if is_mark(inside.strip()):
        return MARK
    return SECTION if is_section(inside) else None


def heads_of(cells: Iterable[str]) -> frozenset[ColumnRole]:
    """Return what stands with most titles of a column's cells: a text only where it is prose."""
    actions = [action for cell in cells for action in _actions_of(cell)]
    found = [(each, headed(each)) for each in actions]
    titles = [title for _, (title, _) in found]
    if sum(last - first for first, last in titles) > _LONGEST * len(titles):
        return frozenset()
    spans = [(cell, role, span) for cell, each in found for role, span in each.others]
    told = [cell[slice(*span)] for cell, role, span in spans if role is TEXT]
    if 2 * sum(1 for text in told if _SENTENCE.search(text)) < len(told):
        return frozenset()
    return frozenset(
        role for role in ALL if sum(1 for each in spans if each[1] is role) > _MOST_OF * len(found)
    )


def titles_in(cell: str) -> list[str]:
    """Return the titles of the actions in a cell, without what else stands there."""
    return [each[slice(*headed(each).title)] for each in _actions_of(cell)]


def _actions_of(cell: str) -> list[str]:
    return [cell[each.start : each.end] for each in actions_in(cell, "")] or [cell]
