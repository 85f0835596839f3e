"""What an action says of itself: texts, dates, 今後の方向性 and sections."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import GoneError, InvalidInputError
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details
from kyodo_desktop.services.sections import add_section

TEXTS = {
    "内容": (details.set_description, lambda outline: outline.actions[1].description),
    "備考": (details.set_note, lambda outline: outline.actions[1].note),
    "今後の方向性": (details.set_outlook_text, lambda outline: outline.outlooks[1].text),
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
    details.set_due(workspace, 1, typed)
    assert workspace.outline.actions[1].due == due
    details.set_due(workspace, 1, "")
    assert workspace.outline.actions[1].due is None


def test_a_due_month_that_is_none_is_refused(workspace):
    with pytest.raises(InvalidInputError, match="「完了予定」の「未定」は年月として"):
        details.set_due(workspace, 1, "未定")


def test_the_first_year_lies_in_the_calendar(workspace):
    details.set_start(workspace, 1, 2012)
    with pytest.raises(InvalidInputError, match="「開始年度」は1868～2200年度"):
        details.set_start(workspace, 1, 24)
    assert workspace.outline.actions[1].start_fiscal_year == 2012
    details.set_start(workspace, 1, None)
    assert workspace.outline.actions[1].start_fiscal_year is None


def test_a_direction_is_chosen_for_several_actions_in_one_step(workspace):
    details.set_direction(workspace, [1, 2, 1], 3)
    assert {key: each.direction_id for key, each in workspace.outline.outlooks.items()} == {
        1: 3,
        2: 3,
    }
    workspace.undo()
    assert workspace.outline.outlooks == {}


def test_an_outlook_that_says_nothing_any_more_is_none(workspace):
    details.set_direction(workspace, [1], 3)
    details.set_outlook_text(workspace, 1, "続ける")
    details.set_direction(workspace, [1], None)
    assert workspace.outline.outlooks[1].text == "続ける"
    details.set_outlook_text(workspace, 1, "")
    assert workspace.outline.outlooks == {}
    details.set_direction(workspace, [1], None)
    assert workspace.undo_label == "今後の方向性を入力"


def test_sections_lead_or_take_part(workspace):
    other = add_section(workspace, "総務課")
    details.assign(workspace, [1, 2, 1], 1, Role.LEAD)
    details.assign(workspace, [1], other, Role.RELATED)
    assert workspace.outline.lead(1) == workspace.outline.lead(2) == "市民活動推進課"
    details.assign(workspace, [1], other, Role.LEAD)
    assert workspace.outline.lead(1) == "市民活動推進課、総務課"
    details.unassign(workspace, [1, 2], 1)
    assert [workspace.outline.lead(each) for each in (1, 2)] == ["総務課", ""]
    assert workspace.undo_label == "担当から「市民活動推進課」を外す"


def test_taking_out_a_section_that_is_not_there_is_no_step(workspace):
    details.unassign(workspace, [1], 1)
    assert workspace.undo_label is None


def test_an_action_that_is_gone_is_told(workspace):
    with pytest.raises(GoneError, match="既に削除されています"):
        details.set_note(workspace, 999, "メモ")
