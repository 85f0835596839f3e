"""Every part speaks of actions in the plan's own word for them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from kyodo_desktop.domain.text_version import text_version
from kyodo_desktop.pages.options import PARTS, ReportOptions, SheetUnit
from kyodo_desktop.pages.report import make_report
from kyodo_desktop.services.plan_settings import plan_settings, set_plan_settings
from kyodo_desktop.services.report_extras import gathered, reported
from kyodo_desktop.services.sample import create_sample
from tests.builders import Clock, opened
from tests.pages.parts.making import MADE_ON, texts


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    path = tmp_path_factory.mktemp("words") / "例.kyodo"
    create_sample(path, "tomisato_example", author="市民 花子", now=Clock()())
    with closing(opened(path, Clock())) as plan:
        call_actions(plan.workspace, "取組")
        outline = reported(plan.workspace)
        extras = gathered(plan.workspace, ReportOptions(parts=PARTS).extras)
    return outline, extras


def call_actions(workspace, word):
    settings = plan_settings(workspace.outline)
    *above, (_, numbering) = settings.levels
    set_plan_settings(workspace, settings._replace(levels=(*above, (word, numbering))))


@pytest.mark.parametrize("unit", SheetUnit)
def test_no_part_says_our_word_for_actions_where_the_plan_has_its_own(told, unit):
    outline, extras = told
    outline = replace(outline, plan=outline.plan._replace(policy="", definition=""))
    extras = replace(
        extras, history=[each._replace(step="", old="", new="") for each in extras.history]
    )
    report = make_report(
        outline, ReportOptions(parts=PARTS, unit=unit), extras=extras, made_on=MADE_ON
    )
    shown = [text for part in report.parts for text in texts(part)]
    shown += [row.chart.title for part in report.parts for row in part.rows if row.chart]
    shown += text_version(outline, comparison=extras.comparison)
    assert [each for each in shown if "実行計画" in each] == []
    assert any("取組数" in each for each in shown)
