"""Where a text is found for 置換, and what takes its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain import replacing
from kyodo_desktop.domain.nodes import heading_node
from kyodo_desktop.domain.replacing import TextReplacement
from tests.outlines import noted, outlook, with_texts

PLAN = """
前期
  サポートの場
    拠点
      サポートブース: ✓・
      基金: ・
    再び
      サポートブース: ✓
"""


@pytest.fixture
def outline():
    plan = with_texts(noted(PLAN), サポートブース="ｻﾎﾟｰﾄ開始。サポート継続")
    return replace(plan, outlooks={1: outlook(text="サポートを広げる")})


def found(outline, find, *labels, chosen=None, exact=False):
    kinds = [kind for kind in replacing.KINDS if kind.label in labels or not labels]
    return [
        (hit.place.kind.label, outline.title(hit.place.node), hit.after)
        for hit in replacing.hits(outline, TextReplacement(find, "支援", exact), kinds, chosen)
    ]


@pytest.mark.parametrize(
    ("text", "find", "result"),
    [
        ("サポート、ｻﾎﾟｰﾄ、さぽーと", "サポート", "支援、支援、支援"),
        ("ＮＰＯとnpo", "NPO", "支援と支援"),
        ("ｶﾞｲﾄﾞ", "ガ", "支援ｲﾄﾞ"),
        ("㈱市役所", "株", "支援市役所"),
        ("ああああ", "ああ", "支援支援"),
        ("なし", "あり", "なし"),
        ("なし", "", "なし"),
    ],
)
def test_width_kana_and_case_make_no_difference(text, find, result):
    assert TextReplacement(find, "支援").applied(text)[0] == result


def test_an_exact_search_finds_what_is_written_just_so():
    assert (
        TextReplacement("サポート", "支援", exact=True).applied("サポート、ｻﾎﾟｰﾄ")[0]
        == "支援、ｻﾎﾟｰﾄ"
    )


def test_it_is_told_where_the_old_and_the_new_text_stand():
    replacement = TextReplacement("ｻﾎﾟｰﾄ", "支援")
    assert replacement.spans("前サポート後サポート") == [(1, 5), (6, 10)]
    assert replacement.applied("前サポート後サポート")[1] == [(1, 3), (4, 6)]


def test_names_and_texts_are_found_in_printed_order_and_an_action_once(outline):
    assert found(outline, "サポート") == [
        ("名称", "サポートの場", "支援の場"),
        ("名称", "サポートブース", "支援ブース"),
        ("進捗状況", "サポートブース", "支援開始。支援継続"),
        ("今後の方向性", "サポートブース", "支援を広げる"),
    ]


def test_only_chosen_kinds_and_nodes_are_looked_at(outline):
    assert found(outline, "サポート", "進捗状況", "内容") == [
        ("進捗状況", "サポートブース", "支援開始。支援継続")
    ]
    below = found(outline, "サポート", "名称", chosen=[heading_node(3)])
    assert below == [("名称", "サポートブース", "支援ブース")]


def test_the_kinds_are_the_names_the_running_texts_and_the_opinions():
    assert [kind.label for kind in replacing.KINDS] == [
        *("名称", "内容", "進捗状況", "今後の方向性", "備考", "委員会意見", "市の対応")
    ]


def test_a_text_that_could_not_be_stored_is_told(outline):
    (hit,) = replacing.hits(outline, TextReplacement("基金", ""), [replacing.NAMES])
    assert "空です" in hit.problem
    long = TextReplacement("基金", "長" * 501)
    (hit,) = replacing.hits(outline, long, [replacing.NAMES])
    assert "長すぎます" in hit.problem
