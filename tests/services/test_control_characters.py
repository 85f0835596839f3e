"""A file that holds what nobody sees is shown with signs, and kept as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from kyodo_desktop.domain.nodes import placement_node
from kyodo_desktop.domain.text_version import text_version
from kyodo_desktop.domain.texts import CONTROLS
from kyodo_desktop.excel.data_book import read_export, write_export
from kyodo_desktop.services import history, history_rewind, moving, progress, structure
from kyodo_desktop.services.interchange import whole_plan
from tests import edits
from tests.builders import Clock, opened
from tests.hostile import hostile_copy
from tests.services.interchange.full_plan import created

SIGNS = "〔U+202E〕逆〔U+2066〕〔U+2028〕〔U+0000〕"
ACTION = 1


@pytest.fixture(scope="module")
def hostile_master(full_master, tmp_path_factory):
    return hostile_copy(full_master, tmp_path_factory.mktemp("hostile") / "a.kyodo")


@pytest.fixture
def sample_file(hostile_master, tmp_path):
    path = tmp_path / "a.kyodo"
    path.write_bytes(hostile_master.read_bytes())
    return path


def stored(path, table="action", column="title"):
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute(f"SELECT id, {column} FROM {table}"))


def test_a_plan_is_shown_with_signs(workspace):
    outline = workspace.outline
    assert outline.actions[ACTION].title.endswith(SIGNS)
    assert outline.plan.title.endswith(SIGNS)
    assert outline.lines[ACTION][0].text.endswith(SIGNS)
    assert not any(CONTROLS.search(line) for line in text_version(outline))


def test_an_edit_elsewhere_keeps_the_signs_on_screen_and_the_characters_in_the_file(
    workspace, sample_file
):
    before = stored(sample_file), stored(sample_file, "heading")
    edits.set_due(workspace, ACTION, "H29.3")
    first = workspace.outline.children[workspace.outline.roots[0]][0]
    moving.shift(workspace, first, moving.Way.DOWN)
    assert workspace.outline.actions[ACTION].title.endswith(SIGNS)
    assert workspace.outline.title(first).endswith(SIGNS)
    assert (stored(sample_file), stored(sample_file, "heading")) == before
    assert before[0][ACTION].endswith("\u202e逆\u2066\u2028\0")


def test_a_text_that_comes_back_as_it_is_shown_is_no_edit(workspace, sample_file):
    outline, label = workspace.outline, workspace.undo_label
    before = stored(sample_file), stored(sample_file, "progress", "text")
    structure.rename(workspace, placement_node(ACTION), outline.actions[ACTION].title)
    assert workspace.undo_label == label
    line = next(line for lines in outline.lines.values() for line in lines)
    progress.set_line_text(workspace, line.id, line.text)
    assert (stored(sample_file), stored(sample_file, "progress", "text")) == before


def test_undo_brings_back_the_characters_of_the_file(workspace, sample_file):
    before = stored(sample_file)
    structure.rename(workspace, placement_node(ACTION), "別の名前")
    assert stored(sample_file) != before
    workspace.undo()
    assert stored(sample_file) == before
    assert workspace.outline.actions[ACTION].title.endswith(SIGNS)


def test_the_history_and_the_past_are_shown_with_signs(workspace):
    first = history_rewind.newest_step(workspace)
    structure.rename(workspace, placement_node(ACTION), "別の名前")
    for entry in history.entries(workspace):
        assert not CONTROLS.search(entry.label + entry.author)
    assert not CONTROLS.search(workspace.undo_label)
    assert history_rewind.outline_at(workspace, first).actions[ACTION].title.endswith(SIGNS)


@pytest.mark.parametrize("suffix", [".json", ".csv", ".xlsx"])
def test_the_export_of_data_brings_the_characters_back(sample_file, tmp_path, suffix):
    export, again = tmp_path / f"a{suffix}", tmp_path / "b.kyodo"
    write_export(whole_plan(sample_file), export)
    created(read_export(export), again)
    assert stored(again) == stored(sample_file)
    with closing(opened(again, Clock())) as plan:
        assert plan.workspace.outline.plan.title.endswith(SIGNS)
