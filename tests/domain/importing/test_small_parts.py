"""Legends and years, each by itself."""

import pytest

from kyodo_desktop.domain.importing.moments import as_of_in, span_in, year_of, years_in
from kyodo_desktop.domain.importing.statuses import choice_of, kind_of, pairs_in
from kyodo_desktop.domain.plan import ENDED


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (
            "マークの意味　　✓ ＝ 完了　　◇ ＝ 完了の目途　　・ ＝ 継続中",
            "✓完了 ◇完了の目途 ・継続中",
        ),
        ("凡例　✓完了　◇完了の目途　・継続中", "✓完了 ◇完了の目途 ・継続中"),
        ("進捗状況　S：計画以上　A：計画どおり", "S計画以上 A計画どおり"),
        ("（◎達成、○概ね達成、△未達成）", "◎達成 ○概ね達成 △未達成"),
        ("5…完了　4…順調　3…遅れ", "5完了 4順調 3遅れ"),
        ("「Ａ」：達成、「Ｂ」：未達成", "Ａ達成 Ｂ未達成"),
        (
            "【評価基準】 Ａ 十分達成　Ｂ おおむね達成　Ｃ 未達成",
            "Ａ十分達成 Ｂおおむね達成 Ｃ未達成",
        ),
        ("評価　S 計画以上 A 計画どおり B 計画未満", "S計画以上 A計画どおり B計画未満"),
        ("会議はＡ 会場、Ｂ 会場の2か所", ""),
        ("A棟 B棟 C棟", ""),
        ("施策数、33。a、15。b、15。c、3", ""),
        ("進捗状況：平成28年度", ""),
    ],
)
def test_a_line_explains_marks(text: str, pairs: str):
    assert " ".join(mark + words for mark, words in pairs_in(text)) == pairs


def test_a_long_explanation_is_the_definition():
    choice = choice_of("a", "施策の標題の目的の大部分（おおむね50％以上）が達成される。", "達成度")
    assert (choice.label, choice.kind) == ("施策の標題の目的の大部分", "near")
    long = choice_of(
        "b", "この施策の内容の事業を行う事で、施策の標題の目的が達成される。", "達成度"
    )
    assert (long.label, long.definition[:5], long.kind) == ("達成度b", "この施策の", "done")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("完了", "done"),
        ("終了したもの", "done"),
        ("実施済", "done"),
        ("達成", "done"),
        ("完了の目途", "near"),
        ("概ね実施した", "near"),
        ("ほぼ達成", "near"),
        ("一部達成", "ongoing"),
        ("計画どおり", "ongoing"),
        ("目標を上回った", "ongoing"),
        ("目標どおり達成", "done"),
        ("やや遅れている", "ongoing"),
        ("検討中", "ongoing"),
        ("未着手", "not_started"),
        ("今後実施予定", "not_started"),
        ("未実施", "not_started"),
        ("中止", "stopped"),
        ("廃止・休止", "stopped"),
    ],
)
def test_the_kind_of_a_status_is_told_by_its_word(words: str, kind: str):
    assert kind_of("A", words) == kind
    assert kind_of("◎", words) == kind


def test_years_of_headings_and_titles():
    assert years_in("平成27年度・28年度の実績", 2016) == (2015, 2016)
    assert year_of("H28", 2016) == 2016
    assert year_of("令和元年度 評価", 2019) == 2019
    assert year_of("27年度", 2016) == 2015
    assert year_of("実績", 2016) is None
    assert span_in("（平成23～32年度）", 2016)[:2] == (2011, 2020)
    assert span_in("令和3年度～令和7年度", 2021)[:2] == (2021, 2025)
    assert as_of_in("平成27年10月末現在", 2015) == "2015-10-31"
    assert as_of_in("（令和3年3月31日時点）", 2021) == "2021-03-31"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("（平成28～令和7年度）", (2016, 2025)),
        ("平成28年度～7年度", (2016, 2025)),
        ("28～7年度", (2016, 2025)),
        ("令和3（2021）年度～令和7（2025）年度", (2021, 2025)),
        ("2021～25年度", (2021, 2025)),
        ("令和5～9年度", (2023, 2027)),
    ],
)
def test_a_span_of_years_may_cross_an_era_or_say_each_year_twice(text: str, span: tuple[int, int]):
    found = span_in(text, 2024)
    assert found is not None
    assert found[:2] == span


def test_no_heading_is_about_a_year_of_the_far_future():
    assert years_in("19年度の実績", 2024) == (2007,)
    assert years_in("30年度・元年度", 2024) == (2018, 2019)


@pytest.mark.parametrize(
    "lead", ["※評価：", "（評価）", "評価の区分：", "※ 評価 : ", "(評価)：", "【評価】", "※", ""]
)
@pytest.mark.parametrize("marks", ["〇△×－", "ＡＢＣＤ"])
@pytest.mark.parametrize("tie", ["＝", "…", "："])
def test_what_a_legend_is_of_does_not_hide_its_first_mark(lead, marks, tie):
    words = ("計画どおり実施", "一部実施", "未実施", "対象外")
    pairs = list(zip(marks, words, strict=True))
    text = lead + "　".join(f"{mark}{tie}{said}" for mark, said in pairs)
    assert pairs_in(text) == pairs


@pytest.mark.parametrize("words", ["対象外", "該当なし", "非該当", "対象なし", "評価対象外"])
def test_what_a_status_does_not_apply_to_is_not_open(words):
    assert kind_of("－", words) in ENDED
    assert kind_of("－", "未実施") not in ENDED
