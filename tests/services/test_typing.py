"""Text is saved every second while it is typed, and is one step to undo."""

from __future__ import annotations

from kyodo_desktop.services.history import entries, revert_operation
from tests import edits


def note(workspace):
    return workspace.outline.actions[1].note


def steps(workspace):
    return len(entries(workspace, limit=2000))


def test_typing_on_is_one_step_that_goes_from_the_first_to_the_last_text(workspace):
    before = steps(workspace)
    for text in ("メ", "メモ", "メモを書く"):
        edits.set_note(workspace, 1, text)
    assert steps(workspace) == before + 1
    (row,) = entries(workspace)[0].rows
    assert (row.before, row.after) == ({"note": ""}, {"note": "メモを書く"})
    workspace.undo()
    assert note(workspace) == ""


def test_another_field_or_the_end_of_typing_begins_a_new_step(workspace):
    edits.set_note(workspace, 1, "一")
    workspace.end_typing()
    edits.set_note(workspace, 1, "二")
    edits.set_description(workspace, 1, "内容")
    edits.set_note(workspace, 1, "三")
    found = []
    while workspace.undo():
        found.append(note(workspace))
    assert found == ["二", "二", "一", ""]


def test_typing_back_to_the_first_text_leaves_no_step(workspace):
    before = steps(workspace)
    for text in ("メ", "メモ", ""):
        edits.set_note(workspace, 1, text)
    assert (workspace.undo_label, steps(workspace)) == (None, before)


def test_after_an_undo_typing_begins_a_new_step(workspace):
    edits.set_note(workspace, 1, "一")
    edits.set_start(workspace, 1, 2015)
    workspace.undo()
    edits.set_note(workspace, 1, "二")
    workspace.undo()
    assert note(workspace) == "一"


def test_typing_back_what_the_history_took_back_and_gave_again_is_a_step(workspace):
    edits.set_note(workspace, 1, "一")
    revert_operation(workspace, entries(workspace)[0].id)
    workspace.undo()
    edits.set_note(workspace, 1, "")
    assert note(workspace) == ""
    workspace.undo()
    assert note(workspace) == "一"
