"""A row that becomes the first below another one is drawn, however it came there."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from kyodo_desktop.domain.next_term import editing
from kyodo_desktop.domain.nodes import term_node
from kyodo_desktop.domain.pasting import PastedAction
from kyodo_desktop.domain.plan import Choice
from kyodo_desktop.services import moving, next_term, pasting, removing, rounds, structure

EMPTY, NEW = "空の見出し", "最初の行"


@pytest.fixture
def empty(pane, workspace):
    """A heading with nothing below it, in a plan that was opened again since."""
    node = structure.add_heading(workspace, term_node(1), EMPTY)
    pane.show_plan(workspace)
    return node


def is_drawn(hands, title=NEW, above=EMPTY):
    """Tell whether the row has a place of its own in the view, right below the other one."""
    QApplication.processEvents()
    rows = [hands.index(each) for each in (above, title)]
    higher, own = (hands.view.visualRect(index) for index in rows)
    return own.height() > 0 and own.top() == higher.bottom() + 1


def add(workspace, empty):
    structure.add_action(workspace, empty, NEW)


def paste(workspace, empty):
    pasting.paste_actions(workspace, empty, [PastedAction(NEW)])


def add_a_heading(workspace, empty):
    structure.add_heading(workspace, empty, NEW)


def move(workspace, empty):
    node = structure.add_action(workspace, workspace.outline.children[term_node(1)][0], NEW)
    moving.move(workspace, [node], empty)


def undo_a_deletion(workspace, empty):
    node = structure.add_action(workspace, empty, NEW)
    removing.delete(workspace, [node])
    workspace.undo()


def take_back_and_do_again(workspace, empty):
    structure.add_action(workspace, empty, NEW)
    workspace.undo()
    workspace.redo()


def see_another_round(workspace, empty):
    structure.add_action(workspace, empty, NEW)
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")


@pytest.mark.parametrize(
    "come",
    [add, paste, add_a_heading, move, undo_a_deletion, take_back_and_do_again, see_another_round],
)
def test_the_first_row_below_a_heading_is_drawn(hands, workspace, empty, come):
    come(workspace, empty)
    assert is_drawn(hands)


def test_it_is_drawn_after_a_search_as_well(hands, workspace, empty):
    hands.search("ブース")
    add(workspace, empty)
    hands.search("")
    assert is_drawn(hands)


def test_it_is_drawn_where_everything_was_opened(hands, workspace, empty):
    hands.pane.expand_all()
    add(workspace, empty)
    assert is_drawn(hands)


def test_the_first_heading_of_an_empty_term_is_drawn(hands, workspace):
    structure.add_heading(workspace, term_node(2), NEW)
    assert is_drawn(hands, above="後期")


def test_the_headings_of_the_next_term_are_drawn(hands, workspace):
    outline, draft = workspace.outline, next_term.proposed(workspace)
    # Few, because Qt's tester looks through the whole model after each row.
    kept = {list(outline.ancestors(outline.home(each)))[-2]: each for each in draft.dispositions}
    draft = editing.choose(draft, draft.dispositions, Choice.DROP)
    next_term.draw_up(workspace, editing.choose(draft, kept.values(), Choice.CONTINUE))
    QApplication.processEvents()
    model = hands.view.model()
    term = model.index_of(term_node(2))
    assert model.rowCount(term) == 5
    for row in range(5):
        assert hands.view.visualRect(model.index(row, 0, term)).height() > 0


def test_the_last_row_that_goes_leaves_nothing_to_open(hands, workspace, empty):
    add(workspace, empty)
    hands.view.collapse(hands.index(EMPTY))
    workspace.undo()
    QApplication.processEvents()
    assert not hands.view.isExpanded(hands.index(EMPTY))
    add(workspace, empty)
    assert not hands.view.isExpanded(hands.index(EMPTY)), "what the user closed stays closed"
