"""What a search compares: folded texts, kept up with the plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.assembly import children_of
from kyodo_desktop.domain.nodes import row_id
from kyodo_desktop.domain.search import Query, SearchIndex, found_in, search_key, words_of
from tests.builders import node_of
from tests.outlines import noted

PLAN = noted("""
前期
  環境
    拠点
      ブース: ✓
      補助金: ・
  体制
    補助金:
  予備
後期
""")


def texts(plan, index):
    index.complete()
    return {plan.title(node): text for node, text in zip(index.nodes, index.texts, strict=True)}


@pytest.mark.parametrize("text", ["さぽーと", "ｻﾎﾟｰﾄ", "サポート"])
def test_width_and_kana_make_no_difference(text):
    assert search_key(text) == "サポート"


def test_case_and_the_width_of_letters_make_no_difference():
    assert search_key("ＮＰＯ法人") == search_key("npo法人")


def test_what_windows_writes_otherwise_is_the_same():
    assert search_key("子ども〜高齢者−—‖¢£¬") == search_key("子ども～高齢者－―∥￠￡￢")
    assert found_in("子ども〜高齢者", words_of("子ども～")) == [(0, 4)]


def test_a_dash_is_found_by_any_other_dash():
    text = "第2次計画‐改訂版―概要—（平成28−令和7）"
    assert found_in(text, words_of("計画-改訂版－概要―")) == [(3, 13)]
    assert found_in(text, words_of("28–令和")) == [(16, 21)]


def test_a_query_of_spaces_is_empty():
    assert Query(text=" 　").is_empty
    assert not Query(text=" ", statuses=frozenset({None})).is_empty


def test_a_text_begins_with_the_titles_of_the_headings_above():
    found = texts(PLAN, SearchIndex(PLAN))
    assert found["ブース"].startswith("環境\n拠点\nブース")


def test_a_heading_or_term_without_actions_stands_for_itself():
    found = texts(PLAN, SearchIndex(PLAN))
    assert found["予備"] == "予備\n"
    assert found["後期"] == ""


def test_a_span_holds_all_that_stands_below():
    index = SearchIndex(PLAN)
    index.complete()
    first, last = index.spans[node_of(PLAN, "環境")]
    assert [PLAN.title(node) for node in index.nodes[first:last]] == ["ブース", "補助金"]


def test_the_index_is_made_in_small_steps():
    index = SearchIndex(PLAN)
    steps = 0
    while not index.is_ready:
        index.prepare()
        steps += 1
    assert steps > len(PLAN.placements)


@pytest.mark.parametrize("ready", [True, False])
def test_a_changed_action_is_found_by_its_new_text_wherever_it_stands(ready):
    index = SearchIndex(PLAN)
    if ready:
        index.complete()
    newer = replace(PLAN, actions={**PLAN.actions, 2: PLAN.actions[2]._replace(note="要確認")})
    index.move_on(newer, [2], same_headings=True)
    index.complete()
    assert sum("要確認" in text for text in index.texts) == 2


def test_a_renamed_heading_is_found_with_all_below_it():
    index = SearchIndex(PLAN)
    index.complete()
    above = row_id(node_of(PLAN, "環境"))
    renamed = PLAN.headings[above]._replace(title="しくみ")
    newer = replace(PLAN, headings={**PLAN.headings, above: renamed})
    index.move_on(newer, [], same_headings=False)
    assert texts(newer, index)["ブース"].startswith("シクミ\n")


def test_a_deleted_action_is_not_found_any_more():
    index = SearchIndex(PLAN)
    index.complete()
    gone = [place for place in PLAN.placements.values() if place.action_id == 2]
    left = {place.id: place for place in PLAN.placements.values() if place.action_id != 2}
    newer = replace(
        PLAN,
        placements=left,
        actions={key: value for key, value in PLAN.actions.items() if key != 2},
        placed={key: value for key, value in PLAN.placed.items() if key != 2},
        children=children_of(PLAN.headings.values(), left.values()),
    )
    index.move_on(newer, [2], same_headings=False)
    assert len(gone) == 2
    assert "補助金" not in texts(newer, index)


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("市民活動支援基金の創設", "基金", ["基金"]),
        ("ｻﾎﾟｰﾄセンター", "さぽーと", ["ｻﾎﾟｰﾄ"]),
        ("㈱富里", "(株)", ["㈱"]),
        ("ＰＲリーフレット", "pr", ["ＰＲ"]),
        ("ガイドとｶﾞｲﾄﾞ", "ガイド", ["ガイド", "ｶﾞｲﾄﾞ"]),
        ("協働協働", "協働", ["協働協働"]),
        ("あいう", "かき", []),
        ("研修 20", "研修 20", ["研修", "20"]),
    ],
)
def test_what_is_found_is_marked_in_the_text_as_it_is_written(text, query, marked):
    assert [text[start:end] for start, end in found_in(text, words_of(query))] == marked
