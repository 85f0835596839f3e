"""What an action says of itself: texts, dates, 今後の方向性, sections, 主体 and 基本原則."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.assigning import Giving
from kyodo_desktop.domain.errors import GoneError, InvalidInputError
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details
from kyodo_desktop.services.vocabularies import add_section
from tests import edits

TEXTS = {
    "内容": (edits.set_description, lambda outline: outline.actions[1].description),
    "備考": (edits.set_note, lambda outline: outline.actions[1].note),
    "今後の方向性": (edits.set_outlook_text, lambda outline: outline.outlooks[1].text),
}


@pytest.mark.parametrize("field", TEXTS)
def test_a_text_is_written_and_what_does_not_fit_names_its_field(workspace, field):
    write, read = TEXTS[field]
    write(workspace, 1, "一行目\r\n二行目")
    before = workspace.outline
    assert read(before) == "一行目\n二行目"
    with pytest.raises(InvalidInputError, match=f"「{field}」の1文字目") as refused:
        write(workspace, 1, "\x07")
    assert refused.value.field == field
    assert workspace.outline is before


@pytest.mark.parametrize(
    ("typed", "due"), [("H28.3", "2016-03"), ("28年3月", "2016-03"), ("平成32年度", "2021-03")]
)
def test_a_due_month_is_typed_in_any_form_and_taken_away(workspace, typed, due):
    edits.set_due(workspace, 1, typed)
    assert workspace.outline.actions[1].due == due
    edits.set_due(workspace, 1, "")
    assert workspace.outline.actions[1].due is None


def test_a_due_month_that_is_none_is_refused(workspace):
    with pytest.raises(InvalidInputError, match="「完了予定」の「未定」は年月として"):
        edits.set_due(workspace, 1, "未定")


def test_the_first_year_lies_in_the_calendar(workspace):
    edits.set_start(workspace, 1, 2012)
    with pytest.raises(InvalidInputError, match="「開始年度」は1868～2200年度"):
        edits.set_start(workspace, 1, 24)
    assert workspace.outline.actions[1].start_fiscal_year == 2012
    edits.set_start(workspace, 1, None)
    assert workspace.outline.actions[1].start_fiscal_year is None


def test_a_direction_is_chosen_for_several_actions_in_one_step(workspace):
    edits.set_direction(workspace, [1, 2, 1], 3)
    assert {key: each.direction_id for key, each in workspace.outline.outlooks.items()} == {
        1: 3,
        2: 3,
    }
    workspace.undo()
    assert workspace.outline.outlooks == {}


def test_an_outlook_that_is_empty_outlook_any_more_is_none(workspace):
    edits.set_direction(workspace, [1], 3)
    edits.set_outlook_text(workspace, 1, "続ける")
    edits.set_direction(workspace, [1], None)
    assert workspace.outline.outlooks[1].text == "続ける"
    edits.set_outlook_text(workspace, 1, "")
    assert workspace.outline.outlooks == {}
    edits.set_direction(workspace, [1], None)
    assert workspace.undo_label == "今後の方向性を入力"


def parts(workspace, action_id):
    """Return the names of the sections that lead an action, and of those that help."""
    return [workspace.outline.section_names(action_id, role) for role in Role]


@pytest.fixture
def other(workspace):
    """A section beside the one of the sample, which leads in the actions 1 and 2."""
    details.assign(workspace, [1, 2, 1], 1, Role.LEAD)
    return add_section(workspace, "総務課")


def test_who_is_made_to_lead_leads_alone_and_who_led_helps(workspace, other):
    assert details.assign(workspace, [1], other, Role.LEAD) == 1
    assert parts(workspace, 1) == [["総務課"], ["市民活動推進課"]]
    assert parts(workspace, 2) == [["市民活動推進課"], []]
    assert workspace.undo_label == "「総務課」を主担当にする"
    details.assign(workspace, [1], other, Role.RELATED)
    assert parts(workspace, 1) == [[], ["市民活動推進課", "総務課"]]


def test_who_is_given_in_place_of_another_drives_it_out(workspace, other):
    third = add_section(workspace, "企画課")
    details.assign(workspace, [1, 2], third, Role.RELATED)
    details.assign(workspace, [2], other, Role.LEAD)
    assert details.assign(workspace, [1, 2, 3], other, Role.LEAD, Giving.REPLACE) == 2
    assert [parts(workspace, each) for each in (1, 3)] == [
        [["総務課"], ["企画課"]],
        [["総務課"], []],
    ]
    assert workspace.undo_label == "主担当を「総務課」に置き換える（2件）"
    details.assign(workspace, [1], 1, Role.RELATED, Giving.REPLACE)
    assert parts(workspace, 1) == [["総務課"], ["市民活動推進課"]]
    workspace.undo()
    workspace.undo()
    assert parts(workspace, 1) == [["市民活動推進課"], ["企画課"]]


def test_who_is_added_leads_beside_the_others(workspace, other):
    assert details.assign(workspace, [1, 3], other, Role.LEAD, Giving.ADD) == 2
    assert parts(workspace, 1) == [["市民活動推進課", "総務課"], []]
    assert workspace.undo_label == "主担当に「総務課」を加える（2件）"
    assert details.assign(workspace, [1, 3], other, Role.LEAD, Giving.ADD) == 0
    details.assign(workspace, [1], other, Role.LEAD)
    assert parts(workspace, 1) == [["総務課"], ["市民活動推進課"]]


@pytest.mark.parametrize("giving", [Giving.ADD, Giving.REPLACE])
def test_help_that_is_given_to_many_takes_the_lead_from_nobody(workspace, other, giving):
    assert details.assign(workspace, [1, 2, 3], 1, Role.RELATED, giving) == 1
    assert workspace.outline.lead(1) == "市民活動推進課"
    assert parts(workspace, 3) == [[], ["市民活動推進課"]]


def test_a_section_is_taken_out_of_all_or_where_it_has_one_part(workspace, other):
    details.assign(workspace, [3], 1, Role.RELATED)
    assert details.unassign(workspace, [1, 2, 3], 1, Role.RELATED) == 1
    assert workspace.undo_label == "関係課から「市民活動推進課」を外す"
    assert details.unassign(workspace, [1, 2, 3], 1) == 2
    assert [workspace.outline.lead(each) for each in (1, 2)] == ["", ""]
    assert workspace.undo_label == "担当から「市民活動推進課」を外す（2件）"


def test_taking_out_a_section_that_is_not_there_is_no_step(workspace):
    details.unassign(workspace, [1], 1)
    assert workspace.undo_label is None


def test_an_action_that_is_gone_is_told(workspace):
    with pytest.raises(GoneError, match="既に削除されています"):
        edits.set_note(workspace, 999, "メモ")


def actors(workspace, action_id):
    return [each.actor_id for each in workspace.outline.action_actors.get(action_id, ())]


def principles(workspace, action_id):
    return [each.principle_id for each in workspace.outline.action_principles.get(action_id, ())]


def test_an_action_has_exactly_the_actors_it_is_given(workspace):
    details.set_links(workspace, [1], action_fields.ACTORS, [1, 2])
    details.set_links(workspace, [1], action_fields.ACTORS, [2, 5])
    assert actors(workspace, 1) == [2, 5]
    workspace.undo()
    assert actors(workspace, 1) == [1, 2]
    details.set_links(workspace, [1], action_fields.ACTORS, [])
    assert actors(workspace, 1) == []


def test_several_actions_get_one_more_and_keep_their_own(workspace):
    details.set_links(workspace, [1], action_fields.PRINCIPLES, [1])
    details.set_links(workspace, [2], action_fields.PRINCIPLES, [2])
    details.set_links(workspace, [1, 2, 2], action_fields.PRINCIPLES, [3], among=[3])
    assert (principles(workspace, 1), principles(workspace, 2)) == ([1, 3], [2, 3])
    details.set_links(workspace, [1, 2], action_fields.PRINCIPLES, [], among=[2, 3])
    assert (principles(workspace, 1), principles(workspace, 2)) == ([1], [])


def test_what_an_action_has_already_is_no_step(workspace):
    details.set_links(workspace, [1], action_fields.ACTORS, [1])
    before = workspace.outline
    details.set_links(workspace, [1], action_fields.ACTORS, [1])
    assert workspace.outline is before


def test_no_action_is_linked_where_one_is_gone(workspace):
    with pytest.raises(GoneError):
        details.set_links(workspace, [1, 999], action_fields.ACTORS, [1])
    assert actors(workspace, 1) == []
