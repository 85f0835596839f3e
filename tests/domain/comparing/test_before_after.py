"""新旧対照表 tells what a plan said and says, and leaves out what a round says of it."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.comparing import comparison, fields, kinds
from kyodo_desktop.domain.comparing.before_after import Reasons, before_after_table
from kyodo_desktop.domain.comparing.comparison import compare
from tests.domain.comparing.test_comparison import BEFORE, drawn_up, with_action, with_line
from tests.outlines import noted, outlook


def shown(segments):
    return "".join(f"[{each.text}]" if each.changed else each.text for each in segments)


def rows(groups):
    return [
        (each.title, shown(row.new), shown(row.old), row.reason)
        for each in groups
        for row in each.rows
    ]


def test_only_fields_of_the_plan_stand_in_it_with_number_and_title():
    before = noted(BEFORE)
    after = with_line(with_action(before, "ブース", due="2016-03"), "ブース", 0, status_id=1)
    after = with_line(after, "センター", 0, status_id=1)
    assert rows(before_after_table(compare(before, after), Reasons("全体の理由", {}))) == [
        (
            "1 環境 ＞ (1) 拠点",
            "1-(1)-① ブース[\n完了予定：平成28年3月]",
            "1-(1)-① ブース",
            "全体の理由",
        )
    ]


def test_a_further_field_of_a_round_is_no_change_of_the_plan(monkeypatch):
    rating = fields._compared(
        replace(action_fields.OUTLOOK, label="評価", change=kinds.ChangeKind.OTHER)
    )
    monkeypatch.setattr(comparison, "ACTION_FIELDS", (*comparison.ACTION_FIELDS, rating))
    before = noted(BEFORE)
    said = replace(before, outlooks={1: outlook(text="順調")})
    (change,) = compare(before, said).changes
    assert kinds.ChangeKind.OTHER in change.kinds
    assert before_after_table(compare(before, said), Reasons("", {})) == []
    both = with_action(said, "ブース", due="2016-03")
    (row,) = rows(before_after_table(compare(before, both), Reasons("", {})))
    assert row[1] == "1-(1)-① ブース[\n完了予定：平成28年3月]"


def test_a_row_may_have_a_reason_of_its_own():
    before = noted(BEFORE)
    after = with_action(before, "ブース", title="ブースの設置")
    reasons = Reasons("全体の理由", {("action", 1): "分かりやすくするため"})
    assert (
        rows(before_after_table(compare(before, after), reasons))[0][3] == "分かりやすくするため"
    )


def test_each_text_is_compared_by_itself():
    before = with_action(noted(BEFORE), "ブース", description="情報を広く発信する", note="")
    after = with_action(before, "ブース", description="研修会を開催した", due="2016-03")
    (row,) = rows(before_after_table(compare(before, after), Reasons("", {})))
    assert row[1:3] == (
        "1-(1)-① ブース\n内容：[研修会を開催した\n完了予定：平成28年3月]",
        "1-(1)-① ブース\n内容：[情報を広く発信する]",
    )


def test_the_same_reason_runs_over_the_rows_of_a_group():
    before = noted(BEFORE)
    after = before
    for title in ("ブース", "センター", "冊子"):
        after = with_action(after, title, title=f"{title}の設置")
    reasons = Reasons("全体の理由", {("action", 2): "要望による"})
    found = before_after_table(compare(before, after), reasons)
    assert [each.reasons for each in found] == [
        [("全体の理由", 1), ("要望による", 1)],
        [("全体の理由", 1)],
    ]
    assert before_after_table(compare(before, after), Reasons("同じ", {}))[0].reasons == [
        ("同じ", 2)
    ]


def test_what_became_of_an_action_in_the_next_term_is_its_reason():
    outline = drawn_up()
    outline = replace(outline, outlooks={1: outlook(direction_id=1, text="広げる")})
    compared = compare(outline, outline, terms=(frozenset({1}), frozenset({2})))
    assert [each[1:] for each in rows(before_after_table(compared))] == [
        ("1-(1)-① ブース[の拡充]", "1-(1)-① ブース", "拡充 ・ 継続中 継続 広げる"),
        ("1-(1)-② [まとめた事業]", "1-(1)-② [センター]", "統合 ◇ 完了の目途"),
        ("（削除）", "[1-(1)-③ 会館]", "引き継がない（完了・廃止） ✓ 完了"),
        ("[1-(1)-② まとめた事業]", "[1-(1)-④ 祭り]", "統合 ・ 継続中"),
    ]
