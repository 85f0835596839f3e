"""Makes a report of a plan: the chosen parts that have something to say, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import errors
from kyodo_desktop.domain.reporting import expect_actions
from kyodo_desktop.pages import headings, looks, options
from kyodo_desktop.pages.content import Report
from kyodo_desktop.pages.layout import lay_out
from kyodo_desktop.pages.parts.before_after import before_after
from kyodo_desktop.pages.parts.changes import changes
from kyodo_desktop.pages.parts.contents import contents
from kyodo_desktop.pages.parts.cover import cover
from kyodo_desktop.pages.parts.due import due
from kyodo_desktop.pages.parts.findings import findings
from kyodo_desktop.pages.parts.history import history
from kyodo_desktop.pages.parts.listing import listing
from kyodo_desktop.pages.parts.opinions import opinions
from kyodo_desktop.pages.parts.plan import plan
from kyodo_desktop.pages.parts.sheets import sheets
from kyodo_desktop.pages.parts.summary import summary
from kyodo_desktop.pages.parts.totals import totals
from kyodo_desktop.pages.parts.years import years
from kyodo_desktop.pages.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Callable

    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.reporting import Extras
    from kyodo_desktop.pages.content import Part
    from kyodo_desktop.pages.laid import LaidReport
    from kyodo_desktop.pages.options import ReportOptions

_MAKERS: dict[str, Callable[[Telling], Part | None]] = {
    options.COVER: cover,
    options.SUMMARY: summary,
    options.TOTALS: totals,
    options.LISTING: listing,
    options.PLAN: plan,
    options.DUE: due,
    options.OPINIONS: opinions,
    options.YEARS: years,
    options.SHEETS: sheets,
    options.CHANGES: changes,
    options.BEFORE_AFTER: before_after,
    options.FINDINGS: findings,
    options.HISTORY: history,
}
"""How each part is made, but for 目次; nothing where it has nothing to say."""


def make_report(
    outline: Outline, chosen: ReportOptions, *, extras: Extras, made_on: str, about: str = ""
) -> Report:
    """Return the report of a plan; `made_on` is a day or a moment in ISO form.

    `extras` are those that `chosen.extras` names, `about` says what of the plan the outline has
    where no choice says it. Raises NothingToExportError.
    """
    expect_actions(outline)
    terms = tuple(headings.shown_terms(outline))
    if not chosen.shown:
        raise errors.NothingToExportError(
            "出力する内容が選ばれていません。内容を1つ以上選んでください。"
        )
    telling = Telling(outline, extras, chosen, terms, made_on, about=about)
    made = {name: _MAKERS[name](telling) for name in chosen.shown if name in _MAKERS}
    others = [part for part in made.values() if part is not None]
    if options.CONTENTS in chosen.shown:
        made[options.CONTENTS] = contents(telling, others)
    parts = tuple(part for name in chosen.shown if (part := made.get(name)) is not None)
    if not parts:
        raise errors.NothingToExportError(
            "選んだ内容には、出力するものがありません。ほかの内容も選んでください。"
        )
    return _report(telling, parts)


def silent_parts(
    outline: Outline, chosen: ReportOptions, *, extras: Extras, made_on: str
) -> tuple[str, ...]:
    """Return those of the chosen parts that would have nothing to say."""
    telling = Telling(outline, extras, chosen, tuple(headings.shown_terms(outline)), made_on)
    asked = (name for name in chosen.shown if name in options.WHY_SILENT)
    return tuple(name for name in asked if _MAKERS[name](telling) is None)


def _report(telling: Telling, parts: tuple[Part, ...]) -> Report:
    outline = telling.outline
    return Report(
        title=headings.title(outline),
        subject="進捗状況の報告書",
        author=outline.plan.municipality,
        edition=telling.options.edition,
        parts=parts,
        looks=looks.looks_for(outline.statuses.values()),
        made_on=telling.made_on,
        notices=headings.notices(telling),
        top_level=outline.levels[0].name,
    )


def laid_report(
    outline: Outline,
    chosen: ReportOptions,
    *,
    extras: Extras,
    made_on: str,
    control: JobControl | None = None,
) -> LaidReport:
    """Return the report on its pages. Raises ExportError and CancelledError."""
    report = make_report(outline, chosen, extras=extras, made_on=made_on)
    return lay_out(report, chosen.paper, chosen.font, control)
