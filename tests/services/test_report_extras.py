"""What a report tells beside the plan itself."""

from __future__ import annotations

from contextlib import closing

from kyodo_desktop.domain.narrowing import Narrowing, narrowed
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.replies.addressing import Contact
from kyodo_desktop.domain.reporting import Extra, Extras
from kyodo_desktop.domain.totals import term_totals
from kyodo_desktop.services import removing, rounds, structure
from kyodo_desktop.services.checking import check, confirm
from kyodo_desktop.services.comparing import record_revision
from kyodo_desktop.services.details import assign
from kyodo_desktop.services.progress import set_status
from kyodo_desktop.services.report_extras import gathered, reported
from kyodo_desktop.services.rounds import close_round, open_round
from kyodo_desktop.services.vocabularies import rename_section
from kyodo_desktop.store.tables import RoundRow
from tests.builders import Clock, action_of, node_of, opened


def test_the_history_is_told_field_by_field_the_newest_first(workspace):
    term = workspace.outline.roots[0]
    top = workspace.outline.children[term][0]
    title = workspace.outline.title(top)
    structure.rename(workspace, top, "環境")
    rounds.set_opinion(workspace, top, "評価する")
    rounds.set_response(workspace, top, "続ける")
    response, opinion, name, *_, first = gathered(workspace, {Extra.HISTORY}).history
    assert (opinion.item, opinion.field, opinion.new) == ("委員会意見", "追加", "環境 評価する")
    assert (response.item, response.field, response.new) == ("委員会意見", "市の対応", "続ける")
    assert (name.item, name.field, name.old, name.new) == ("見出し", "名称", title, "環境")
    assert (first.step, first.field) == (first.step, "")


def test_findings_are_told_in_words_with_their_notes(workspace):
    first = next(each for each in check(workspace) if each.finding.rule == "due_in_text")
    confirm(workspace, first.finding, "広報で確認")
    findings = gathered(workspace, {Extra.FINDINGS}).findings
    assert [each.note for each in findings if each.note is not None] == ["広報で確認"]
    found = next(each for each in findings if each.note is not None)
    assert (found.rule, found.suggestion) == ("文中の完了予定", "平成28年3月")
    assert workspace.outline.path_number(found.node) == "1-(1)-①"


def test_the_comparison_is_with_the_round_before(workspace):
    assert gathered(workspace, {Extra.COMPARISON}).comparison is None
    open_round(workspace, "平成28年度", 2016, "2016-10-31")
    action_id = action_of(workspace.outline, "市民活動サポートセンターの創設")
    set_status(workspace, [action_id], 1)
    comparison = gathered(workspace, {Extra.COMPARISON}).comparison
    assert comparison is not None
    assert [each.labels for each in comparison.changes] == [["状態"]]
    assert comparison.before.round.name == "平成27年度"


def test_the_before_after_table_is_that_of_the_last_revision(workspace):
    assert gathered(workspace, {Extra.BEFORE_AFTER}).before_after is None
    top = workspace.outline.children[workspace.outline.roots[0]][0]
    structure.rename(workspace, top, "環境")
    record_revision(workspace, "中間見直し", "2026-11-20", "情勢の変化")
    before_after = gathered(workspace, {Extra.BEFORE_AFTER}).before_after
    assert before_after is not None
    assert before_after.what == "見直し「中間見直し」（令和8年11月20日決定）"
    assert (before_after.old, before_after.decided_on) == (
        "調査「平成27年度」を始めた時",
        "2026-11-20",
    )
    assert [row.reason for group in before_after.groups for row in group.rows] == ["情勢の変化"]


def test_only_what_is_wanted_is_read(workspace):
    assert gathered(workspace, ()) == Extras()


def test_a_closed_round_is_narrowed_by_the_words_that_it_had(workspace):
    assign(workspace, [1], 1, Role.LEAD)
    close_round(workspace, workspace.outline.round.id)
    rename_section(workspace, 1, "まちづくり課")
    chosen = Narrowing(sections=("市民活動推進課",))
    findings = gathered(workspace, {Extra.FINDINGS}, chosen).findings
    part = narrowed(reported(workspace), chosen)
    assert findings
    assert all(part.exists(each.node) for each in findings)


def test_a_closed_round_is_printed_as_it_was_closed(workspace):
    first, title = workspace.outline.round.id, "市民活動ブースの設置"
    close_round(workspace, first)
    open_round(workspace, "平成28年度", 2016, "2016-10-31")
    structure.rename(workspace, node_of(workspace.outline, title), "ブースの移設")
    assert reported(workspace) is workspace.outline
    workspace.show_round(first)
    action_id = action_of(workspace.outline, "ブースの移設")
    assert reported(workspace).actions[action_id].title == title
    assert reported(workspace).lines == workspace.outline.lines


