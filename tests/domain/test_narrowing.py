"""What is left of a plan keeps its numbers, and words that the plan does not know are refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.assembly import is_consistent
from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.domain.narrowing import Narrowing, in_full, narrowed, words_of
from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.outline import Record
from kyodo_desktop.domain.plan import Assignment, Opinion, Role, Round
from kyodo_desktop.domain.terms import reported_terms
from tests.builders import node_of
from tests.outlines import HALVES, by_id, noted

PLAN = """
前期
  環境
    拠点
      ブース: ✓
      センター: ・
    情報
      広報: ・
  担い手
    研修
      講座:
      センター: ・
    会議
後期
  環境
    拠点
      ブースの拡充:
"""


def plan():
    """Return a round of 前期, 後期 drawn up ahead, with opinions, sections and a round before."""
    outline = noted(PLAN)
    opinions = {None: "総括", 1: "環境", 4: "担い手", 6: "会議"}
    outline = replace(
        outline,
        terms=by_id(*HALVES),
        levels=outline.levels,
        opinions={key: Opinion(n, 1, key, text) for n, (key, text) in enumerate(opinions.items())},
        assignments={
            1: (Assignment(1, 1, 1, Role.LEAD),),
            2: (Assignment(2, 2, 2, Role.LEAD), Assignment(3, 2, 1, Role.RELATED)),
        },
    )
    before = {**outline.lines, 2: (outline.lines[2][0]._replace(text="検討"),)}
    return replace(
        outline, previous=Record(Round(2, "前回", 2014, "2014-10-31", None), before, {})
    )


def labels(outline):
    """Return what is printed of the terms that are reported: numbers, titles, 再掲."""
    return [
        outline.label(node) + ("（再掲）" if outline.is_relisted(node) else "")
        for term in reported_terms(outline)
        for node in outline.below(outline.roots[term - 1])
    ]


FIRST = ["1 環境", "(1) 拠点", "① ブース", "② センター", "(2) 情報", "① 広報"]
SECOND = ["2 担い手", "(1) 研修", "① 講座", "② センター"]


@pytest.mark.parametrize(
    ("narrowing", "left", "opinions"),
    [
        (Narrowing(), [*FIRST, *SECOND[:3], "② センター（再掲）", "(2) 会議"], {None, 1, 4, 6}),
        (Narrowing(headings=("2",)), [*SECOND, "(2) 会議"], {None, 4, 6}),
        (Narrowing(headings=("２ 担い手",), statuses=("・",)), [*SECOND[:2], SECOND[3]],
         {None, 4}),
        (Narrowing(sections=("市民活動推進課",)), [*FIRST[:4], *SECOND[:2], "② センター（再掲）"],
         {None, 1, 4}),
        (Narrowing(sections=("総務課",), headings=("1 環境",)), [*FIRST[:2], FIRST[3]], {None, 1}),
        (Narrowing(statuses=("未記入", "完了")), [*FIRST[:3], *SECOND[:3]], {None, 1, 4}),
        (Narrowing(terms=("後期",)), ["1 環境", "(1) 拠点", "① ブースの拡充"], {None}),
        (Narrowing(statuses=("×",)), [], {None}),
        (Narrowing(changed_only=True), [*FIRST[:2], FIRST[3], *SECOND[:2], "② センター（再掲）"],
         {None, 1, 4}),
        (Narrowing(terms=("前期", "後期"), headings=("環境",)),
         [*FIRST, "1 環境", "(1) 拠点", "① ブースの拡充"], {None, 1}),
    ],
)  # fmt: skip
def test_what_is_left_is_what_was_chosen_under_its_old_numbers(narrowing, left, opinions):
    outline = narrowed(plan(), narrowing)
    assert labels(outline) == left
    assert outline.opinions.keys() == opinions
    assert is_consistent(outline)
    assert {*outline.placed} == {
        outline.action_id_at(node)
        for root in outline.roots
        for node in outline.below(root)
        if is_placement(node)
    }
    if narrowing:
        assert narrowed(outline, Narrowing(terms=narrowing.terms)) == outline


def test_numbers_that_were_typed_stay_and_free_ones_stay_empty():
    outline = plan()
    levels = tuple(each._replace(numbering="") for each in outline.levels)
    headings = {**outline.headings, 5: outline.headings[5]._replace(number="ア")}
    left = narrowed(
        replace(outline, levels=levels, headings=headings), Narrowing(headings=("担い手",))
    )
    assert labels(left) == ["担い手", "ア 研修", "講座", "センター", "会議"]


def test_a_narrowing_is_chosen_among_the_words_of_the_plan():
    found = words_of(plan())
    assert found == Narrowing(
        ("前期", "後期"),
        ("1 環境", "2 担い手"),
        ("市民活動推進課", "総務課"),
        ("完了", "完了の目途", "継続中", "中止", "未着手", "未記入"),
        changed_only=True,
    )
    assert words_of(plan(), ["後期"]) == replace(found, headings=("1 環境",))
    assert narrowed(plan(), replace(found, sections=(), changed_only=False)).placements.keys() == (
        plan().placements.keys()
    )


@pytest.mark.parametrize(
    ("narrowing", "message"),
    [
        (Narrowing(terms=("中期",)), "「期」に「中期」はありません。選べるもの：前期、後期"),
        (Narrowing(headings=("3",)), "「推進項目」に「3」は{}1 環境、2 担い手"),
        (Narrowing(terms=("後期",), headings=("2",)), "「推進項目」に「2」は{}1 環境"),
        (Narrowing(sections=("総務課", "課")), "「担当課」に「課」は{}市民活動推進課、総務課"),
        (
            Narrowing(statuses=("",)),
            "「状態」に「」は{}✓ 完了、◇ 完了の目途、・ 継続中、× 中止、－ 未着手、未記入",
        ),
    ],
)
def test_an_unknown_word_is_named_with_all_that_are_known(narrowing, message):
    with pytest.raises(InvalidInputError) as error:
        narrowed(plan(), narrowing)
    assert error.value.message == message.format("ありません。選べるもの：")


def test_a_choice_is_told_in_the_words_of_the_plan_however_it_was_typed():
    typed = Narrowing(("前期",), ("2", "環境"), ("総務課",), ("未記入", "✓"), changed_only=True)
    assert in_full(plan(), typed).scope_line == (
        "対象：前期、1 環境、2 担い手、総務課（関係課を含む）、完了、未記入、"
        "前回から変わったものだけ"
    )


def test_without_a_round_before_nothing_can_have_changed():
    with pytest.raises(InvalidInputError, match="前回の調査がない"):
        narrowed(replace(plan(), previous=None), Narrowing(changed_only=True))


def test_what_the_sample_prints_of_one_heading_has_the_numbers_of_the_whole(workspace):
    outline = workspace.outline
    whole = {outline.number(node): node for node in outline.children[outline.roots[0]]}
    left = narrowed(outline, Narrowing(headings=("5",)))
    assert list(left.below(left.roots[0])) == [whole["5"], *outline.below(whole["5"])]
    assert [left.number(each) for each in left.below(left.roots[0])] == [
        outline.number(each) for each in left.below(left.roots[0])
    ]
    assert left.title(node_of(left, "職員研修の実施")) == "職員研修の実施"


@pytest.mark.parametrize("typed", ["○", "〇", "◯", "⚪", "〇達成", "◯　達成"])
@pytest.mark.parametrize("mark", ["○", "〇", "◯", "⚪"])
def test_signs_that_look_alike_are_taken_for_each_other(typed, mark):
    outline = plan()
    (done, *_) = outline.statuses.values()
    statuses = {**outline.statuses, done.id: done._replace(mark=mark, label="達成")}
    found = in_full(replace(outline, statuses=statuses), Narrowing(statuses=(typed,)))
    assert found.statuses == ("達成",)


def test_of_signs_that_look_alike_in_one_plan_only_the_one_that_was_typed_is_meant():
    outline = plan()
    (one, other, *others) = outline.statuses.values()
    statuses = by_id(one._replace(mark="〇"), other._replace(mark="○"), *others)
    found = in_full(replace(outline, statuses=statuses), Narrowing(statuses=("○",)))
    assert found.statuses == (other.label,)


def test_a_heading_is_found_by_a_sign_that_looks_like_its_own():
    outline = plan()
    (first, *_) = outline.headings.values()
    headings = {**outline.headings, first.id: first._replace(number="①", title="○環境")}
    found = in_full(replace(outline, headings=headings), Narrowing(headings=("〇環境",)))
    assert [each[-3:] for each in found.headings] == ["○環境"]
