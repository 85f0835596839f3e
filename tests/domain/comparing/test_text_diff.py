"""What changed in a text is marked in both versions, and nothing of either is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo_desktop.domain.comparing.text_diff import Whole, diff_pieces, diff_segments, names


def shown(segments):
    return "".join(f"[{each.text}]" if each.changed else each.text for each in segments)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ("", "")),
        ("", "新設", ("", "[新設]")),
        ("廃止", "", ("[廃止]", "")),
        ("検討中", "検討中", ("検討中", "検討中")),
        ("28年3月開設予定", "29年3月開設予定", ("[28]年3月開設予定", "[29]年3月開設予定")),
        ("職員を派遣中", "職員を研修へ派遣中", ("職員を派遣中", "職員を[研修へ]派遣中")),
        ("サポートセンター", "サポーターの会", ("[サポートセンター]", "[サポーターの会]")),
        ("平成27年10月", "平成28年12月", ("平成[27年10]月", "平成[28年12]月")),
    ],
)  # fmt: skip
def test_the_changed_part_is_marked_on_either_side(old, new, expected):
    assert tuple(map(shown, diff_segments(old, new))) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((Whole("◇ 完了の目途"),), (Whole("✓ 完了"),), ("[◇ 完了の目途]", "[✓ 完了]")),
        (
            names(["企画課", "総務課"]),
            names(["企画課", "財政課"]),
            ("企画課、[総務課]", "企画課、[財政課]"),
        ),
        ((), names(["企画課"]), ("", "[企画課]")),
        (
            (Whole("継続"), " ", "広く知らせる"),
            (Whole("継続・拡充"), " ", "市民に知らせる"),
            ("[継続 広く]知らせる", "[継続・拡充 市民に]知らせる"),
        ),
    ],
)  # fmt: skip
def test_what_was_chosen_changes_as_a_whole(old, new, expected):
    assert tuple(map(shown, diff_pieces(old, new))) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "市民活動ブースを設置し、情報を発信した。",
            "令和元年度に庁内の研修を行った。",
            ("[市民活動ブースを設置し、情報を発信した。]", "[令和元年度に庁内の研修を行った。]"),
        ),
        (
            "検討中",
            "検討中。センターの開設に向け、関係課と協議を続ける。",
            ("検討中", "検討中[。センターの開設に向け、関係課と協議を続ける。]"),
        ),
        (
            (Whole("継続"), " ", "広く市民に知らせる"),
            (Whole("継続"), " ", "補助金の交付要綱を改める"),
            ("継続 [広く市民に知らせる]", "継続 [補助金の交付要綱を改める]"),
        ),
        (
            "会議を2回、研修を1回開催した。",
            "会議を3回、研修を2回開催した。",
            ("会議を[2]回、研修を[1]回開催した。", "会議を[3]回、研修を[2]回開催した。"),
        ),
    ],
)
def test_texts_less_alike_than_half_are_marked_as_wholes(old, new, expected):
    pieces = [each if isinstance(each, tuple) else (each,) for each in (old, new)]
    assert tuple(map(shown, diff_pieces(*pieces))) == expected


def test_a_whole_stays_one_where_there_is_too_much_to_compare_word_by_word():
    texts = [f"第{number}回の会議を開いた。" for number in range(80)]
    old = (*texts, "\n", Whole("完了の目途"), "。", *texts[::-1])
    new = (*texts, "\n", Whole("完了"), "。", *texts[::-1])
    begun = diff_pieces(("始", *old, "終"), ("初", *new, "末"))
    assert "[完了の目途]" in shown(begun[0])
    assert "[完了]" in shown(begun[1])


def test_a_character_is_not_torn_from_its_marks():
    old, new = diff_segments("葛\U000e0100城市", "葛\U000e0101城市")
    assert [each.text for each in (old[0], new[0])] == ["葛\U000e0100", "葛\U000e0101"]


@given(st.text("ああ。い27\n完", max_size=60), st.text("ああ。い27\n完", max_size=60))
def test_both_texts_are_whole_and_what_is_unmarked_is_the_same_in_both(old, new):
    sides = diff_segments(old, new)
    assert tuple("".join(each.text for each in side) for side in sides) == (old, new)
    same_old, same_new = ([each.text for each in side if not each.changed] for side in sides)
    assert same_old == same_new


def test_in_the_longest_texts_whole_sentences_are_marked():
    sentences = [f"第{number}回の会議を開いた。" for number in range(200)]
    rest = "".join(chr(0x4E00 + number % 9000) for number in range(25_000))
    old, new = diff_segments("".join(sentences) + rest, "".join(sentences[::-1]) + rest + "完了")
    assert sum(len(each.text) for each in old) == len("".join(sentences) + rest)
    assert new[-1].changed


def test_the_worst_texts_take_no_time_to_speak_of():
    old, new = diff_segments("のは" * 16_000, "はの" * 16_000)
    assert all(each.changed for each in (*old, *new))
