"""A heading or a term: its title and its number."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget


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
