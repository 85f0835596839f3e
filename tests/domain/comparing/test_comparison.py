"""Two states of a plan side by side: what became of each heading and action."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain import plan
from kyodo_desktop.domain.comparing.comparison import compare, compare_action
from kyodo_desktop.domain.nodes import heading_node, placement_node
from tests.builders import action_of
from tests.outlines import action, noted, outlook

BEFORE = """
前期
  環境
    拠点
      ブース: ・
      センター: ◇
    広報
      冊子: ✓・
"""


def told(comparison):
    """Return each change as its title, the words for it, and its fields."""
    return [
        (
            comparison.after.title(each.after)
            if each.after is not None
            else comparison.before.title(each.before),
            "・".join(each.labels),
            {field.label: (field.old, field.new) for field in each.fields},
        )
        for each in comparison.changes
    ]


def with_action(outline, action_title, **fields):
    action = outline.actions[action_of(outline, action_title)]
    actions = {**outline.actions, action.id: action._replace(**fields)}
    return replace(outline, actions=actions)


def with_line(outline, title, place, **fields):
    action_id = action_of(outline, title)
    lines = list(outline.lines[action_id])
    lines[place] = lines[place]._replace(**fields)
    return replace(outline, lines={**outline.lines, action_id: tuple(lines)})


def underlined(change):
    """Return each field before and after, what changed of it in brackets."""
    return {
        field.label: tuple(
            "".join(f"[{each.text}]" if each.changed else each.text for each in side)
            for side in field.marked()
        )
        for field in change.fields
    }


def marks(comparison):
    """Return the transitions by their marks."""
    return {
        tuple(comparison.after.statuses[each].mark if each else " " for each in pair): count
        for pair, count in comparison.transitions.items()
    }


def test_what_was_chosen_is_compared_as_a_whole_and_what_was_written_word_by_word():
    before = replace(
        with_action(noted(BEFORE), "ブース", start_fiscal_year=2011, due="2015-03", note="予定"),
        directions={1: plan.Direction(1, 0, "継続"), 2: plan.Direction(2, 1, "継続（拡充）")},
        outlooks={1: outlook(direction_id=1, text="市民に知らせる")},
        assignments={1: (plan.Assignment(1, 1, 1, plan.Role.LEAD),)},
    )
    after = replace(
        with_action(before, "ブース", start_fiscal_year=2012, due="2015-12", note="予定あり"),
        outlooks={1: outlook(direction_id=2, text="市民へ知らせる")},
        assignments={1: (plan.Assignment(1, 1, 2, plan.Role.LEAD),)},
        statuses={**before.statuses, 1: before.statuses[1]._replace(label="継続の完了")},
    )
    change = compare_action(before, with_line(after, "ブース", 0, status_id=1), 1)
    assert underlined(change) == {
        "状態": ("[・ 継続中]", "[✓ 継続の完了]"),
        "今後の方向性": ("[継続] 市民[に]知らせる", "[継続（拡充）] 市民[へ]知らせる"),
        "開始年度": ("[平成23年度]", "[平成24年度]"),
        "完了予定": ("[平成27年3月]", "[平成27年12月]"),
        "主担当": ("[市民活動推進課]", "[総務課]"),
        "備考": ("予定", "予定[あり]"),
    }


def test_the_marks_of_several_lines_are_compared_as_wholes():
    before = with_line(noted(BEFORE), "冊子", 1, text="印刷中")
    longer = {
        3: before.statuses[3]._replace(mark="継続"),
        2: before.statuses[2]._replace(mark="継続済"),
    }
    before = replace(before, statuses={**before.statuses, **longer})
    after = with_line(before, "冊子", 1, status_id=2, text="印刷済")
    change = compare_action(before, after, action_of(before, "冊子"))
    assert underlined(change)["進捗状況"] == ("✓\n[継続] 印刷[中]", "✓\n[継続済] 印刷[済]")


def test_each_change_has_its_whole_place_even_what_is_gone():
    before = noted(BEFORE)
    after = noted(BEFORE.replace("      冊子: ✓・\n", "").replace("広報", "広報活動"))
    compared = compare(before, after)
    assert [(*compared.place(each),) for each in compared.changes] == [
        ("1-(2)", "1 環境"),
        ("1-(2)-①", "1 環境 ＞ (2) 広報"),
    ]
    terms = (frozenset({1, 2}), frozenset({1, 2}))
    two = noted(f"{BEFORE}後期\n  担い手\n    講座: ・\n")
    compared = compare(two, with_action(two, "講座", title="研修"), terms=terms)
    assert [(*compared.place(each),) for each in compared.changes] == [
        ("後期　1-①", "後期　1 担い手")
    ]


def test_nothing_changed_where_nothing_differs():
    comparison = compare(noted(BEFORE), noted(BEFORE))
    assert comparison.changes == ()
    assert marks(comparison) == {("・", "・"): 2, ("◇", "◇"): 1}


def test_a_changed_status_and_text_are_told_with_old_and_new():
    before = noted(BEFORE)
    after = with_line(before, "ブース", 0, status_id=1, text="開いた")
    comparison = compare(before, after)
    assert told(comparison) == [
        ("ブース", "状態・進捗", {"状態": ("・ 継続中", "✓ 完了"), "進捗状況": ("", "開いた")})
    ]
    assert marks(comparison)["・", "✓"] == 1


def test_one_of_several_lines_is_told_with_its_marks():
    before = noted(BEFORE)
    after = with_line(before, "冊子", 0, status_id=3)
    assert told(compare(before, after)) == [("冊子", "進捗", {"進捗状況": ("✓\n・", "・\n・")})]


def test_each_field_of_an_action_has_its_kind():
    before = noted(BEFORE)
    booth = action_of(before, "ブース")
    after = replace(
        with_action(before, "ブース", title="ブースの設置", due="2016-03", note="メモ"),
        assignments={booth: (plan.Assignment(1, booth, 2, "lead"),)},
        outlooks={booth: outlook(booth, direction_id=1, text="続ける")},
        prerequisites={booth: (plan.Prerequisite(1, booth, action_of(before, "センター")),)},
    )
    assert told(compare(before, after)) == [
        (
            "ブースの設置",
            "文言変更・方向性・完了予定・担当・その他",
            {
                "名称": ("ブース", "ブースの設置"),
                "今後の方向性": ("", "継続 続ける"),
                "完了予定": ("", "平成28年3月"),
                "主担当": ("", "総務課"),
                "先に終える実行計画": ("", "センター"),
                "備考": ("", "メモ"),
            },
        )
    ]


def test_a_renamed_section_or_status_is_no_change_of_each_action():
    before = noted(BEFORE)
    renamed = before.statuses[3]._replace(label="実施中")
    assert compare(before, replace(before, statuses={**before.statuses, 3: renamed})).changes == ()


def test_what_is_new_and_what_is_gone_stands_in_its_place():
    before = noted(BEFORE)
    placements = {each: row for each, row in before.placements.items() if row.action_id != 2}
    new = plan.Placement(9, 2, 0, 9, "")
    after = replace(
        before,
        actions={**before.actions, 9: action(9, 1, "交流会")},
        placements={9: new, **placements},
        placed={1: (1,), 3: (3,), 9: (9,)},
        children={**before.children, heading_node(2): (placement_node(9), placement_node(1))},
    )
    assert [each[:2] for each in told(compare(before, after))] == [
        ("交流会", "新規"),
        ("センター", "削除"),
    ]
    assert marks(compare(before, after)) == {("・", "・"): 2}


def test_only_another_heading_is_a_move_and_it_says_where_from():
    before = noted(BEFORE)
    booth = before.placements[1]._replace(heading_id=3)
    after = replace(
        before,
        placements={**before.placements, 1: booth},
        children={**before.children, heading_node(2): (11,), heading_node(3): (15, 7)},
    )
    assert told(compare(before, after)) == [
        (
            "ブース",
            "移動",
            {"掲載先": ("1 環境 ＞ (1) 拠点", "1 環境 ＞ (2) 広報")},
        )
    ]


def test_a_relisted_action_is_one_change_at_its_home():
    relisted = noted(BEFORE + "      ブース:\n")
    (change,) = compare(noted(BEFORE), relisted).changes
    assert (change.labels, change.after) == (["再掲"], placement_node(1))


def test_a_heading_that_was_renamed_moves_nothing_below_it():
    before = noted(BEFORE)
    heading = before.headings[2]._replace(title="活動拠点", number="(3)")
    after = replace(before, headings={**before.headings, 2: heading})
    assert told(compare(before, after)) == [
        ("活動拠点", "番号・文言変更", {"名称": ("拠点", "活動拠点"), "番号": ("(1)", "(3)")})
    ]


TERMS = """
前期
  環境
    拠点
      ブース: ・
      センター: ◇
      会館: ✓
      祭り: ・
