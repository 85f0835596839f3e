"""Who waits for whom, read from the texts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.checks.context import CheckContext
from kyodo_desktop.domain.checks.prerequisites import prerequisite_candidate, prerequisite_done
from kyodo_desktop.domain.plan import Prerequisite
from tests.outlines import noted, with_texts


def pair(title, text, *, marks="・・"):
    """Return a plan in which 窓口 may wait for the action with the title."""
    outline = noted(f"前期\n 施策\n  {title}: {marks[0]}\n  窓口の移転: {marks[1]}")
    return with_texts(outline, 窓口の移転=text)


def candidates(outline):
    found = prerequisite_candidate(CheckContext(outline, "2015-10"))
    return [(each.remedy.target, each.remedy.value) for each in found]


WAITING = {
    "子育て支援センターの開設": "子育て支援センター開設後に移転",
    "防災行政無線の整備": "防災行政無線の更新に合わせ実施",
    "環境基本計画の策定": "環境基本計画の策定を待って検討",
    "新庁舎建設事業": "新庁舎建設事業の完了後に着手",
    "こども園の整備": "こども園の開園後に移転",
    "児童館の建設": "児童館完成後に移転予定",
    "ＩＣＴ支援員の設置": "ICT支援員 を配置して対応",
}
NOT_WAITING = {
    "広報紙の発行": "広報紙で周知",
    "公園の整備": "公園で清掃活動を実施",
    "図書館の充実": "図書館で展示",
    "児童館の建設": "旧中央児童館完成時の図面を確認",
    "職員研修の実施": "職員研修で説明",
}


@pytest.mark.parametrize("title", WAITING)
def test_a_text_that_names_another_action_waits_for_it(title):
    assert candidates(pair(title, WAITING[title])) == [(2, 1)]


@pytest.mark.parametrize("title", NOT_WAITING)
def test_a_word_that_all_use_is_no_name(title):
    assert candidates(pair(title, NOT_WAITING[title])) == []


@pytest.mark.parametrize("marks", ["✓・", "×・", "・✓"])
def test_nothing_waits_for_what_is_over_or_when_it_is_done(marks):
    text = "子育て支援センター開設後に移転"
    assert candidates(pair("子育て支援センターの開設", text, marks=marks)) == []


def test_the_longest_name_is_meant():
    outline = noted(
        "前期\n 施策\n  支援センターの設置: ・\n  支援センター分室の設置: ・\n  移転: ・"
    )
    assert candidates(with_texts(outline, 移転="支援センター分室の設置後に移転")) == [(3, 2)]


def test_what_is_a_prerequisite_already_or_would_close_a_circle_is_not_offered():
    outline = pair("子育て支援センターの開設", "子育て支援センター開設後に移転")
    for waiting, required in ((2, 1), (1, 2)):
        known = {waiting: (Prerequisite(1, waiting, required),)}
        assert candidates(replace(outline, prerequisites=known)) == []


def test_an_action_whose_prerequisites_are_all_done_need_not_wait():
    outline = noted("前期\n 施策\n  甲: ✓\n  乙: ・\n  丙: ・")
    both = (Prerequisite(1, 3, 1), Prerequisite(2, 3, 2))
    waiting = replace(outline, prerequisites={3: both})
    assert list(prerequisite_done(CheckContext(waiting, "2015-10"))) == []
    waiting = replace(outline, prerequisites={3: both[:1]})
    (finding,) = prerequisite_done(CheckContext(waiting, "2015-10"))
    assert "「甲」は完了しました" in finding.message
