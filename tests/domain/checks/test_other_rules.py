"""The rules that look for what is missing, and for numbers and characters."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain.checks.context import CheckContext
from kyodo_desktop.domain.checks.rules import RULES, findings_of
from kyodo_desktop.domain.outline import Record
from tests.outlines import noted, outlook, with_texts

PLAN = "前期\n 環境\n  甲: ✓\n  乙: ・\n 防災\n  乙: ・"


def read(outline, rule, **options):
    return findings_of(CheckContext(outline, "2015-10", **options), [rule])


def test_an_empty_direction_is_counted_at_every_placement():
    outline = noted(PLAN)
    assert len(read(outline, "direction_empty")) == 3
    written = replace(outline, outlooks={2: outlook(2, text="継続する")})
    assert len(read(written, "direction_empty")) == 1


def test_lines_marks_and_texts_that_are_missing_are_told():
    outline = with_texts(
        noted("前期\n 環境\n  甲: \n  乙: ?\n  丙: ・\n  丁: ・・"), 乙="ア", 丙="ウ", 丁="イ"
    )
    assert [each.message for each in read(outline, "not_filled_in")] == [
        "進捗状況がまだ入力されていません。",
        "状態がまだ入力されていません。",
    ]
    mostly = with_texts(noted("前期\n 環境\n  甲: ・\n  乙: ・"), 甲="ア")
    assert [each.message for each in read(mostly, "not_filled_in")] == [
        "進捗状況の文がまだ入力されていません。"
    ]


def test_a_plan_of_marks_alone_lacks_no_texts():
    assert read(noted(PLAN), "not_filled_in") == []


def test_an_open_action_is_unchanged_after_two_rounds_of_the_same():
    outline = noted(PLAN)
    same = Record(outline.round, outline.lines, {})
    assert read(replace(outline, previous=same), "unchanged") == []
    (finding,) = read(replace(outline, previous=same), "unchanged", earlier=same)
    assert outline.title(finding.node) == "乙"


def numbered(*numbers):
    notes = "".join(f"  {place}番目: ・\n" for place, _ in enumerate(numbers))
    outline = noted(f"前期\n 環境\n{notes}")
    placements = zip(outline.placements.values(), numbers, strict=True)
    return replace(
        outline,
        placements={each.id: each._replace(number=number) for each, number in placements},
    )


def test_gaps_and_doubles_among_typed_numbers_are_found_with_the_right_number():
    def suggested(*numbers):
        return [each.suggestion for each in read(numbered(*numbers), "numbering")]

    assert suggested("", "", "") == []
    assert suggested("①", "②", "③") == []
    assert suggested("⑦", "⑧", "⑨") == []  # goes on from the heading before
    assert suggested("①", "③", "④") == ["②"]
    assert suggested("(1)", "(1)") == ["(2)"]
    assert suggested("ア", "ウ") == ["イ"]
    assert suggested("1-1", "1-3") == ["1-2"]
    assert suggested("１", "２", "３") == []
    assert suggested("", "①") == ["②"]  # the same as what is printed for the first
    assert suggested("3", "3の2", "4") == []


def test_characters_unknown_to_old_systems_are_named_as_a_notice():
    outline = with_texts(noted("前期\n 𠮷野\n  甲: ・"), 甲="①～③は髙﨑–")
    found = read(outline, "characters")
    assert all(each.notice for each in found)
    assert "✓" in found[0].message
    assert "「𠮷」（U+20BB7）" in found[1].message
    assert "「–」（U+2013）" in found[2].message
    assert "髙" not in found[2].message


def test_a_term_that_is_over_and_actions_without_a_place_are_passed_over():
    outline = noted("前期\n 環境\n  甲: \n後期\n 環境\n  乙: \n  丙: ")
    asked = outline.round._replace(fiscal_year=2016)
    terms = outline.terms | {2: outline.terms[2]._replace(first_fiscal_year=2016)}
    ended = replace(outline, round=asked, terms=terms)
    assert [outline.title(each.node) for each in read(ended, "not_filled_in")] == ["乙", "丙"]
    begun = replace(outline, terms=terms)
    assert [outline.title(each.node) for each in read(begun, "not_filled_in")] == ["甲"]


def test_a_plan_without_a_round_is_checked_too():
    outline = noted(PLAN).as_of(None)
    assert {each.rule for each in findings_of(CheckContext(outline, "2015-10"), RULES)} == {
        "characters"
    }
