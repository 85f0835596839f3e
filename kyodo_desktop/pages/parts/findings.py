"""要確認: what 点検 found, rule by rule, what is open first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.checks.rules import RULES
from kyodo_desktop.domain.field_types import WidthRange
from kyodo_desktop.pages import headings, looks
from kyodo_desktop.pages.content import Cell, PageRow, Part, RowRole
from kyodo_desktop.pages.options import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.reporting import CheckedFinding
    from kyodo_desktop.pages.telling import Telling

_COLUMNS = {
    "場所": WidthRange(12, 60),
    "要確認の内容": WidthRange(14, 60),
    "提案": WidthRange(5, 30),
    "対応": WidthRange(10, 30),
}
_NOTICE = "（お知らせ）"
_CONFIRMED = "確認済み"


def findings(telling: Telling) -> Part | None:
    """Return the part; those that somebody has confirmed come with their notes."""
    outline, known = telling.outline, telling.extras.findings
    found = [each for each in known if outline.exists(each.node)]
    if not found:
        return None
    return Part(
        name=FINDINGS,
        title=FINDINGS,
        widths=tuple(_COLUMNS.values()),
        top=(
            *headings.top(telling, FINDINGS, len(_COLUMNS)),
            headings.sentence(f"全{_counted(found)}", len(_COLUMNS)),
        ),
        header=(headings.head(_COLUMNS),),
        rows=tuple(_rows(telling, found)),
        is_fitted=True,
    )


def _rows(telling: Telling, found: Sequence[CheckedFinding]) -> Iterator[PageRow]:
    for rule in RULES.values():
        here = [each for each in found if each.rule == rule.name]
        if here:
            explanation = telling.outline.worded(rule.explanation)
            text = f"{rule.name}　{_counted(here)}　{explanation}"
            cell = Cell(text, looks.TERM, len(_COLUMNS))
            yield PageRow((cell,), RowRole.BAND, level=1, joined=True, repeats=True)
        for each in sorted(here, key=lambda each: each.note is not None):
            yield _row(telling, each)


def _row(telling: Telling, found: CheckedFinding) -> PageRow:
    look = looks.BODY if found.note is None else looks.UNFILLED
    message = found.message + (_NOTICE if found.notice else "")
    note = "" if found.note is None else found.note or _CONFIRMED
    texts = (headings.place_in_term(telling, found.node), message, found.suggestion, note)
    first, *others = (Cell(text, look) for text in texts)
    return PageRow((first._replace(repeats=True), *others))


def _counted(found: Sequence[CheckedFinding]) -> str:
    still_open = sum(each.note is None for each in found)
    return (
        f"{len(found):,}件（未確認 {still_open:,}件、{_CONFIRMED} {len(found) - still_open:,}件）"
    )
