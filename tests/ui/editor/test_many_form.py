"""Several actions are given the same in one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details, progress, vocabularies
from tests import edits
from tests.builders import action_of
from tests.edits import names_in

TITLES = ("市民活動支援基金の創設", "地域づくり協議会の検討", "ボランティア貯金の研究")


@pytest.fixture
def ids(workspace, choose):
    choose(*TITLES, "環境づくり")
    return [action_of(workspace.outline, title) for title in TITLES]


def test_what_is_chosen_is_named(find, ids):
    text = find("chosen").text()
    assert text.startswith("実行計画 3件（ほかに見出し 1件：変更の対象になりません）")
    assert all(title in text for title in TITLES)


def test_of_many_only_the_first_are_named(pane, find, workspace):
    pane.show_nodes([placement_node(placement) for placement in workspace.outline.placements])
    assert find("chosen").text().startswith("実行計画 32件")
    assert find("chosen").text().endswith("ほか 24件")


def test_a_status_is_given_to_all_in_one_step(find, ids, workspace):
    find("status_1").click()
    assert {workspace.outline.status(each).mark for each in ids} == {"✓"}
    assert find("status_1").isChecked()
    workspace.undo()
    assert {workspace.outline.status(each).mark for each in ids} == {"・"}


def test_a_key_gives_a_status_to_all(qtbot, find, ids, workspace):
    find("status_1").setFocus()
    qtbot.keyClick(find("status_1"), Qt.Key.Key_2)
    assert {workspace.outline.status(each).mark for each in ids} == {"◇"}


def test_only_a_common_status_is_shown_as_theirs(find, ids, workspace):
    assert find("status_3").isChecked()
    progress.set_status(workspace, ids[:1], 1)
    assert not any(find(f"status_{key}").isChecked() for key in (1, 2, 3))


def test_a_direction_is_given_to_all(find, ids, workspace):
    find("direction").activated.emit(1)
    chosen = {workspace.outline.outlooks[each].direction_id for each in ids}
    assert chosen == {next(iter(workspace.outline.directions))}
    edits.set_direction(workspace, ids[:1], None)
    assert find("direction").currentIndex() == -1


def test_a_section_is_given_to_all_with_its_part(find, ids, workspace):
    section_id = vocabularies.add_section(workspace, "企画課")
    find("role").setCurrentIndex(1)
    names = find("section_name")
    names.activated.emit(names.findText("企画課"))
    rows = [row for each in ids for row in workspace.outline.assignments[each]]
    assert [(row.section_id, row.role) for row in rows] == [(section_id, "related")] * 3


@pytest.fixture
def led(ids, workspace):
    """Two sections of which one leads in the first two actions, the other in the third."""
    led = [vocabularies.add_section(workspace, name) for name in ("ALPHA課", "BETA課")]
    details.assign(workspace, ids[:2], led[0], Role.LEAD)
    details.assign(workspace, ids[2:], led[1], Role.LEAD)
    details.assign(workspace, ids[:1], led[1], Role.RELATED)
    return led


@pytest.fixture
def pick(find):
    """Give the actions a section from the list: its part, what becomes of others, its name."""

    def pick(part, giving, name):
        for choice, wanted in (("role", part), ("giving", giving)):
            box = find(choice)
            box.setCurrentIndex(box.findText(wanted))
        names = find("section_name")
        names.activated.emit(names.findText(name))

    return pick


def leads(workspace, ids):
    return [workspace.outline.lead(each) for each in ids]


def helpers(workspace, ids):
    return [workspace.outline.section_names(each, Role.RELATED) for each in ids]


def test_it_is_shown_which_sections_have_which_part_in_how_many(find, led):
    alpha, beta = led
    assert find(f"share_{alpha}_lead").text() == "ALPHA課　主担当 2/3件"
    assert find(f"share_{beta}_lead").text() == "BETA課　主担当 1/3件"
    assert find(f"share_{beta}_related").text() == "BETA課　関係課 1/3件"


def test_what_no_section_leads_is_counted(find, ids, led, workspace, pane):
    details.unassign(workspace, ids[2:], led[1])
    assert find("without_lead").text() == "主担当なし 1/3件"
    details.assign(workspace, ids[2:], led[1], Role.LEAD)
    assert pane.findChild(QLabel, "without_lead").isHidden()


def test_a_lead_takes_the_place_of_those_before(find, ids, led, workspace, pick):
    assert find("giving").currentText() == "置き換える"
    pick("主担当", "置き換える", "BETA課")
    assert leads(workspace, ids) == ["BETA課"] * 3
    assert helpers(workspace, ids) == [[], [], []]
    assert workspace.undo_label == "主担当を「BETA課」に置き換える（2件）"
    told = "「BETA課」：2件を変更しました。1件は、変更の必要がありませんでした。"
    assert find("sections_outcome").text() == told
    workspace.undo()
    assert leads(workspace, ids) == ["ALPHA課", "ALPHA課", "BETA課"]
    assert "主担当は外れます" in find("sections_outcome").text()


def test_those_who_led_can_be_let_help(ids, led, workspace, pick):
    pick("主担当", "置き換えて、今の主担当は関係課に", "BETA課")
    assert leads(workspace, ids) == ["BETA課"] * 3
    assert helpers(workspace, ids) == [["ALPHA課"], ["ALPHA課"], []]


def test_a_second_lead_comes_only_where_it_is_chosen(find, ids, led, workspace, pick):
    pick("主担当", "加える", "BETA課")
    assert leads(workspace, ids) == ["ALPHA課、BETA課", "ALPHA課、BETA課", "BETA課"]


def test_help_is_added_to_what_is_there_unless_it_is_to_replace_it(
    find, ids, led, workspace, pick
):
    vocabularies.add_section(workspace, "GAMMA課")
    find("role").setCurrentIndex(1)
    assert find("giving").currentText() == "加える"
    pick("関係課", "加える", "GAMMA課")
    assert helpers(workspace, ids) == [["BETA課", "GAMMA課"], ["GAMMA課"], ["GAMMA課"]]
    pick("関係課", "置き換える", "ALPHA課")
    assert helpers(workspace, ids) == [["BETA課", "GAMMA課"], ["GAMMA課"], ["ALPHA課"]]
    assert leads(workspace, ids) == ["ALPHA課", "ALPHA課", "BETA課"]


def test_a_section_is_taken_out_of_all_in_one_step(qtbot, find, ids, led, workspace):
    chip = find(f"share_{led[0]}_lead")
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert leads(workspace, ids) == ["", "", "BETA課"]
    assert find("sections_outcome").text() == "「ALPHA課」を主担当から外しました（2件）。"
    workspace.undo()
    assert leads(workspace, ids) == ["ALPHA課", "ALPHA課", "BETA課"]


def test_one_of_the_sections_is_made_to_lead_all(find, ids, led, workspace):
    find(f"share_{led[0]}_lead").menu().actions()[0].trigger()
    assert leads(workspace, ids) == ["ALPHA課"] * 3
    texts = [each.text() for each in find(f"share_{led[0]}_lead").menu().actions()]
    assert "全件の主担当にする（今の主担当は外す）" not in texts


def test_of_many_sections_a_few_are_shown_at_first(find, ids, workspace, choose, pane):
    many = [vocabularies.add_section(workspace, f"{nth}課") for nth in range(13)]
    for each in many:
        details.assign(workspace, ids, each, Role.RELATED)
    assert find("more_sections").text() == "ほか3つを表示"
    assert pane.findChild(QPushButton, f"share_{many[-1]}_related") is None
    find("more_sections").click()
    assert find(f"share_{many[-1]}_related").text() == "12課　関係課 3/3件"


def test_where_nothing_may_be_changed_it_is_shown_but_not_offered(find, led, workspace, choose):
    workspace.read_only_because = "読み取り専用です。"
    choose(*TITLES)
    for name in (f"share_{led[0]}_lead", "role", "giving", "section_name"):
        assert not find(name).isEnabled()


def test_all_buttons_of_a_row_are_in_sight_when_the_pane_has_got_wider(
    qtbot, pane, find, workspace
):
    pane.show_nodes([placement_node(placement) for placement in workspace.outline.placements])
    for width in (320, 480):
        pane.resize(width, 300)  # so that the page scrolls
        qtbot.waitUntil(lambda width=width: find("many_form").width() == width)
        QApplication.processEvents()
        QApplication.processEvents()
    rows = [find("actors"), find("principles")]
    assert [row.height() for row in rows] == [
        row.layout().heightForWidth(row.width()) for row in rows
    ]


def test_headings_alone_can_be_given_nothing(choose, find):
    choose("環境づくり", "担い手づくり")
    assert not find("status_1").isEnabled()
    assert not find("direction").isEnabled()
    assert not find("section_name").isEnabled()


def test_one_of_the_actors_is_given_to_all_and_each_keeps_its_own(find, ids, workspace):
    details.set_links(workspace, ids[:1], action_fields.ACTORS, [5])
    find("actors_1").click()
    outline = workspace.outline
    assert [names_in(outline, each, action_fields.ACTORS) for each in ids] == [
        ["市民", "市"],
        ["市民"],
        ["市民"],
    ]
    assert find("actors_1").checkState() is Qt.CheckState.Checked
    assert find("actors_5").checkState() is Qt.CheckState.PartiallyChecked
    find("actors_1").click()
    assert names_in(workspace.outline, ids[0], action_fields.ACTORS) == ["市"]


def test_a_due_month_is_typed_for_all_in_one_step_and_counted(qtbot, pane, find, ids, workspace):
    edits.set_due(workspace, ids[0], "H28.3")
    assert (find("due").text(), find("due").placeholderText()) == ("", "混在")
    find("due").setFocus()
    find("due").setText("Ｈ２９．３")
    with qtbot.waitSignal(pane.done) as done:
        qtbot.keyClick(find("due"), Qt.Key.Key_Return)
    assert done.args == ["3件の完了予定を「平成29年3月」に変更しました。"]
    assert {workspace.outline.actions[each].due for each in ids} == {"2017-03"}
    assert find("due").text() == "平成29年3月"
    workspace.undo()
    assert workspace.outline.actions[ids[0]].due == "2016-03"
    assert workspace.outline.actions[ids[1]].due is None


def test_what_is_typed_for_all_is_given_when_the_field_is_left(pane, find, ids, workspace):
    find("due").setFocus()
    find("due").setText("H29.3")
    assert pane.unsaved()[0].text.text == "H29.3"
    find("status_1").setFocus()
    assert {workspace.outline.actions[each].due for each in ids} == {"2017-03"}


def test_what_cannot_be_read_stays_and_says_why(pane, find, ids, workspace):
    find("due").setFocus()
    find("due").setText("来年の春")
    assert not pane.commit()
    assert "H28.3" in find("error").text()
    assert {workspace.outline.actions[each].due for each in ids} == {None}


def test_the_year_of_the_start_is_given_to_all(qtbot, pane, find, ids, workspace):
    with qtbot.waitSignal(pane.done) as done:
        find("start_fiscal_year").activated.emit(2)
    assert done.args == ["3件の開始年度を「平成24年度」に変更しました。"]
    assert {workspace.outline.actions[each].start_fiscal_year for each in ids} == {2012}
    assert workspace.undo_label == "開始年度を変更（3件）"


def test_where_they_differ_it_is_said(pane, find, ids, workspace):
    def captions():
        return [each.text() for each in pane.findChildren(QLabel) if "混在" in each.text()]

    assert captions() == []
    progress.set_status(workspace, ids[:1], 1)
    edits.set_start(workspace, ids[0], 2012)
    assert captions() == ["状態　混在", "開始年度　混在"]
    assert find("start_fiscal_year").placeholderText() == "混在"


def test_only_those_that_were_changed_are_counted(qtbot, pane, find, ids, workspace):
    progress.set_status(workspace, ids[:1], 1)
    with qtbot.waitSignal(pane.done) as done:
        find("status_1").click()
    assert done.args == ["2件の状態を「✓ 完了」に変更しました。"]


def test_a_section_and_an_actor_are_counted_as_well(qtbot, pane, find, ids, led, workspace, pick):
    with qtbot.waitSignal(pane.done) as done:
        pick("主担当", "置き換える", "BETA課")
    assert done.args == ["2件の主担当を「BETA課」に変更しました。"]
    with qtbot.waitSignal(pane.done) as done:
        qtbot.keyClick(find(f"share_{led[1]}_lead"), Qt.Key.Key_Delete)
    assert done.args == ["3件の主担当から「BETA課」を外しました。"]
    had = ["市民" in names_in(workspace.outline, each, action_fields.ACTORS) for each in ids]
    with qtbot.waitSignal(pane.done) as done:
        find("actors_1").click()
    assert done.args == [f"{had.count(False)}件の主体に「市民」を追加しました。"]
    with qtbot.waitSignal(pane.done) as done:
        find("actors_1").click()
    assert done.args == ["3件の主体から「市民」を外しました。"]