def test_a_closed_round_is_printed_beside_the_round_before_it(workspace):
    first = workspace.outline.round.id
    action_id = action_of(workspace.outline, "市民活動サポートセンターの創設")
    open_round(workspace, "平成28年度", 2016, "2016-10-31")
    second = workspace.outline.round.id
    set_status(workspace, [action_id], 1)
    close_round(workspace, second)
    workspace.show_round(first)
    before = workspace.outline.lines
    set_status(workspace, [action_id], 3)  # in the older round, which was left open
    workspace.show_round(second)
    shown = reported(workspace)
    assert shown.previous is not None
    assert shown.previous.lines == before
    close_round(workspace, first)
    assert reported(workspace).previous.lines == before
    workspace.show_round(first)
    assert reported(workspace).previous is None


def test_the_years_are_those_that_each_report_had(workspace):
    first = workspace.outline.round.id
    close_round(workspace, first)
    open_round(workspace, "平成28年度", 2016, "2016-10-31")
    second = workspace.outline.round.id
    action_id = action_of(workspace.outline, "市民活動サポートセンターの創設")
    set_status(workspace, [action_id], 1)
    removing.delete(workspace, [node_of(workspace.outline, "職員研修の実施")])
    told = [
        (each.round.name, each.term, [each.counts[key] for key in each.statuses])
        for each in gathered(workspace, {Extra.YEARS}).years
    ]
    assert told == [("平成27年度", "前期", [5, 7, 20]), ("平成28年度", "前期", [6, 6, 19])]
    workspace.show_round(first)
    assert [each.round.id for each in gathered(workspace, {Extra.YEARS}).years] == [first]
    workspace.show_round(second)
    totals = term_totals(
        workspace.outline, gathered(workspace, {Extra.COMPARISON}).comparison.before
    )
    assert totals[0].net.total.before == {1: 5, 2: 7, 3: 20}


def test_what_is_told_beside_a_part_of_the_plan_is_of_that_part(workspace):
    first = workspace.outline.round.id
    close_round(workspace, first)
    open_round(workspace, "平成28年度", 2016, "2016-10-31")
    set_status(workspace, [action_of(workspace.outline, "市民活動サポートセンターの創設")], 1)
    removing.delete(workspace, [node_of(workspace.outline, "職員研修の実施")])
    wanted = {Extra.COMPARISON, Extra.YEARS, Extra.FINDINGS}
    numbered = workspace.outline.path_number
    told = []
    for narrowing in (
        Narrowing(headings=("1",)),
        Narrowing(headings=("5",)),
        Narrowing(changed_only=True),
    ):
        found = gathered(workspace, wanted, narrowing)
        assert found.comparison.after == narrowed(workspace.outline, narrowing)
        told.append(
            (
                [change.labels for change in found.comparison.changes],
                [(dict(each.counts), each.round.fiscal_year) for each in found.years],
                {number[0] for each in found.findings if (number := numbered(each.node))},
            )
        )
    assert told == [
        (
            [["状態"]],
            [({2: 3, 1: 2, 3: 2}, 2015), ({1: 3, 2: 2, 3: 2}, 2016)],
            {"1"},
        ),
        ([["削除"]], [({3: 2, 1: 1}, 2015), ({3: 1, 1: 1}, 2016)], {"5"}),
        ([["状態"], ["削除"]], [({2: 1, 3: 1}, 2015), ({1: 1}, 2016)], {"1"}),
    ]


def test_the_records_are_what_the_rounds_before_say(workspace):
    first, said = workspace.outline.round, workspace.outline.lines
    assert gathered(workspace, {Extra.RECORDS}).records == ()
    open_round(workspace, "平成28年度", 2016, "2016-10-31")
    set_status(workspace, [action_of(workspace.outline, "市民活動サポートセンターの創設")], 1)
    (record,) = gathered(workspace, {Extra.RECORDS}).records
    assert (record.round, record.lines) == (first, said)


def test_rounds_that_one_step_brought_are_each_read_as_they_came(workspace):
    with workspace.transact("取込") as session:
        added = [
            RoundRow(name=str(year), fiscal_year=year, as_of=f"{year}-10-31")
            for year in (2016, 2017)
        ]
        session.add_all(added)
        session.flush()
        newest = added[1].id
    workspace.show_round(newest)
    assert [each.round.name for each in gathered(workspace, {Extra.YEARS}).years] == [
        *("平成27年度", "2016", "2017"),
    ]


def test_the_contacts_are_those_who_ask_and_those_who_answered_in_the_round(marked):
    path, markers = marked
    names = {where: each for each, where in (markers.internal | markers.public).items()}
    with closing(opened(path, Clock())) as plan:
        asking, answering = gathered(plan.workspace, {Extra.CONTACTS}).contacts
        assert asking == tuple(names[f"plan.contact_{each}"] for each in Contact._fields)
        answer = ("section.name", "inquiry.answered_by", "inquiry.extension")
        assert answering == tuple(names[each] for each in answer)
        first, *_ = plan.workspace.outline.rounds
        plan.workspace.show_round(first)
        assert len(gathered(plan.workspace, {Extra.CONTACTS}).contacts) == 1
