"""Actions in other orders than the plan's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain import arranging, nodes
from kyodo_desktop.domain.arranging import Arrangement, FlatRows, RowGroup, Today
from kyodo_desktop.domain.counting import placements_under
from kyodo_desktop.domain.plan import Assignment, Role, Section
from tests.builders import node_of
from tests.outlines import ROUND, noted

PLAN = noted("""
前期
  環境づくり
    拠点
      ブース: ✓
      センター: ◇
      倉庫:
    支援
      補助金: ・
  体制
    連携
      ブース:
""")
AT = Today("2015-11", "2015-11-20")


def everything(plan):
    return [node for root in plan.roots for node in placements_under(plan, root)]


def groups(plan, by, updated=None):
    found = arranging.grouped(plan, by, everything(plan), AT, updated or {})
    return [(group.label, [plan.title(node) for node in group.nodes]) for group in found]


def with_due(plan, **months):
    ids = {plan.title(node): plan.action_id_at(node) for node in everything(plan)}
    actions = dict(plan.actions)
    for title, month in months.items():
        actions[ids[title]] = actions[ids[title]]._replace(due=month)
    return replace(plan, actions=actions)


def test_a_relisted_action_stands_once_where_it_is_at_home():
    titles = [title for _, each in groups(PLAN, Arrangement.STATUS) for title in each]
    assert sorted(titles) == ["センター", "ブース", "倉庫", "補助金"]


def test_by_status_what_is_not_filled_in_comes_first_and_the_others_as_in_the_legend():
    assert groups(PLAN, Arrangement.STATUS) == [
        ("未記入", ["倉庫"]),
        ("完了", ["ブース"]),
        ("完了の目途", ["センター"]),
        ("継続中", ["補助金"]),
    ]


def test_by_due_month_what_is_late_comes_first_and_what_has_none_last():
    plan = with_due(PLAN, センター="2016-03", 倉庫="2015-12", 補助金="2014-03")
    assert groups(plan, Arrangement.DUE) == [
        ("期限超過", ["補助金"]),
        ("平成27年度", ["倉庫", "センター"]),
        ("完了予定なし", ["ブース"]),
    ]


def test_by_due_month_nothing_is_late_of_a_term_that_is_over():
    halves = noted("前期\n  環境\n    a: ・\n後期\n  環境\n    b: ・\n")
    later = replace(halves, round=ROUND._replace(fiscal_year=2016))
    plan = with_due(later, a="2014-03", b="2014-03")
    assert groups(plan, Arrangement.DUE) == [("期限超過", ["b"]), ("平成25年度", ["a"])]


def test_by_section_the_one_that_leads_counts():
    ids = {PLAN.title(node): PLAN.action_id_at(node) for node in everything(PLAN)}
    plan = replace(
        PLAN,
        sections={7: Section(7, 0, "企画課"), 3: Section(3, 1, "環境課")},
        assignments={
            ids["倉庫"]: (
                Assignment(1, ids["倉庫"], 3, Role.LEAD),
                Assignment(2, ids["倉庫"], 7, Role.RELATED),
            ),
            ids["補助金"]: (Assignment(3, ids["補助金"], 7, Role.LEAD),),
        },
    )
    assert groups(plan, Arrangement.SECTION) == [
        ("企画課", ["補助金"]),
        ("環境課", ["倉庫"]),
        ("担当課なし", ["ブース", "センター"]),
    ]


def test_by_update_the_latest_comes_first():
    ids = {PLAN.title(node): PLAN.action_id_at(node) for node in everything(PLAN)}
    updated = {
        ids["倉庫"]: "2015-11-20T09:00:00+09:00",
        ids["ブース"]: "2015-11-20T11:00:00+09:00",
        ids["補助金"]: "2015-11-01T09:00:00+09:00",
    }
    assert groups(PLAN, Arrangement.UPDATED, updated) == [
        ("今日", ["ブース", "倉庫"]),
        ("30日以内", ["補助金"]),
        ("記録なし", ["センター"]),
    ]


@pytest.mark.parametrize("descending", [False, True])
def test_who_has_no_value_stands_behind_in_either_direction(descending):
    plan = with_due(PLAN, センター="2016-03", 補助金="2014-03")
    key = lambda action_id: plan.actions[action_id].due  # noqa: E731
    (group,) = arranging.ordered(plan, everything(plan), key, descending=descending)
    titles = [plan.title(node) for node in group.nodes]
    assert titles[:2] == (["センター", "補助金"] if descending else ["補助金", "センター"])
    assert titles[2:] == ["ブース", "倉庫"]


def test_a_group_is_a_row_above_its_rows():
    booth, store = node_of(PLAN, "ブース"), node_of(PLAN, "倉庫")
    rows = FlatRows([RowGroup("完了", (booth,)), RowGroup("未記入", (store,))])
    done, _ = rows.roots
    assert nodes.is_group(done)
    assert rows.children(done) == (booth,)
    assert rows.above(booth) == done
    assert rows.above(done) is None


def test_rows_without_a_group_stand_at_the_top():
    booth, store = node_of(PLAN, "ブース"), node_of(PLAN, "倉庫")
    rows = FlatRows([RowGroup("", (store, booth))])
    assert rows.roots == (store, booth)
    assert rows.above(store) is None


def test_what_is_gone_leaves_the_others_where_they_stand():
    booth, store = node_of(PLAN, "ブース"), node_of(PLAN, "倉庫")
    rows = FlatRows([RowGroup("完了", (store, booth))])
    placements = {k: v for k, v in PLAN.placements.items() if k != nodes.row_id(store)}
    left = rows.without(replace(PLAN, placements=placements))
    assert left.children(left.roots[0]) == (booth,)
