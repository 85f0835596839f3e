"""What the cells of 一覧 say of an action."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.pages.report_columns import PREVIOUS
from tests.outlines import noted

pytestmark = pytest.mark.same_everywhere("values")


def test_the_mark_of_the_round_before_is_also_that_of_what_an_action_continues():
    plan = noted("""
前期
  環境
    ブース: ✓
後期
  環境
    ブースの運営: ・
""")
    later = {**plan.actions, 2: plan.actions[2]._replace(continues_id=1)}
    before = replace(plan.record, lines={1: plan.lines[1]})
    shown = replace(plan, actions=later, previous=before)
    assert PREVIOUS.text(shown, placement_node(2)) == "✓"
    assert PREVIOUS.text(replace(shown, previous=None), placement_node(2)) == ""
