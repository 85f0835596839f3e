"""Parts of a cell that say what they are: 【進捗】… 【課題】… 【今後】…."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kyodo_desktop.domain.importing.header_words import row_role, weights_of
from kyodo_desktop.domain.importing.mapping import ColumnRole

_SIGN = "[・■●◆○◇□▼▶]"
_SHOWS_LABELS = "【〔［[＜<《〈（(：:■●◆○◇□▼▶"
_IN_BRACKETS = (
    r"【(?P<a>[^\n】]{1,16})】|〔(?P<b>[^\n〕]{1,16})〕|［(?P<c>[^\n］]{1,16})］|\[(?P<d>[^\n\]]{1,16})\]"
    r"|＜(?P<e>[^\n＞]{1,16})＞|<(?P<f>[^\n>]{1,16})>|《(?P<g>[^\n》]{1,16})》|〈(?P<h>[^\n〉]{1,16})〉"
)
_LABEL = re.compile(
    rf"(?:(?:^|(?<=[。 　])){_SIGN}?[ 　]*(?:{_IN_BRACKETS})[ 　]*[：:]?"
    r"|^[ 　]*[（(](?P<i>[^\n）)]{1,16})[）)][ 　]*[：:]?"
    rf"|^[ 　]*{_SIGN}?[ 　]*(?P<j>[^\s：:。、（(【]{{1,12}})[：:]"
    r"|^[ 　]*[■●◆○◇□▼▶][ 　]*(?P<k>[^\s：:。、]{1,12})[ 　]*$)",
    re.MULTILINE,
)
_SURE = 0.6
_FEWEST = 2
_TOLD = frozenset(
    (
        ColumnRole.PROGRESS,
        ColumnRole.ISSUE,
        ColumnRole.OUTLOOK,
        ColumnRole.DIRECTION,
        ColumnRole.STATUS,
        ColumnRole.DESCRIPTION,
        ColumnRole.NOTE,
    )
)
_OF_NOW = frozenset((ColumnRole.PROGRESS, ColumnRole.STATUS, ColumnRole.OUTLOOK))


class LabelledPart(NamedTuple):
    """A part of a cell: its label and what that says it is, and where its text stands."""

    label: str
    role: ColumnRole
    start: int
    end: int


@lru_cache(1 << 12)
def labelled_parts(text: str) -> tuple[LabelledPart, ...]:
    """Return the parts of a cell with labels of at least two meanings, else none.

    The first label stands at the beginning; a label that nobody knows is a part of the text.
    """
    if sum(map(text.count, _SHOWS_LABELS)) < _FEWEST:
        return ()
    found = [
        (each, label, role)
        for each in _LABEL.finditer(text)
        if (role := _role(label := each[each.lastgroup or 0].strip())) is not None
    ]
    roles = {role for *_, role in found}
    if len(roles) < _FEWEST or not roles & _OF_NOW or text[: found[0][0].start()].strip():
        return ()
    ends = [each.start() for each, *_ in found[1:]] + [len(text)]
    return tuple(
        _part(text, label, role, each.end(), end)
        for (each, label, role), end in zip(found, ends, strict=True)
    )


def _role(label: str) -> ColumnRole | None:
    """Return what a label says that its part is; None where it says nothing of the kind."""
    weights = weights_of(label)
    best = max(weights, key=lambda role: weights[role], default=None)
    role = row_role(label) or (best if best and weights[best] >= _SURE else None)
    return role if role in _TOLD else None


def _part(text: str, label: str, role: ColumnRole, start: int, end: int) -> LabelledPart:
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return LabelledPart(label, role, start, start + len(inside.strip()))
