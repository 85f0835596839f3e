"""What people type into a cell is read in the plan's own words, or explained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain import action_fields, field_types, plan
from kyodo_desktop.domain.replies.answers import AnswerParser, marked_lines, tidy
from tests.outlines import noted

OUTLINE = noted("前期\n  ブース: ✓")


@pytest.fixture
def words():
    return AnswerParser(OUTLINE)


def with_statuses(*pairs):
    rows = {
        place: plan.Status(place, place, mark, label, "", "ongoing", "#000000", 1)
        for place, (mark, label) in enumerate(pairs, start=1)
    }
    return AnswerParser(replace(OUTLINE, statuses=rows))


TYPED = {
    "✓": (
        "✓",
        "✔",
        " ✓\n",
        "☑",
        "√",
        "レ",
        "ﾚ",
        "✔️",
        "完了",
        "✓ 完了",
        "✓完了",
        "✔：完了",
        "✓（完了）",
        "完了済",
        "完了しました。",
    ),
    "◇": ("◇", "◊", "完了の目途", "完了の", "◇ 完了の目途", "◇　完了の目途"),
    "・": ("・", "･", "•", "·", "継続中", "継続", "・継続", "継続中　"),
    "×": ("×", "x", "Ｘ", "✕", "中止", "× 中止"),
    "－": ("－", "-", "—", "ー", "未着手", "未着"),
    "": ("", "  ", "\n"),
}


@pytest.mark.parametrize(
    ("typed", "mark"), [(typed, mark) for mark, each in TYPED.items() for typed in each]
)
def test_a_status_is_read_however_it_is_typed(words, typed, mark):
    assert words.read(action_fields.STATUS, typed) == (mark, "")


@pytest.mark.parametrize("typed", ["○", "完了予定", "✓ 継続中", "✓ 完了の目途", "✓◇", "1"])
def test_a_status_that_is_not_clear_is_told_with_what_is_allowed(words, typed):
    reading = words.read(action_fields.STATUS, typed)
    assert not reading.value
    assert f"「{typed}」は選択肢にありません" in reading.problem
    assert "✓ 完了、◇ 完了の目途、・ 継続中" in reading.problem


@pytest.mark.parametrize(
    ("typed", "mark"), {"済": "✓", "済み": "✓", "完": "✓", "実施中": "・"}.items()
)
def test_other_words_for_a_status_are_it_where_they_can_mean_no_other(words, typed, mark):
    assert words.read(action_fields.STATUS, typed).value == mark
    both = with_statuses(("✓", "完了"), ("◎", "終了"), ("・", "継続中"), ("▲", "実施中"))
    assert both.read(action_fields.STATUS, "済").problem
    assert both.read(action_fields.STATUS, "実施中").value == "▲"


@pytest.mark.parametrize("typed", ["○", "◯", "〇", "ｏ", "O", "順調", "○ 順調", "〇順調"])
def test_a_circle_is_a_circle_in_any_width(typed):
    words = with_statuses(("◎", "達成"), ("○", "順調"), ("△", "遅れ"), ("×", "未着手"))
    assert words.read(action_fields.STATUS, typed).value == "○"


def test_an_exact_mark_comes_before_one_that_looks_alike():
    words = with_statuses(("○", "実施"), ("◯", "一部実施"), ("A", "よい"), ("ＡＡ", "とてもよい"))
    read = [
        words.read(action_fields.STATUS, typed).value for typed in ("○", "◯", "〇", "ａ", "AA")
    ]
    assert read == ["○", "◯", "○", "A", "ＡＡ"]


def test_marks_may_be_words_and_have_no_label():
    words = with_statuses(("完了", ""), ("実施中", ""), ("未実施", ""))
    read = [
        words.read(action_fields.STATUS, typed).value for typed in ("完了", "実施中 ", "未実施")
    ]
    assert read == ["完了", "実施中", "未実施"]
    assert words.read(action_fields.STATUS, "実").problem


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "2016-03",
            "H28.3",
            "平成28年3月",
            "平成28年3月末",
            "28年3月",
            "２０１６／３",
            "2016/3/31",
        ),
        *(
            "2016-03-31",
            "平成27年度",
            "平成28年3月予定",
            "H28.3まで",
            "平成28年3月（予定）",
            "H28・3",
            " H28.3\n",
            "平成 28年 3月",
        ),
    ],
)
def test_a_month_is_read_in_any_form(words, typed):
    assert words.read(action_fields.DUE, typed) == ("2016-03", "")


@pytest.mark.parametrize("typed", ["未定", "―", "－－", "なし"])
def test_words_for_no_month_are_an_empty_one(words, typed):
    assert words.read(action_fields.DUE, typed) == ("", "")


@pytest.mark.parametrize("typed", ["来年", "42460", "H28.13"])
def test_what_is_no_month_is_told_with_an_example(words, typed):
    reading = words.read(action_fields.DUE, typed)
    assert not reading.value
    assert f"「{typed}」は年月として読み取れません。例: H28.3" in reading.problem


def test_a_direction_is_read_by_its_label(words):
    assert words.read(action_fields.DIRECTION, " 継続\n") == ("継続", "")
    assert "使えるもの：継続" in words.read(action_fields.DIRECTION, "やめる").problem


def test_a_text_loses_what_nobody_sees_and_nothing_else(words):
    assert words.read(action_fields.PROGRESS, "　二行  \r\nの文　\n\n").value == "　二行\nの文"
    assert tidy("一行") == "一行"
    assert "1文字目に表示できない文字" in words.read(action_fields.NOTE, "\0").problem
    assert "長すぎます" in words.read(action_fields.PROGRESS, "長" * 32_001).problem


def test_an_answer_shows_what_turns_its_direction_as_a_sign(words):
    assert words.read(action_fields.PROGRESS, "完了\u202eした") == ("完了〔U+202E〕した", "")


def test_values_are_shown_as_people_read_them(words):
    assert words.shown(action_fields.STATUS, "✓") == "✓ 完了"
    assert words.shown(action_fields.STATUS, "消えた記号") == "消えた記号"
    assert words.shown(action_fields.DUE, "2016-03") == "平成28年3月"
    assert words.shown(action_fields.DUE, "") == ""
    assert words.shown(action_fields.PROGRESS, "2016-03") == "2016-03"


def test_a_field_of_any_type_is_read_by_its_type(words):
    number = replace(action_fields.NOTE, type=field_types.Number())
    assert words.read(number, " １，２００ ") == ("1200", "")
    assert words.read(number, "多い").problem == "は0以上の整数にしてください。"
    assert (words.shown(number, "1200"), words.shown(number, "")) == ("1200", "")
    code = replace(action_fields.NOTE, type=field_types.Code({"good": "順調", "late": "遅れ"}))
    assert words.read(code, "順 調") == ("順調", "")
    assert words.read(code, "良い").problem.endswith("使えるもの：順調、遅れ")
    assert (words.shown(code, "順調"), words.read(code, "")) == ("順調", ("", ""))


SEVERAL = {
    "✓ 開設した\n・ 周知を続ける": [("✓", "開設した"), ("・", "周知を続ける")],
    "✔開設した\n\n･周知を続ける": [("✓", "開設した"), ("・", "周知を続ける")],
    "✓ 開設した\n　４月から\n◇ 講座": [("✓", "開設した\n　４月から"), ("◇", "講座")],
    "✔\ufe0f 一つ\n✔\ufe0f二つ": [("✓", "一つ"), ("✓", "二つ")],
    "✓ 一つ\n✓ 二つ": [("✓", "一つ"), ("✓", "二つ")],
    "x 中止\n✓ 完了": [("×", "中止"), ("✓", "完了")],
}
ONE = (
    "",
    "✓ 開設した",
    "・会議を開いた\n・広報に載せた",
    "◇ 一つ\n◇ 二つ",
    "次のとおり\n✓ 開設した\n・ 続ける",
    "xylophone\nofficeで",
    "レンタルを始めた\n・ 続ける",
)


@pytest.mark.parametrize("text", SEVERAL)
def test_marked_lines_are_taken_apart(words, text):
    assert marked_lines(text, words) == SEVERAL[text]


def test_lines_with_the_mark_of_their_status_are_lines(words):
    assert marked_lines("・ 一つ\n・ 二つ", words, "・") == [("・", "一つ"), ("・", "二つ")]
    assert marked_lines("・ 一つ\n・ 二つ", words, "✓") == []


@pytest.mark.parametrize("text", ONE)
def test_a_list_or_a_plain_text_stays_whole(words, text):
    assert marked_lines(text, words) == []
