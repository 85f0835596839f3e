"""Only true differences are shown; whatever is wrong with a file is told by its row."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.replies.form import Severity
from kyodo_desktop.services import details, joining, progress, removing, rounds, vocabularies
from kyodo_desktop.services.inquiries.accepting import accept, review
from tests import edits
from tests.services.inquiries.answers import STATUS, TEXT, came_back, filled, sent


@pytest.fixture
def answer(workspace, lead):
    """What came back with nothing filled in, for three actions of one line each."""
    return came_back(sent(workspace, [lead])[0])


def changes(found):
    return [
        (each.row, each.field.name, each.now.value, each.answer.value, each.is_clash)
        for each in found.differences
    ]


def texts(found, severity=None):
    return [each.text for each in found.remarks if severity in (None, each.severity)]


def with_row(answer, place, **values):
    rows = list(answer.rows)
    rows[place] = rows[place]._replace(**values)
    return answer._replace(rows=tuple(rows))


def without_row(answer, place):
    return answer._replace(rows=(*answer.rows[:place], *answer.rows[place + 1 :]))


def with_key(answer, **values):
    return answer._replace(key=answer.key._replace(**values))


def line_of(workspace, action_id, nth=0):
    return workspace.outline.lines[action_id][nth]


class TestCells:
    def test_a_form_that_nobody_touched_differs_in_nothing(self, workspace, answer):
        found = review(workspace, answer)
        assert (found.remarks, found.differences) == ((), ())
        assert found.confirmed_lines == {line_of(workspace, each).id for each in (1, 2, 3)}
        assert not found.needs_somebody

    def test_another_way_to_write_the_same_is_no_difference(self, workspace, answer):
        edits.set_due(workspace, 1, "H28.3")
        answer = came_back(sent(workspace, [1])[0])
        text = answer.rows[0].cells[TEXT]
        answer = filled(answer, 0, status="◊ 完了の目途", due="平成28年3月", text=f"{text} \r\n")
        assert review(workspace, answer).differences == ()

    def test_what_cannot_be_understood_is_told_and_the_rest_is_taken(self, workspace, answer):
        found = review(workspace, filled(answer, 1, status="たぶん", text="新しい文", due="来年"))
        assert changes(found) == [(7, "text", line_of(workspace, 2).text, "新しい文", False)]
        assert texts(found, Severity.WARNING) == [
            "7行目：「状態」の「たぶん」は選択肢にありません。使えるもの："
            "✓ 完了、◇ 完了の目途、・ 継続中",
            "7行目：「完了予定」の「来年」は年月として読み取れません。"
            "例: H28.3、平成28年3月、2016-03",
        ]
        assert line_of(workspace, 2).id not in found.confirmed_lines

    def test_an_emptied_cell_is_a_change_to_empty(self, workspace, answer):
        found = review(workspace, filled(answer, 0, text=""))
        assert changes(found) == [(6, "text", line_of(workspace, 1).text, "", False)]
        assert found.differences[0].is_emptied

    def test_a_cell_that_is_empty_outlook_has_changed_changes_nothing(self, workspace, answer):
        found = review(workspace, filled(answer, 0, text="変更なし。", status="前回同様"))
        assert found.differences == ()
        assert line_of(workspace, 1).id in found.confirmed_lines
        assert texts(found, Severity.NOTE) == [
            "6行目：「状態」の「前回同様」を、発送時のままとして読みました。",
            "6行目：「進捗状況」の「変更なし。」を、発送時のままとして読みました。",
        ]
        unsaid = review(workspace, filled(answer, 0, note="変更なし"))
        assert changes(unsaid) == [(6, "note", "", "変更なし", False)]

    def test_a_cell_that_is_missing_is_left_as_it_is(self, workspace, answer):
        answer = with_row(answer, 0, cells={STATUS: "✓"})
        assert [each[1] for each in changes(review(workspace, answer))] == ["status"]

    def test_several_marked_lines_in_a_cell_become_lines(self, workspace, answer):
        found = review(workspace, filled(answer, 0, text="✓ 開設した\n･ 周知を続ける"))
        assert [
            (each.line_id > 0, each.place, each.answer.value) for each in found.differences
        ] == [
            (True, 0, "✓"),
            (True, 0, "開設した"),
            (False, 1, "・"),
            (False, 1, "周知を続ける"),
        ]
        assert texts(found) == ["6行目：「進捗状況」を、記号ごとに2行に分けて読みました。"]

    def test_a_status_that_was_chosen_counts_more_than_the_first_mark(self, workspace, answer):
        found = review(workspace, filled(answer, 0, status="・", text="✓ 開設した\n・ 続ける"))
        assert found.differences[0].answer.value == "・"
        assert "「状態」は「・」ですが、「進捗状況」の最初の記号は「✓」です" in texts(found)[0]

    def test_a_cell_where_none_was_open_is_told(self, workspace, lead):
        progress.add_line(workspace, 1, "二行目")
        found = review(workspace, filled(came_back(sent(workspace, [lead])[0]), 1, due="H28.3"))
        assert found.differences == ()
        assert "7行目：「完了予定」は、この行では照会していません" in texts(found)[0]


class TestThreeWays:
    def test_what_only_the_plan_changed_stays(self, workspace, answer):
        progress.set_line_text(workspace, line_of(workspace, 1).id, "主管課の文")
        assert review(workspace, answer).differences == ()

    def test_what_both_changed_to_the_same_is_no_difference(self, workspace, answer):
        progress.set_line_text(workspace, line_of(workspace, 1).id, "開設した")
        assert review(workspace, filled(answer, 0, text="開設した ")).differences == ()

    def test_what_both_changed_is_a_clash_that_nobody_chose(self, workspace, answer):
        progress.set_line_text(workspace, line_of(workspace, 1).id, "主管課の文")
        found = review(workspace, filled(answer, 0, text="担当課の文", status="✓"))
        assert changes(found) == [
            (6, "status", "◇", "✓", False),
            (6, "text", "主管課の文", "担当課の文", True),
        ]
        assert found.differences[1].sent.value == answer.sent[0].values[TEXT]
        assert found.defaults == {0}
        assert found.needs_somebody

    def test_a_line_that_was_deleted_since_clashes_where_it_was_answered(self, workspace, answer):
        progress.delete_line(workspace, line_of(workspace, 1).id)
        assert review(workspace, answer).differences == ()
        found = review(workspace, filled(answer, 0, text="開設した"))
        assert changes(found) == [(6, "status", "", "◇", True), (6, "text", "", "開設した", True)]
        assert found.differences[0].now.text == "（この行は削除されています）"

    def test_an_answer_to_an_empty_line_is_a_new_line(self, workspace, lead):
        progress.delete_line(workspace, line_of(workspace, 1).id)
        answer = filled(came_back(sent(workspace, [lead])[0]), 0, status="✓", text="開設した")
        found = review(workspace, answer)
        assert [(each.line_id, each.place, each.is_clash) for each in found.differences] == [
            (0, 1, False),
            (0, 1, False),
        ]
        progress.add_line(workspace, 1, "主管課の文", status_id=1)
        assert changes(review(workspace, answer)) == [(6, "text", "主管課の文", "開設した", True)]
        progress.set_line_text(workspace, line_of(workspace, 1).id, "開設した")
        assert review(workspace, answer).differences == ()

    def test_a_further_line_that_is_there_already_is_not_new(self, workspace, answer):
        answer = filled(answer, 0, text="✓ 開設した\n・ 周知を続ける")
        found = review(workspace, answer)
        accept(workspace, found, found.defaults)
        again = review(workspace, answer)
        assert again.differences == ()
        assert again.is_accepted


class TestFiles:
    def test_another_plan(self, workspace, answer):
        found = review(workspace, with_key(answer, plan="別"))
        assert found.is_blocked
        assert "別の計画「協働のまちづくり推進計画」の回答票です" in found.blocking[0].text

    def test_a_round_that_nobody_knows(self, workspace, answer):
        assert (
            "この計画にない調査"
            in review(workspace, with_key(answer, round_id=9)).blocking[0].text
        )

    def test_a_closed_round(self, workspace, answer):
        rounds.close_round(workspace, 1)
        assert "確定済み" in review(workspace, answer).blocking[0].text

    def test_a_round_that_is_not_shown(self, workspace, answer):
        rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
        text = review(workspace, answer).blocking[0].text
        assert "「平成27年度」に切り替えてから" in text
        workspace.show_round(1)
        assert not review(workspace, answer).is_blocked

    def test_a_section_that_is_gone(self, workspace, answer):
        found = review(workspace, with_key(answer, section_id=99))
        assert "担当課から削除されています" in found.blocking[0].text

    def test_a_form_of_an_older_sending(self, workspace, lead, answer):
        sent(workspace, [lead], sent_at="2026-11-09T10:30:00+09:00")
        found = review(workspace, answer)
        assert found.is_outdated
        assert texts(found, Severity.WARNING) == [
            "令和8年11月2日 9:00に発送した古い回答票です。"
            "令和8年11月9日 10:30に送り直しています。"
            "古い方に記入された回答でよいか確かめてください。"
        ]

    def test_a_sending_that_was_undone(self, workspace, answer):
        workspace.undo()
        assert "記録されていません" in texts(review(workspace, answer), Severity.NOTE)[0]

    def test_a_file_that_was_taken_in_before(self, workspace, answer):
        accept(workspace, review(workspace, answer), ())
        found = review(workspace, answer)
        assert found.is_accepted
        assert "このファイルは令和8年11月23日に取り込み済みです。" in texts(found, Severity.NOTE)
        assert not review(workspace, answer._replace(hash="2")).is_accepted

    def test_names_that_changed_since(self, workspace, lead, answer):
        vocabularies.rename_section(workspace, lead, "協働推進課")
        rounds.edit_round(workspace, 1, "27年度", 2015, "2015-10-31")
        found = review(workspace, answer)
        assert found.section == "協働推進課"
        assert texts(found, Severity.NOTE) == [
            "担当課名は、発送したときは「市民活動推進課」でした。今は「協働推進課」です。",
            "調査名は、発送したときは「平成27年度」でした。今は「27年度」です。",
        ]

    def test_what_the_reader_had_to_work_around_is_passed_on(self, workspace, answer):
        found = review(workspace, answer._replace(remarks=("シートの名前が変わっています。",)))
        assert texts(found, Severity.WARNING) == ["シートの名前が変わっています。"]


class TestRows:
    def test_sorted_rows_are_read_all_the_same(self, workspace, answer):
        rows = filled(answer, 0, text="開設した").rows
        moved = tuple(row._replace(row=9 - place) for place, row in enumerate(rows))
        found = review(workspace, answer._replace(rows=moved))
        assert [each.action_id for each in found.differences] == [1]
        assert not found.remarks

    def test_a_deleted_row_is_no_answer(self, workspace, answer):
        found = review(workspace, without_row(answer, 0))
        assert found.differences == ()
        assert texts(found, Severity.WARNING) == [
            "「① 市民活動ブースの設置」の行がありません"
            "（回答なしとして、今の内容のままにします）。"
        ]
        assert line_of(workspace, 1).id not in found.confirmed_lines

    def test_a_form_without_any_row_is_told_once(self, workspace, answer):
        found = review(workspace, answer._replace(rows=()))
        assert texts(found) == ["回答の行が1つも見つかりません。今の内容はそのままです。"]

    def test_a_row_that_lost_its_key_is_known_by_its_title(self, workspace, answer):
        lost = with_row(filled(answer, 0, text="開設した"), 0, action_id=0, line_id=0)
        found = review(workspace, lost)
        assert [(each.action_id, each.is_default) for each in found.differences] == [(1, True)]
        assert "6行目：行の目印がなくなっていたため、名称から" in texts(found, Severity.NOTE)[0]

    def test_a_row_that_nobody_asked_for_is_left_out(self, workspace, answer):
        lost = with_row(answer, 0, action_id=0, line_id=0, number="", title="新しい取組")
        found = review(workspace, lost)
        assert "6行目：「新しい取組」が、どの実行計画の回答か分かりません" in "".join(texts(found))
        pasted = review(workspace, with_row(answer, 0, action_id=9, line_id=9))
        assert "別の回答票から貼り付けられた可能性" in "".join(texts(pasted))
        assert (found.differences, pasted.differences) == ((), ())

    def test_an_inserted_row_is_offered_as_a_line_of_the_action_above(self, workspace, answer):
        row = answer.rows[1]._replace(
            row=8, action_id=0, line_id=0, number="", title="", cells={STATUS: "✓", TEXT: "追加"}
        )
        third = answer.rows[2]._replace(row=9)
        found = review(workspace, answer._replace(rows=(*answer.rows[:2], row, third)))
        assert [(each.action_id, each.place, each.is_guess) for each in found.differences] == [
            (2, 1, True),
            (2, 1, True),
        ]
        assert found.defaults == frozenset()
        assert "8行目：挿入された行です" in texts(found, Severity.WARNING)[0]

    def test_an_empty_row_that_was_inserted_is_no_matter(self, workspace, answer):
        row = answer.rows[0]._replace(row=20, action_id=0, line_id=0, title="", cells={TEXT: " "})
        assert review(workspace, answer._replace(rows=(*answer.rows, row))).remarks == ()

    def test_a_row_that_was_copied_is_offered_as_a_line(self, workspace, answer):
        copied = answer.rows[0]._replace(row=20)
        same = review(workspace, answer._replace(rows=(*answer.rows, copied)))
        assert (same.differences, same.remarks) == ((), ())
        other = copied._replace(cells={**copied.cells, TEXT: "二つ目"})
        found = review(workspace, answer._replace(rows=(*answer.rows, other)))
        assert [(each.place, each.answer.value, each.is_guess) for each in found.differences] == [
            (1, "◇", True),
            (1, "二つ目", True),
        ]
        assert "20行目：6行目と同じ" in texts(found, Severity.WARNING)[0]

    def test_two_different_answers_to_one_line_are_both_to_be_chosen(self, workspace, answer):
        other = answer.rows[0]._replace(row=20, cells={STATUS: "✓", TEXT: "二つ目"})
        answer = filled(answer, 0, text="一つ目")
        found = review(workspace, answer._replace(rows=(*answer.rows, other)))
        assert [each.answer.value for each in found.differences] == ["一つ目", "✓", "二つ目"]
        assert found.defaults == frozenset()

    def test_an_action_that_left_the_plan_is_told(self, workspace, answer):
        removing.delete(workspace, [placement_node(workspace.outline.placed[1][0])])
        untouched, found = (
            review(workspace, answer),
            review(workspace, filled(answer, 0, text="新")),
        )
        assert found.differences == ()
        assert "計画から外れています。この行の回答は取り込みません" in found.warnings[0].text
        assert untouched.warnings == ()

    def test_an_action_that_became_one_with_another_is_told(self, workspace, answer):
        joining.join(workspace, 2, 1, joining.texts_of(workspace.outline, 2))
        found = review(workspace, filled(answer, 0, text="新"))
        title = workspace.outline.actions[2].title
        assert f"「{title}」にまとめられました" in found.warnings[0].text

    def test_an_action_that_another_section_leads_now_is_told(self, workspace, lead, answer):
        details.assign(workspace, [1], vocabularies.add_section(workspace, "総務課"), Role.LEAD)
        details.unassign(workspace, [1], lead)
        assert review(workspace, answer).remarks == ()
        found = review(workspace, filled(answer, 0, text="新"))
        assert texts(found) == [
            "6行目：「① 市民活動ブースの設置」の主担当は、今は「総務課」です。"
        ]
        assert len(found.differences) == 1
