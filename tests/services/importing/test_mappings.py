"""How a table was read is kept under a name."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import InvalidInputError
from kyodo_desktop.services.importing.mappings import save_mapping, saved_mappings


def test_a_mapping_takes_the_place_of_an_older_one_of_its_name(workspace):
    save_mapping(workspace, "進行管理表", "{}")
    save_mapping(workspace, "一覧", "[]")
    save_mapping(workspace, " 進行管理表\n", '{"a": 1}')
    assert [each[1:] for each in saved_mappings(workspace)] == [
        ("一覧", "[]"),
        ("進行管理表", '{"a": 1}'),
    ]
    workspace.undo()
    assert saved_mappings(workspace)[-1].body == "{}"


def test_a_mapping_needs_a_name(workspace):
    with pytest.raises(InvalidInputError, match="対応表の名前"):
        save_mapping(workspace, " ", "{}")
