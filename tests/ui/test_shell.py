"""Each change of the plan reaches those whom it concerns."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.changes import ChangeSet, RowChange
from kyodo_desktop.ui.shell import ChangeRouter


def change(table):
    return ChangeSet("", (RowChange(table, 1, None, {"id": 1}),))


@pytest.fixture
def router():
    return ChangeRouter()


@pytest.fixture
def heard(router):
    """What was heard of rounds and terms."""
    heard = []
    router.follow(("round", "term"), lambda *each: heard.append(each))
    return heard


def test_a_change_of_another_table_is_not_heard(router, heard, workspace):
    router.dispatch(workspace.outline, change("progress"))
    assert heard == []


def test_a_change_is_heard_with_the_outline_before_it(router, heard, workspace):
    router.show_plan(workspace.outline)
    heard.clear()
    changes = change("term")
    router.dispatch(workspace.outline, changes)
    assert heard == [(changes, workspace.outline)]


def test_another_plan_concerns_everybody(router, heard, workspace):
    router.show_plan(workspace.outline)
    router.show_plan(None)
    assert [before for _, before in heard] == [None, workspace.outline]


def test_another_round_concerns_everybody(router, heard, workspace):
    router.dispatch(workspace.outline, ChangeSet("", (), whole=True))
    assert len(heard) == 1


def test_a_change_is_heard_once_whatever_it_changes(router, heard, workspace):
    rows = (*change("round").rows, *change("term").rows)
    router.dispatch(workspace.outline, ChangeSet("", rows))
    assert len(heard) == 1
