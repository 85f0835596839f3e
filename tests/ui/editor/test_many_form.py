"""Several actions are given the same in one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from kyodo_desktop.services import details, participants, progress, sections
from tests.builders import action_of

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
    pane.show_nodes([placement << 2 | 3 for placement in workspace.outline.placements])
    assert find("chosen").text().startswith("実行計画 32件")
    assert find("chosen").text().endswith("ほか 24件")


def test_a_status_is_given_to_all_in_one_step(find, ids, workspace):
    find("status_1").click()
    assert {workspace.outline.status(each).mark for each in ids} == {"✓"}
    assert find("status_1").isChecked()
    workspace.undo()
    assert {workspace.outline.status(each).mark for each in ids} == {"・"}


def test_a_key_gives_a_status_to_all(qtbot, find, ids, workspace):
    find("direction").setFocus()
    qtbot.keyClick(find("direction"), Qt.Key.Key_2)
    assert {workspace.outline.status(each).mark for each in ids} == {"◇"}


def test_only_a_common_status_is_shown_as_theirs(find, ids, workspace):
    assert find("status_3").isChecked()
    progress.set_status(workspace, ids[:1], 1)
    assert not any(find(f"status_{key}").isChecked() for key in (1, 2, 3))


def test_a_direction_is_given_to_all(find, ids, workspace):
    find("direction").activated.emit(1)
    chosen = {workspace.outline.outlooks[each].direction_id for each in ids}
    assert chosen == {next(iter(workspace.outline.directions))}
    details.set_direction(workspace, ids[:1], None)
    assert find("direction").currentIndex() == -1


def test_a_section_is_given_to_all_with_its_part(find, ids, workspace):
    section_id = sections.add_section(workspace, "企画課")
    find("role").setCurrentIndex(1)
    names = find("section_name")
    names.activated.emit(names.findText("企画課"))
    rows = [row for each in ids for row in workspace.outline.assignments[each]]
    assert [(row.section_id, row.role) for row in rows] == [(section_id, "related")] * 3


def test_headings_alone_can_be_given_nothing(choose, find):
    choose("環境づくり", "担い手づくり")
    assert not find("status_1").isEnabled()
    assert not find("direction").isEnabled()
    assert not find("section_name").isEnabled()


def test_one_of_the_actors_is_given_to_all_and_each_keeps_its_own(find, ids, workspace):
    participants.set_actors(workspace, ids[:1], [5])
    find("actors_1").click()
    outline = workspace.outline
    assert [outline.actor_names(each) for each in ids] == [["市民", "市"], ["市民"], ["市民"]]
    assert find("actors_1").isChecked()
    assert not find("actors_5").isChecked()
    find("actors_1").click()
    assert workspace.outline.actor_names(ids[0]) == ["市"]
