"""The part of the plan that answers a query."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.plan import Assignment, Section
from kyodo_desktop.domain.search import Query, SearchIndex
from kyodo_desktop.domain.standing import RoundState
from kyodo_desktop.domain.tree_filter import TreeFilter
from tests.builders import node_of
from tests.outlines import large_outline, noted

NOTED = noted("""
前期
  環境づくり
    拠点の整備
      ブースの設置: ✓
      センターの開設: ◇
    財政の支援
      補助金の創設: ・
  担い手づくり
    発掘
      人材バンク: ・✓
      講座の開催:
      ブースの設置:
  情報
後期
""")
PLAN = replace(
    NOTED,
    actions={**NOTED.actions, 2: NOTED.actions[2]._replace(due="2015-03")},
    sections={1: Section(1, 0, "企画課")},
    assignments={3: (Assignment(1, 3, 1, "lead"),)},
)


def tree_filter(query, plan=PLAN, kept=()):
    return TreeFilter(plan, SearchIndex(plan), query, kept)


def shown(query, plan=PLAN, kept=()):
    """Return the titles that are shown, in printed order."""
    found = tree_filter(query, plan, kept)

    def below(node):
        yield plan.title(node)
        if not is_placement(node):
            for child in found.children(node):
                yield from below(child)

    return [title for root in found.roots for title in below(root)]


def test_a_match_is_shown_in_its_place_and_nothing_beside_it():
    assert shown(Query("センター")) == ["前期", "環境づくり", "拠点の整備", "センターの開設"]


def test_a_relisted_action_is_found_at_each_of_its_places():
    assert shown(Query("ブース")).count("ブースの設置") == 2


def test_all_words_must_be_found_in_whatever_order():
    assert "センターの開設" in shown(Query("開設　センター"))
    assert shown(Query("開設 補助")) == []


def test_the_title_of_a_heading_finds_all_below_it():
    assert shown(Query("環境 ブース"))[-1] == "ブースの設置"
    assert len(shown(Query("担い手"))) == 6


def test_a_heading_without_actions_is_found_by_its_title():
    assert shown(Query("情報")) == ["前期", "情報"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        (Query(statuses=frozenset({2})), ["センターの開設"]),
        (Query(statuses=frozenset({None})), ["講座の開催"]),
        (Query(section_id=1), ["補助金の創設"]),
        (Query(standing=RoundState.OVERDUE, month="2015-10"), ["センターの開設"]),
        (Query(standing=RoundState.OVERDUE, month="2015-03"), []),
        (Query(among=frozenset({4})), ["人材バンク"]),
        (Query("の", statuses=frozenset({2, None})), ["センターの開設", "講座の開催"]),
    ],
)
def test_filters_show_the_actions_that_pass_them(query, titles):
    actions = {PLAN.actions[each].title for each in PLAN.actions}
    assert [title for title in shown(query) if title in actions] == titles


def test_filters_hide_a_heading_without_actions():
    assert "情報" not in shown(Query("情報", statuses=frozenset({1})))


def test_what_is_kept_is_shown_though_it_does_not_match():
    kept = [node_of(PLAN, "講座の開催"), node_of(PLAN, "財政の支援")]
    assert shown(Query("センター"), kept=kept) == [
        "前期",
        "環境づくり",
        "拠点の整備",
        "センターの開設",
        "財政の支援",
        "担い手づくり",
        "発掘",
        "講座の開催",
    ]


def test_a_heading_that_is_only_kept_has_no_children():
    found = tree_filter(Query("センター"), kept=[node_of(PLAN, "財政の支援")])
    assert not found.has_children(node_of(PLAN, "財政の支援"))
    assert found.has_children(node_of(PLAN, "拠点の整備"))


@given(
    words=st.lists(
        st.sampled_from(["協働", "7", "事業1", "サポート", "無い"]), min_size=1, max_size=3
    ),
    statuses=st.sets(st.sampled_from([1, 2, 3, None])),
)
def test_the_answer_is_the_same_as_that_of_looking_everywhere(words, statuses):
    plan, index = LARGE
    query = Query(" ".join(words), frozenset(statuses))
    found, admits = TreeFilter(plan, index, query), query.admitted(plan)
    matching = {
        node
        for node, text in zip(index.nodes, index.texts, strict=True)
        if all(word in text for word in words)
        and (not statuses or admits(plan.action_id_at(node)))
    }
    below = {*_below(found, plan.roots[0])}
    assert below.intersection(index.nodes) == matching
    assert sum(found.counts()) == len(matching)


def _below(found, node):
    for child in found.children(node):
        yield child
        if not is_placement(child):
            yield from _below(found, child)


def _large():
    plan = large_outline(600)
    index = SearchIndex(plan)
    index.complete()
    return plan, index


LARGE = _large()


def test_a_term_that_is_over_has_nothing_left_to_fill_in():
    plan = noted("前期\n  環境\n    ブース: ✓\n    倉庫:\n後期\n  環境\n    窓口:\n    受付: ・")
    later = replace(plan, round=plan.round._replace(fiscal_year=2016))
    query = Query(statuses=frozenset({None}))
    found = [
        [action.title for action in each.actions.values() if query.admitted(each)(action.id)]
        for each in (plan, later)
    ]
    assert found == [["倉庫", "窓口"], ["窓口"]]
