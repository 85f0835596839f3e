"""主体 and 基本原則 of one action are switched on and off."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kyodo_desktop.domain import action_fields
from kyodo_desktop.services import plan_settings
from tests.builders import action_of
from tests.edits import names_in

TITLE = "市民活動支援基金の創設"


def test_an_actor_and_a_principle_are_switched_on_and_off(choose, find, workspace):
    choose(TITLE)
    action_id = action_of(workspace.outline, TITLE)
    find("actors_1").click()
    find("actors_3").click()
    find("principles_2").click()
    outline = workspace.outline
    assert names_in(outline, action_id, action_fields.ACTORS) == ["市民", "市民活動団体"]
    assert names_in(outline, action_id, action_fields.PRINCIPLES)[0].startswith("②")
    find("actors_1").click()
    assert names_in(workspace.outline, action_id, action_fields.ACTORS) == ["市民活動団体"]
    workspace.undo()
    assert find("actors_1").isChecked()


def test_a_plan_without_them_does_not_show_them(choose, find, pane, workspace):
    settings = plan_settings.plan_settings(workspace.outline)
    plan_settings.set_plan_settings(workspace, settings._replace(actors=(), principles=()))
    choose(TITLE)
    find("action_title")
    assert not any(each.isVisible() for each in pane.findChildren(QWidget, "actors"))
    assert not any(each.isVisible() for each in pane.findChildren(QWidget, "principles"))