後期
  環境
    拠点
      ブースの拡充: ◇
      まとめた事業: ・
"""


def drawn_up():
    outline = with_action(noted(TERMS), "ブースの拡充", continues_id=1)
    return replace(
        outline,
        successions={
            1: plan.Succession(1, 1, 5, "expand"),
            2: plan.Succession(2, 2, 6, "merge"),
            3: plan.Succession(3, 3, None, "drop"),
            4: plan.Succession(4, 4, 6, "merge"),
        },
    )


def test_between_terms_actions_are_what_they_continue_and_headings_their_titles():
    outline = drawn_up()
    comparison = compare(outline, outline, terms=(frozenset({1}), frozenset({2})))
    assert [each[:2] for each in told(comparison)] == [
        ("ブースの拡充", "文言変更・状態"),
        ("まとめた事業", "文言変更・状態"),
        ("会館", "削除"),
        ("まとめた事業", "統合"),
    ]
    assert marks(comparison) == {("・", "◇"): 1, ("◇", "・"): 1}


def test_rounds_of_different_terms_are_compared_by_those():
    outline = drawn_up()
    later = outline.terms[2]._replace(first_fiscal_year=2016, last_fiscal_year=2020)
    terms = {1: outline.terms[1], 2: later}
    before = replace(outline, terms=terms)
    after = replace(before, round=plan.Round(2, "次", 2016, "2016-10-31", None))
    assert marks(compare(before, after)) == {("・", "◇"): 1, ("◇", "・"): 1}
    assert marks(compare(before, before)) == {("・", "・"): 2, ("◇", "◇"): 1, ("✓", "✓"): 1}


def test_one_action_is_compared_alone_just_as_with_all():
    before = noted(BEFORE)
    after = with_line(before, "ブース", 0, status_id=1)
    assert compare_action(before, after, 1) == compare(before, after).changes[0]
    assert compare_action(before, after, 2) is None
    assert compare_action(noted("前期\n  環境\n"), before, 1).labels == ["新規"]


def test_the_first_round_of_a_term_sets_an_action_beside_what_it_continues():
    outline = drawn_up()
    later = outline.terms[2]._replace(first_fiscal_year=2016, last_fiscal_year=2020)
    before = replace(outline, terms={1: outline.terms[1], 2: later})
    assert compare_action(before, before, 5).labels == ["文言変更", "状態"]
