"""What goes into a report is kept under names."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import GoneError, InvalidInputError
from kyodo_desktop.services.report_choices import (
    delete_report_choice,
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
