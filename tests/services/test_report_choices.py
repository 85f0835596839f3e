"""What goes into a report is kept under names."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import GoneError, InvalidInputError
from kyodo_desktop.services.report_choices import (
    delete_report_choice,
    rename_report_choice,
    save_report_choice,
    saved_report_choices,
)


def test_a_choice_takes_the_place_of_an_older_one_of_its_name_until_it_is_deleted(workspace):
    save_report_choice(workspace, "部長用", "{}")
    save_report_choice(workspace, "公開用", "{}")
    save_report_choice(workspace, " 部長用\n", '{"a": 1}')
    kept = [("公開用", "{}"), ("部長用", '{"a": 1}')]
    assert [each[1:] for each in saved_report_choices(workspace)] == kept
    delete_report_choice(workspace, "公開用")
    assert [each[1:] for each in saved_report_choices(workspace)] == kept[1:]
    with pytest.raises(GoneError, match="「公開用」"):
        delete_report_choice(workspace, "公開用")
    workspace.undo()
    assert [each[1:] for each in saved_report_choices(workspace)] == kept
    with pytest.raises(InvalidInputError, match="「設定の名前」が空です"):
        save_report_choice(workspace, " ", "{}")


def test_a_choice_gets_another_name_that_no_other_has(workspace):
    for name in ("部長用", "公開用"):
        save_report_choice(workspace, name, "{}")
    rename_report_choice(workspace, "部長用", " 課長用 ")
    rename_report_choice(workspace, "公開用", "公開用")
    assert [each.name for each in saved_report_choices(workspace)] == ["公開用", "課長用"]
    with pytest.raises(InvalidInputError, match="「公開用」は、既に使われています"):
        rename_report_choice(workspace, "課長用", "公開用")
    with pytest.raises(GoneError, match="「部長用」"):
        rename_report_choice(workspace, "部長用", "別名")
    workspace.undo()
    assert [each.name for each in saved_report_choices(workspace)] == ["公開用", "部長用"]
