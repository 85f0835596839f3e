"""What a report tells beside the plan itself."""

from __future__ import annotations

from kyodo_desktop.domain.reporting import Extra
from kyodo_desktop.services import opinions, structure
from kyodo_desktop.services.report_extras import gathered


def test_the_history_is_told_field_by_field_the_newest_first(workspace):
    term = workspace.outline.roots[0]
    top = workspace.outline.children[term][0]
    title = workspace.outline.title(top)
    structure.rename(workspace, top, "環境")
    opinions.set_opinion(workspace, top, "評価する")
    opinion, name, *_, first = gathered(workspace, {Extra.HISTORY}).history
    assert (opinion.item, opinion.field, opinion.new) == ("委員会意見", "追加", "環境 評価する")
    assert (name.item, name.field, name.old, name.new) == ("見出し", "名称", title, "環境")
    assert (first.step, first.field) == (first.step, "")


def test_only_what_is_wanted_is_read(workspace):
    assert gathered(workspace, ()).history == ()
