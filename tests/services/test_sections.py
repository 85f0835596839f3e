"""The list of sections (担当課)."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import InvalidInputError, RefusedError
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.vocabulary import UseCount
from kyodo_desktop.services import details, progress, rounds, vocabularies
from kyodo_desktop.services.vocabularies import uses_of_sections


def names(workspace):
    return [each.name for each in workspace.outline.sections.values()]


def test_a_section_is_added_at_the_end_and_renamed_wherever_it_stands(workspace):
    section_id = vocabularies.add_section(workspace, " 総務課 ")
    details.assign(workspace, [1], section_id, Role.LEAD)
    vocabularies.rename_section(workspace, section_id, "総務部総務課")
    assert names(workspace) == ["市民活動推進課", "総務部総務課"]
    assert workspace.outline.lead(1) == "総務部総務課"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "「担当課名」が空です"),
        ("市民活動推進課", "「担当課名」の「市民活動推進課」は既にあります"),
        ("課" * 101, "「担当課名」が長すぎます"),
    ],
)
def test_a_name_is_checked(workspace, name, words):
    other = vocabularies.add_section(workspace, "総務課")
    before = workspace.outline
    with pytest.raises(InvalidInputError, match=words):
        vocabularies.add_section(workspace, name)
    with pytest.raises(InvalidInputError, match=words):
        vocabularies.rename_section(workspace, other, name)
    assert workspace.outline is before


def test_the_same_name_again_is_no_step(workspace):
    vocabularies.rename_section(workspace, 1, " 市民活動推進課 ")
    assert workspace.undo_label is None


@pytest.mark.parametrize(("steps", "order"), [(1, "乙甲丙"), (5, "乙丙甲"), (-1, "甲乙丙")])
def test_a_section_moves_and_stays_at_either_end(workspace, steps, order):
    vocabularies.rename_section(workspace, 1, "甲")
    for name in "乙丙":
        vocabularies.add_section(workspace, name)
    vocabularies.move_section(workspace, 1, steps)
    assert "".join(names(workspace)) == order


def test_a_section_in_use_is_not_deleted_and_the_uses_are_counted(workspace):
    details.assign(workspace, [1, 2], 1, Role.RELATED)
    line = workspace.outline.lines[3][0]
    progress.set_line_section(workspace, line.id, 1)
    assert uses_of_sections(workspace) == {1: UseCount(3)}
    with pytest.raises(RefusedError, match="実行計画3件の担当になっているため"):
        vocabularies.delete_section(workspace, 1)
    details.unassign(workspace, [1, 2], 1)
    progress.set_line_section(workspace, line.id, None)
    vocabularies.delete_section(workspace, 1)
    assert names(workspace) == []
    workspace.undo()
    assert names(workspace) == ["市民活動推進課"]


def test_a_section_that_only_a_former_round_names_stays(workspace):
    progress.set_line_section(workspace, workspace.outline.lines[3][0].id, 1)
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    progress.set_line_section(workspace, workspace.outline.lines[3][0].id, None)
    assert uses_of_sections(workspace) == {1: UseCount(1)}
    with pytest.raises(RefusedError, match="前の調査で記入した課を含みます"):
        vocabularies.delete_section(workspace, 1)
