"""The draft of a term: choices, merging, order; nothing is lost by changing one's mind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.domain.next_term import editing
from kyodo_desktop.domain.next_term.candidates import candidates
from kyodo_desktop.domain.next_term.draft import counts, first_draft
from kyodo_desktop.domain.next_term.terms import next_term
from kyodo_desktop.domain.outline import Record
from kyodo_desktop.domain.plan import Choice, Direction
from tests.builders import node_of
from tests.outlines import noted, outlook

PLAN = noted("""
前期
  環境
    拠点
      ブース: ◇
      部屋: ✓
    支援
      補助金: ・
  体制
    庁内
      補助金:
      研修: ・
""")
BOOTH, ROOM, GRANT, TRAINING = range(1, 5)


@pytest.fixture
def draft():
    return first_draft(PLAN, 1, next_term(PLAN, 1), candidates(PLAN, 1))


def drawn(draft, above=None, indent=0):
    """Return the draft as it would be noted down."""
    lines = []
    for node in draft.shown(draft.root if above is None else above):
        again = "（再掲）" if draft.is_relisted(node) else ""
        lines.append(f"{'  ' * indent}{draft.label(node)}{again}")
        lines += drawn(draft, node, indent + 1)
    return lines


def node(title, nth=0):
    return node_of(PLAN, title, nth=nth)


def test_at_first_all_is_where_it_was_but_for_what_is_done(draft):
    assert drawn(draft) == [
        "1 環境",
        "  (1) 拠点",
        "    ① ブース",
        "  (2) 支援",
        "    ① 補助金",
        "2 体制",
        "  (1) 庁内",
        "    ① 補助金（再掲）",
        "    ② 研修",
    ]
    assert counts(draft) == (
        {Choice.CONTINUE: 3, Choice.EXPAND: 0, Choice.MERGE: 0, Choice.DROP: 1},
        0,
        3,
    )


def test_what_the_shown_round_does_not_tell_comes_from_an_earlier_one():
    direction = Direction(1, 0, "拡充")
    earlier = Record(
        PLAN.round._replace(id=7),
        PLAN.lines,
        {GRANT: outlook(GRANT, round_id=7, direction_id=1, text="額を増やす")},
    )
    silent = replace(PLAN, lines={}, directions={1: direction})
    found = candidates(silent, 1, [earlier])
    assert [(each.number, each.title) for each in found.values()] == [
        ("①", "ブース"),
        ("②", "部屋"),
        ("①", "補助金"),
        ("②", "研修"),
    ]
    assert found[ROOM].status.mark == "✓"
    assert found[GRANT][5:] == ("拡充", "額を増やす", Choice.EXPAND)


def test_what_was_dropped_comes_back_to_its_place(draft):
    none_left = editing.choose(draft, [BOOTH], Choice.DROP)
    assert none_left.empty_headings() == [node("拠点")]
    without = editing.remove_empty_headings(none_left)
    assert drawn(without)[1] == "  (1) 支援"
    again = editing.choose(without, [BOOTH, ROOM], Choice.EXPAND)
    assert drawn(again)[:4] == ["1 環境", "  (1) 拠点", "    ① ブース", "    ② 部屋"]


def test_merged_actions_become_one_under_one_name(draft):
    merged = editing.merge(draft, [BOOTH, GRANT], BOOTH)
    assert [merged.successor(each) for each in (BOOTH, ROOM, GRANT)] == [BOOTH, None, BOOTH]
    assert merged.dispositions[BOOTH] == (Choice.MERGE, None)
    assert not merged.lacks_partner(BOOTH)
    assert merged.kept_actions() == [BOOTH, TRAINING]
    renamed = editing.rename(merged, node("ブース"), "活動の拠点")
    assert drawn(renamed)[2] == "    ① 活動の拠点"


def test_the_one_that_others_go_into_keeps_its_own_choice(draft):
    expanded = editing.choose(draft, [GRANT], Choice.EXPAND)
    merged = editing.merge(expanded, [TRAINING], GRANT)
    assert merged.dispositions[GRANT] == (Choice.EXPAND, None)
    onward = editing.merge(merged, [GRANT], BOOTH)
    assert {onward.successor(each) for each in (GRANT, TRAINING)} == {BOOTH}
    assert editing.merge(onward, [TRAINING], GRANT).successor(TRAINING) == BOOTH


def test_without_a_partner_it_goes_on_by_itself(draft):
    alone = editing.choose(draft, [BOOTH], Choice.MERGE)
    assert alone.lacks_partner(BOOTH)
    assert alone.successor(BOOTH) == BOOTH
    merged = editing.merge(alone, [TRAINING], GRANT)
    left = editing.choose(merged, [GRANT], Choice.DROP)
    assert left.lacks_partner(TRAINING)
    with pytest.raises(RefusedError, match="引き継がないことになっているため"):
        editing.merge(left, [TRAINING], GRANT)


def test_headings_and_actions_are_added_and_named(draft):
    draft, heading = editing.add_heading(draft, node("環境"), after=node("拠点"))
    draft, action = editing.add_action(draft, heading)
    draft = editing.rename(draft, heading, "広報")
    draft = editing.rename(draft, action, "ＳＮＳの活用")
    draft, _ = editing.add_action(draft, node("支援"), after=node("補助金"))
    assert drawn(draft)[3:8] == [
        "  (2) 広報",
        "    ① ＳＮＳの活用",
        "  (3) 支援",
        "    ① 補助金",
        "    ② 新しい実行計画",
    ]
    assert counts(draft)[1:] == (2, 5)
    assert counts(editing.remove(draft, action))[1:] == (1, 4)
    with pytest.raises(InvalidInputError):
        editing.rename(draft, heading, " ")
    with pytest.raises(RefusedError, match="見出しは施策までの2段です"):
        editing.add_heading(draft, heading)
    with pytest.raises(RefusedError, match="見出しの下に追加してください"):
        editing.add_action(draft, draft.root)


def test_taking_out_a_relisting_keeps_the_action(draft):
    once = editing.remove(draft, node("補助金", nth=1))
    assert once.is_kept(GRANT)
    assert drawn(once)[-1] == "    ① 研修"
    assert editing.remove(once, node("補助金")).dispositions[GRANT].choice is Choice.DROP
    with pytest.raises(RefusedError, match="実行計画が2件あるため外せません"):
        editing.remove(draft, node("環境"))


def test_things_move_one_step_and_into_the_next_heading(draft):
    down = editing.shift(draft, node("ブース"), 1)
    assert drawn(down)[1:5] == ["  (1) 拠点", "  (2) 支援", "    ① ブース", "    ② 補助金"]
    down = editing.shift(editing.shift(down, node("ブース"), 1), node("ブース"), 1)
    assert drawn(down)[4:] == ["2 体制", "  (1) 庁内", *drawn(down)[6:]]
    assert drawn(down)[6] == "    ① ブース"
    assert drawn(editing.shift(down, node("ブース"), -1))[3:5] == ["    ① 補助金", "    ② ブース"]
    assert drawn(editing.shift(draft, node("庁内"), -1))[5] == "  (3) 庁内"
    with pytest.raises(RefusedError, match="先頭のため"):
        editing.shift(draft, node("ブース"), -1)
    with pytest.raises(RefusedError, match="末尾のため"):
        editing.shift(draft, node("体制"), 1)


@pytest.mark.parametrize(
    ("moved", "parent", "reason"),
    [
        ("ブース", "補助金", "実行計画の下には移動できません"),
        ("ブース", "前期", "見出しの下に置いて"),
        ("補助金", "庁内", "既に掲載されています"),
        ("環境", "拠点", "自分自身の中"),
        ("環境", "体制", "施策までの2段"),
    ],
)
def test_what_makes_no_sense_is_refused(draft, moved, parent, reason):
    assert reason in editing.refusal(draft, node(moved), node(parent))
    with pytest.raises(RefusedError, match=reason):
        editing.move(draft, node(moved), node(parent))


def test_a_node_goes_before_another_one(draft):
    moved = editing.move(draft, node("研修"), node("拠点"), before=node("ブース"))
    assert drawn(moved)[2:4] == ["    ① 研修", "    ② ブース"]
    assert drawn(editing.move(draft, node("拠点"), draft.root, before=node("環境")))[:2] == [
        "1 拠点",
        "  ① ブース",
    ]
