"""The whole plan, all rounds of it, as plain data for other programs and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.interchange import json_form, whole_plan
from kyodo_desktop.domain.tables import HISTORY
from kyodo_desktop.store.whole_rows import read_whole

if TYPE_CHECKING:
    from kyodo_desktop.services.workspace import Workspace


def dump(workspace: Workspace) -> dict[str, Any]:
    """Return the plan as JSON values: statuses by their mark, sections and rounds by name."""
    with workspace.reading() as connection:
        whole = whole_plan.WholePlan(read_whole(connection, without=HISTORY))
    return json_form.nested(whole, workspace.outline)
