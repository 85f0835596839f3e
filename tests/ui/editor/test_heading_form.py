"""A heading or a term: its title, its number, and how far what is below it has come."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from kyodo_desktop.services import progress
from kyodo_desktop.ui.editor.heading_form import counts_below
from tests.builders import action_of, node_of


def counts(find):
    """Return the rows of the table as they are read."""
    texts = [each.text() for each in find("status_counts").findChildren(QLabel) if each.text()]
    return [tuple(texts[start : start + 3]) for start in range(0, len(texts), 3)]


def test_the_whole_plan_counts_placements_and_actions(choose, find):
    choose("前期")
    assert counts(find) == [
        ("状態", "掲載数（再掲を含む）", "実行計画数"),
        ("✓ 完了", "6", "5"),
        ("◇ 完了の目途", "7", "7"),
        ("・ 継続中", "21", "20"),
        ("計", "34", "32"),
    ]


def test_the_counts_follow_an_edit(choose, find, workspace):
    choose("環境づくり")
    assert counts(find)[-1] == ("計", "7", "7")
    progress.set_status(workspace, [action_of(workspace.outline, "市民活動支援基金の創設")], 1)
    assert counts(find)[1] == ("✓ 完了", "3", "3")


def test_what_has_no_mark_is_counted_too(workspace):
    outline = workspace.outline
    progress.delete_line(
        workspace, outline.lines[action_of(outline, "市民活動支援基金の創設")][0].id
    )
    rows = list(counts_below(workspace.outline, node_of(workspace.outline, "環境づくり")))
    assert rows[-2:] == [("未記入", 1, 1), ("計", 7, 7)]


def test_a_title_is_changed(pane, choose, find, workspace):
    (node,) = choose("環境づくり")
    find("heading_title").setText("環境の整備")
    pane.commit()
    assert workspace.outline.title(node) == "環境の整備"


def test_a_number_is_typed_and_automatic_again(pane, choose, find, workspace):
    (node,) = choose("環境づくり")
    number = find("heading_number")
    assert number.placeholderText() == "空欄なら自動（今は 1）"
    number.setText("Ａ")
    pane.commit()
    assert workspace.outline.number(node) == "Ａ"
    number.setText("")
    pane.commit()
    assert workspace.outline.number(node) == "1"


def test_a_term_has_a_name_and_no_number(pane, choose, find, workspace):
    (node,) = choose("前期")
    assert not pane.findChild(QWidget, "heading_number").isVisible()
    find("heading_title").setText("前期計画")
    pane.commit()
    assert workspace.outline.title(node) == "前期計画"


@pytest.mark.parametrize("title", ["前期", "環境づくり"])
def test_one_heading_after_another_shows_its_own(choose, find, title):
    choose("担い手づくり")
    choose(title)
    assert find("heading_title").text() == title
