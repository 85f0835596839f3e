"""概要: how many are late, whose, what changed, and what the committee said."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain.comparing.comparison import compare
from kyodo_desktop.domain.narrowing import Narrowing, narrowed
from kyodo_desktop.domain.plan import Assignment, Direction, Opinion, Role, Round
from kyodo_desktop.domain.report_summary import (
    actions_due_soon,
    overdue_actions,
    report_summary,
)
from tests.outlines import HALVES, by_id, noted, outlook

PLAN = noted("""
前期
  環境
    拠点
      ブース: ・
      センター: ◇
      会館: ✓
      祭り: ×
    広報
      冊子: ・
      会議:
  担い手
    研修
      講座: ・
      会館: ✓
""")
DUES = {1: "2014-06", 2: "2016-01", 3: "2014-01", 5: "2015-09", 7: "2015-12"}
BEFORE_ROUND = Round(1, "平成26年度", 2014, "2014-10-31", "2015-02-01T09:00:00+09:00")


def plan():
    """Return a round in which ブース and 講座 are done, and a new 相談 at once."""
    before = replace(
        PLAN,
        actions={key: each._replace(due=DUES.get(key)) for key, each in PLAN.actions.items()},
        assignments={1: (Assignment(1, 1, 1, Role.LEAD), Assignment(2, 1, 2, Role.LEAD))},
        directions=by_id(Direction(1, 0, "継続"), Direction(2, 1, "拡充")),
        outlooks={2: outlook(2, direction_id=1), 5: outlook(5, text="続ける")},
        round=BEFORE_ROUND,
    )
    lines = {**before.lines, 1: (before.lines[1][0]._replace(status_id=1),)}
    lines |= {7: (before.lines[7][0]._replace(status_id=1),)}
    after = replace(
        before,
        round=Round(2, "平成27年度", 2015, "2015-10-31", None),
        lines=lines,
        outlooks={2: outlook(2, direction_id=2), 5: outlook(5, direction_id=1)},
        opinions={None: Opinion(1, 2, None, "順調である", "引き続き進める")},
        previous=before.record,
    )
    return before, after


def without(before, gone):
    """Return a plan in which some actions no longer stand."""
    placements = {
        key: each for key, each in before.placements.items() if each.action_id not in gone
    }
    children = {
        node: tuple(each for each in below if each & 3 != 3 or each >> 2 in placements)
        for node, below in before.children.items()
    }
    placed = {key: places for key, places in before.placed.items() if key not in gone}
    return replace(before, placements=placements, children=children, placed=placed)


def listed(found):
    return [(each.place, each.title, each.section, each.what) for each in found.actions]


def test_figures_say_how_many_more_there_are_than_in_the_round_before():
    before, after = plan()
    found = report_summary(after, compare(before, after), "2015-10")
    (term,) = found.terms
    assert [(each.label, each.value, each.change) for each in term.figures] == [
        ("実行計画", 7, 0),
        ("完了", 3, 2),
        ("完了の目途", 1, 0),
        ("継続中", 1, -2),
        ("未着手", 0, 0),
        ("未記入", 1, 0),
        ("集計に含めない", 1, 0),
        ("期限超過", 1, 0),
        ("状態の変更", 2, None),
    ]
    assert [(each.label, each.counts) for each in term.bars] == [
        ("1 環境", (2, 1, 1, 0, 1)),
        ("2 担い手", (2, 0, 0, 0, 0)),
    ]
    assert [each.label for each in term.groups] == [each.label for each in term.figures[1:6]]
    assert found.opinion.response == "引き続き進める"


def test_what_moved_is_told_from_what_is_only_said_in_other_words():
    before, after = plan()
    lines = {**after.lines, 2: (after.lines[2][0]._replace(text="まもなく"),)}
    old = without(before, {6})
    after = replace(after, lines=lines)
    changed = report_summary(after, compare(old, after), "2015-10").changed
    assert (changed.moved, changed.added, changed.reworded) == ({1, 7}, {6}, {2, 5})
    assert dict(changed.in_words) == {
        "状態の変更": 2,
        "新規": 1,
        "文や方向性だけの変更": 2,
    }


def test_what_became_of_the_statuses_and_what_else_the_committee_said_is_counted():
    before, after = plan()
    said = {None: Opinion(1, 1, None, "よい"), 1: Opinion(2, 1, 1, "進めよ")}
    found = report_summary(replace(after, opinions=said), compare(before, after), "2015-10")
    assert found.moves == (("・ 継続中 → ✓ 完了", 2),)
    assert found.other_opinions == 1


def test_lists_name_the_place_the_section_and_what_happened():
    before, after = plan()
    found = report_summary(after, compare(before, after), "2015-10")
    assert listed(found.done) == [
        ("1-(1)-①", "ブース", "市民活動推進課、総務課", "・ 継続中 → ✓ 完了"),
        ("2-(1)-①", "講座", "", "・ 継続中 → ✓ 完了"),
    ]
    assert listed(found.late) == [("1-(2)-①", "冊子", "", "1か月")]
    assert listed(found.redirected) == [("1-(1)-②", "センター", "", "継続 → 拡充")]
    assert [(each.title, each.due, each.what) for each in actions_due_soon(after, "2015-12")] == [
        ("センター", "2016-01", "1か月")
    ]
    late = overdue_actions(replace(after, lines=before.lines), "2015-10")
    assert [(each.title, each.what) for each in late] == [
        ("ブース", "1年4か月"),
        ("冊子", "1か月"),
    ]


def test_what_was_dropped_or_merged_is_another_course_but_not_what_was_done():
    before, _ = plan()
    after = without(before, {1, 3, 5})  # ブース, 会館 which was done, 冊子
    found = report_summary(after, compare(before, after), "2014-10")
    assert listed(found.redirected) == [
        ("1-(1)-①", "ブース", "市民活動推進課、総務課", "削除"),
        ("1-(2)-①", "冊子", "", "削除"),
    ]
    assert found.terms[0].figures[0][1:3] == (4, -3)


def test_a_status_that_was_deleted_since_is_told_as_gone():
    before, after = plan()
    after = replace(
        after,
        statuses={each: row for each, row in after.statuses.items() if each != 2},
        lines={
            key: tuple(
                each._replace(status_id=3) if each.status_id == 2 else each for each in lines
            )
            for key, lines in after.lines.items()
        },
    )
    figures = report_summary(after, compare(before, after), "2015-10").terms[0].figures
    assert [(each.label, each.value, each.change) for each in figures[1:4]] == [
        ("完了", 3, 2),
        ("完了の目途", 0, -1),
        ("継続中", 2, -1),
    ]


def test_five_are_listed_and_the_others_counted():
    rows = "".join(f"    計画{n}: ・\n" for n in range(8))
    before = noted(f"前期\n  環境\n{rows}")
    after = noted(f"前期\n  環境\n{rows}".replace("・", "✓"))
    found = report_summary(after, compare(before, after), "2015-10")
    assert [each.title for each in found.done.actions] == [f"計画{n}" for n in range(5)]
    assert (found.done.more, found.late.more, found.late.actions) == (3, 0, ())


def test_without_a_round_before_nothing_is_said_of_changes():
    _, after = plan()
    found = report_summary(replace(after, previous=None), None, "2015-10")
    assert {each.change for each in found.terms[0].figures} == {None}
    assert "前回からの変更" not in [each.label for each in found.terms[0].figures]
    assert (found.done.actions, found.redirected.actions) == ((), ())


def test_each_of_two_terms_has_figures_of_its_own_and_is_named_in_the_lists():
    both = replace(
        noted("前期\n  環境\n    ブース: ・\n後期\n  環境\n    窓口: ・\n"), terms=by_id(*HALVES)
    )
    late = {key: each._replace(due="2015-01") for key, each in both.actions.items()}
    both = narrowed(replace(both, actions=late), Narrowing(terms=("前期", "後期")))
    found = report_summary(both, None, "2015-10")
    assert [each.figures[0].value for each in found.terms] == [1, 1]
    assert [each.place for each in found.late.actions] == ["前期　1-①", "後期　1-①"]
