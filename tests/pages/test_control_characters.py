"""No text of a part turns its line around, ends it or breaks it, nor is one lost in its lines."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest

from kyodo_desktop.domain.checks.rules import RULES
from kyodo_desktop.domain.nodes import is_heading
from kyodo_desktop.domain.texts import CONTROLS
from kyodo_desktop.pages.content import Part, is_runs
from kyodo_desktop.pages.layout import lay_out
from kyodo_desktop.pages.options import PARTS, HeadingStyle, Paper, ReportOptions, SheetUnit
from kyodo_desktop.pages.report import make_report
from kyodo_desktop.pages.report_columns import REPORT_COLUMNS
from kyodo_desktop.services import checking, rounds, structure
from kyodo_desktop.services.report_extras import gathered
from tests import edits
from tests.builders import Clock, opened
from tests.hostile import MARKUP, hostile_copy
from tests.pages.parts.making import FONT, MADE_ON

pytestmark = pytest.mark.same_everywhere("values")

SIGN = "〔U+202E〕"
CHOICES = [
    ReportOptions(
        parts=PARTS, columns=tuple(REPORT_COLUMNS), font=FONT, unit=unit, headings=headings
    )
    for unit, headings in zip(SheetUnit, HeadingStyle, strict=True)
]


@pytest.fixture(scope="module")
def workspace(full_master, tmp_path_factory):
    """A plan of which each part has something to tell in the round that is shown."""
    folder = tmp_path_factory.mktemp("hostile")
    whole = shutil.copy(full_master, folder / "whole.kyodo")
    with closing(opened(whole, Clock())) as plan:
        outline = plan.workspace.outline
        checking.use_rules(plan.workspace, RULES)
        rounds.set_opinion(plan.workspace, outline.roots[0], "進んでいる。")
        below = outline.below(outline.roots[0])
        place = structure.add_action(plan.workspace, next(filter(is_heading, below)), "交流会")
        edits.set_due(plan.workspace, plan.workspace.outline.action_id_at(place), "H27.3")
    with closing(opened(hostile_copy(whole, folder / "a.kyodo"), Clock(), read_only=True)) as plan:
        yield plan.workspace


def texts(part: Part) -> list[str]:
    rows = (*part.top, *part.header, *part.rows)
    found = [part.title, *(cell.text for row in rows for cell in row.cells)]
    charts = [row.chart for row in rows if row.chart]
    for chart in charts:
        found += (chart.title, *chart.categories, *(each.name for each in chart.series))
    facets = [row.facets for row in rows if row.facets]
    for each in facets:
        found += (each.heading, *each.sections, each.status)
    return found


@pytest.mark.parametrize("chosen", CHOICES, ids=lambda each: each.unit.value)
def test_each_text_of_each_part_shows_signs(workspace, chosen):
    extras = gathered(workspace, chosen.extras)
    report = make_report(workspace.outline, chosen, extras=extras, made_on=MADE_ON)
    assert [each.name for each in report.parts] == [*chosen.shown]
    for part in report.parts:
        found = texts(part)
        assert [each for each in found if CONTROLS.search(each)] == []
        assert any(SIGN in each and MARKUP in each for each in found), part.name
    for text in (report.title, report.author, report.notice, report.top_level):
        assert not CONTROLS.search(text)
    assert SIGN in report.title


@pytest.mark.parametrize("paper", Paper)
def test_a_sheet_of_an_action_shows_signs_and_breaks_lines_without_loss(workspace, paper):
    chosen = CHOICES[0].for_action()
    extras = gathered(workspace, chosen.extras)
    report = make_report(workspace.outline, chosen, extras=extras, made_on=MADE_ON)
    assert [each for each in texts(report.parts[0]) if CONTROLS.search(each)] == []
    (part,) = lay_out(report, paper, FONT).parts
    for page in part.pages:
        for cell in (cell for row in page.rows for cell in row.cells):
            value = "".join(run.text for run in cell.value) if is_runs(cell.value) else cell.value
            assert "".join(cell.lines).removesuffix("\n") == (value or "").removesuffix("\n")
