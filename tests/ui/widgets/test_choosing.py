"""A place is chosen among the headings; one that cannot be says why."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QListWidget, QTreeWidget

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.services.moving import refusal
from kyodo_desktop.ui.widgets.choosing import ChooseActionDialog, ChooseHeadingDialog
from tests.builders import node_of


@pytest.fixture
def outline(workspace):
    return workspace.outline


@pytest.fixture
def dialog(qtbot, outline):
    moved = node_of(outline, "市民活動保険の導入")
    dialog = ChooseHeadingDialog(outline, "移す先は？", partial(refusal, outline, [moved]))
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


@pytest.fixture
def choose(dialog, outline):
    tree = dialog.findChild(QTreeWidget, "headings")

    def choose(title):
        exactly = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        [item] = tree.findItems(outline.label(node_of(outline, title)), exactly)
        tree.setCurrentItem(item)

    return choose


@pytest.fixture
def ok(dialog):
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)


def test_a_heading_is_chosen(dialog, choose, ok, qtbot, outline):
    choose("活動拠点の整備")
    with qtbot.waitSignal(dialog.accepted):
        ok.click()
    assert dialog.chosen == node_of(outline, "活動拠点の整備")


def test_at_first_the_first_possible_place_is_chosen(dialog, outline):
    assert dialog.chosen == node_of(outline, "環境づくり")


def test_a_place_that_cannot_be_says_why_and_is_not_given(dialog, choose, ok):
    choose("前期")
    assert dialog.findChild(QLabel, "reason").text() == "実行計画は見出しの下に置いてください。"
    assert dialog.chosen is None
    assert not ok.isEnabled()
    dialog.accept()
    assert dialog.isVisible()
    choose("活動拠点の整備")
    assert ok.isEnabled()


def test_actions_are_no_places(dialog, outline):
    tree = dialog.findChild(QTreeWidget, "headings")
    shown = tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    headings = [
        node
        for root in outline.roots
        for node in (root, *outline.below(root))
        if not is_placement(node)
    ]
    assert len(shown) == len(headings)


def test_the_list_of_actions_and_its_search_have_names_for_those_who_do_not_see_them(
    qtbot, outline
):
    dialog = ChooseActionDialog(outline, "どれ", lambda _: "")
    qtbot.addWidget(dialog)
    search = dialog.findChild(QLineEdit)
    assert dialog.findChild(QListWidget).accessibleName() == "実行計画"
    assert (search.accessibleName(), search.placeholderText()) == ("名称の一部で絞り込み",) * 2
