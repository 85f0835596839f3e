"""A form has what its section answers for, as the plan says it when it is sent."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace

import pytest

from kyodo_desktop.domain.assigning import Giving
from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.domain.plan import Role, StatusKind
from kyodo_desktop.domain.replies import covering
from kyodo_desktop.domain.vocabulary import StatusEntry
from kyodo_desktop.services import details, progress, removing, rounds, vocabularies
from kyodo_desktop.services.inquiries.asking import (
    askable_sections,
    plan_key,
    reply_forms,
    shared_actions,
    unasked_actions,
)
from kyodo_desktop.services.sample import create_sample
from tests import edits
from tests.builders import opened
from tests.services.inquiries.answers import (
    DIRECTION,
    DUE,
    NOTE,
    OUTLOOK,
    SENT_AT,
    STATUS,
    TEXT,
)


def form_of(workspace, section_id):
    (form,) = reply_forms(workspace, [section_id], "2026-11-20", "お願いします。", SENT_AT)
    return form


def test_it_is_told_whom_one_can_ask(workspace, lead, other):
    idle = vocabularies.add_section(workspace, "財政課")
    counted = [(each.section.id, *each[1:]) for each in askable_sections(workspace)]
    assert counted == [(lead, 3, 0, 3), (other, 1, 1, 1), (idle, 0, 0, 0)]
    assert len(unasked_actions(workspace)) == 32 - 4
    assert not {1, 2, 3, 4} & set(unasked_actions(workspace))


def test_it_is_told_which_actions_several_sections_would_fill_in(workspace, lead, other):
    assert shared_actions(workspace) == []
    details.assign(workspace, [2], other, Role.LEAD, Giving.ADD)
    assert shared_actions(workspace) == [
        (2, "① 協働のまちづくり推進課の設置", {lead: "市民活動推進課", other: "総務課"})
    ]


def test_sections_that_each_have_a_line_of_their_own_share_nothing(workspace, lead, other):
    details.assign(workspace, [2, 3], other, Role.LEAD, Giving.ADD)
    (line,) = workspace.outline.lines[2]
    progress.set_line_section(workspace, line.id, lead)
    progress.set_line_section(workspace, progress.add_line(workspace, 2, "総務課の分"), other)
    assert [each.action_id for each in shared_actions(workspace)] == [3]
    (line,) = workspace.outline.lines[3]
    progress.delete_line(workspace, line.id)
    assert shared_actions(workspace) == []


def test_the_proposed_letter_has_the_word_of_the_plan(workspace):
    *above, lowest = workspace.outline.levels
    outline = replace(workspace.outline, levels=(*above, lowest._replace(name="事業")))
    assert "各事業の進捗状況などを記入し" in covering.proposed(outline, "2016-11-30")


def test_a_form_says_what_belongs_to_it(workspace, lead):
    form = form_of(workspace, lead)
    assert form.key == (plan_key(workspace), 1, lead, SENT_AT)
    assert form[1:7] == (
        *("協働のまちづくり推進計画", "平成27年度", "", "市民活動推進課"),
        *("2026-11-20", "お願いします。"),
    )
    assert form.statuses[1] == ("◇", "完了の目途", "完了の目途", False)
    assert [each.mark for each in form.statuses if each.goes_on] == ["・"]
    assert form.action_word == "実行計画"
    assert form.choices[DIRECTION][:2] == ("継続", "拡充")


def test_its_rows_are_the_lines_of_the_actions_that_the_section_leads(workspace, lead):
    progress.add_line(workspace, 1, "二行目")
    edits.set_due(workspace, 1, "H28.3")
    edits.set_direction(workspace, [1], 1)
    edits.set_outlook_text(workspace, 1, "続ける")
    edits.set_note(workspace, 1, "なし")
    first, second, *others = form_of(workspace, lead).rows
    assert first[2:5] == ("①", "1 環境づくり › (1) 活動拠点の整備", "市民活動ブースの設置")
    text = "市民活動サポートセンター開設すれば完了（28年3月予定）"
    assert first.values == {
        STATUS: "◇",
        TEXT: text,
        DUE: "2016-03",
        DIRECTION: "継続",
        OUTLOOK: "続ける",
        NOTE: "なし",
    }
    assert (second.action_id, second.values) == (1, {STATUS: "", TEXT: "二行目"})
    assert [row.action_id for row in others] == [2, 3]
    assert 0 not in (first.line_id, second.line_id)


def test_an_action_without_a_line_has_an_empty_one(workspace, lead):
    (line,) = workspace.outline.lines[2]
    progress.delete_line(workspace, line.id)
    row = form_of(workspace, lead).rows[1]
    assert (row.action_id, row.line_id, row.values[STATUS], row.values[TEXT]) == (2, 0, "", "")
    assert DUE in row.values


def test_a_section_with_a_line_of_its_own_answers_for_that_line_alone(workspace, lead, other):
    own = progress.add_line(workspace, 1, "総務課の分")
    progress.set_line_section(workspace, own, other)
    mine, led = form_of(workspace, other).rows
    assert (mine.action_id, mine.line_id, mine.values) == (
        1,
        own,
        {STATUS: "", TEXT: "総務課の分"},
    )
    assert led.action_id == 4
    assert own not in [row.line_id for row in form_of(workspace, lead).rows]


def test_the_answer_of_the_round_before_stands_beside_it(workspace, lead):
    edits.set_direction(workspace, [1], 1)
    edits.set_outlook_text(workspace, 1, "続ける")
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    form = form_of(workspace, lead)
    assert form.last_round == "平成27年度"
    assert form.rows[0].last_answer == (
        "◇ 市民活動サポートセンター開設すれば完了（28年3月予定）\n今後の方向性：継続 続ける"
    )


def test_an_action_that_is_listed_twice_is_asked_once(workspace, lead):
    outline = workspace.outline
    twice = next(each for each, places in outline.placed.items() if len(places) > 1)
    details.assign(workspace, [twice], lead, Role.LEAD)
    assert [row.action_id for row in form_of(workspace, lead).rows].count(twice) == 1


def test_an_action_that_has_left_the_plan_is_not_asked(workspace, lead):
    removing.delete(workspace, [*map(placement_node, workspace.outline.placed[2])])
    assert [row.action_id for row in form_of(workspace, lead).rows] == [1, 3]


def test_a_section_with_nothing_to_answer_is_named(workspace, lead):
    idle = vocabularies.add_section(workspace, "財政課")
    with pytest.raises(RefusedError, match="「財政課」には、この調査で主担当の実行計画がない"):
        reply_forms(workspace, [lead, idle], "2026-11-20", "", SENT_AT)
    with pytest.raises(RefusedError, match="選ばれていません"):
        reply_forms(workspace, [], "2026-11-20", "", SENT_AT)


def test_a_closed_round_asks_nobody(workspace, lead):
    rounds.close_round(workspace, 1)
    with pytest.raises(RefusedError, match="確定済み"):
        form_of(workspace, lead)


def test_a_day_that_is_not_in_the_calendar_is_refused(workspace, lead):
    with pytest.raises(InvalidInputError, match="回答期限"):
        reply_forms(workspace, [lead], "2026-11-31", "", SENT_AT)


def test_copies_of_a_plan_have_one_key_and_other_plans_another(
    workspace, sample_file, tmp_path, clock
):
    key = plan_key(workspace)
    vocabularies.add_section(workspace, "財政課")
    workspace.undo()
    assert plan_key(workspace) == key
    clock.time = clock.time.replace(year=2031)
    with closing(opened(shutil.copy(sample_file, tmp_path / "写し.kyodo"), clock)) as copied:
        assert plan_key(copied.workspace) == key
    create_sample(tmp_path / "別.kyodo", "tomisato_2015", author="市民 花子", now=clock())
    with closing(opened(tmp_path / "別.kyodo", clock)) as different:
        assert plan_key(different.workspace) != key


def test_a_mark_that_is_a_word_has_no_name_beside_it(workspace, lead):
    entries = [
        StatusEntry(
            each.mark, each.label, each.definition, StatusKind(each.kind), each.colour, id=id_
        )
        for id_, each in workspace.outline.statuses.items()
    ]
    entries[0] = entries[0]._replace(mark="計画どおり", label="計画どおり")
    vocabularies.set_statuses(workspace, entries)
    assert form_of(workspace, lead).statuses[0][:2] == ("計画どおり", "")
