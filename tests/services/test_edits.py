"""Whatever is edited in whatever order: what is in memory is what is in the file.

Random sequences of all edits run on the sample plan. After each, the outline in memory equals
a fresh read of the file and the counts equal a fresh count; undoing everything gives the plan
of the beginning, doing everything again that of the end.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import fields

from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from kyodo_desktop.domain.counting import Tally
from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.domain.nodes import heading_node, is_placement
from kyodo_desktop.domain.refresh import actions_touched
from kyodo_desktop.services import details, plan_settings, replacing, vocabularies
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.importing import updating
from kyodo_desktop.services.inquiries import accepting, asking, collecting
from kyodo_desktop.store.reading import read_outline
from tests.builders import opened
from tests.effort import examples
from tests.services.random_edits import EDITS, SERVICES, edit_at_random

QUESTIONS = {
    *("compared", "compared_with", "saved_mappings", "record_before", "preview_deletion"),
    *("compare_days", "compare_revisions", "compare_rounds", "compare_steps", "compare_terms"),
    *("changed_by_revision", "uses_of_principles", "uses_of_statuses", "uses_of_directions"),
    *("before_after_of_revision", "before_after_of_terms", "before_after_of_days"),
    *("uses_of_sections", "uses_of_actors", "mapping_for"),
    *(
        "review",
        "inquiry_states",
        "reminder_text",
        "sections_waited_for",
        "plan_key",
        "last_sent",
        "inquiries",
    ),
    *("askable_sections", "shared_actions", "unasked_actions", "reply_forms"),
    *("unanswered", "actions_asked_of"),
}


def expect_same_as_in_the_file(workspace):
    with workspace.reading() as connection:
        fresh = read_outline(connection, getattr(workspace.outline.round, "name", None))
    for field in fields(fresh):
        known, read = getattr(workspace.outline, field.name), getattr(fresh, field.name)
        assert known == read, field.name
    for name in ("statuses", "sections", "terms", "principles", "actors", "directions"):
        assert list(getattr(workspace.outline, name)) == list(getattr(fresh, name))


def following(workspace):
    """Keep a tally up with the workspace, and return a function that gives it."""
    tallies = [Tally(workspace.outline)]

    def move_on(changes):
        if changes.whole:
            tallies.append(Tally(workspace.outline))
            return
        headings = {heading_node(row.id) for row in changes.rows if row.table == "heading"}
        tallies[-1].move_on(workspace.outline, actions_touched(changes), headings)

    workspace.subscribe(move_on)
    return lambda: tallies[-1]


def expect_same_counts(newest, outline):
    tally, fresh = newest(), Tally(outline)
    for root in outline.roots:
        for node in (root, *outline.below(root)):
            if not is_placement(node):
                assert tally.under(node) == fresh.under(node)


@examples(
    quick=2,
    deep=100,
    phases=[Phase.generate],  # shrinking would take minutes; the steps are few as they are
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_memory_and_file_agree_after_every_edit_undo_and_redo(
    sample_master, tmp_path, clock, data
):
    file = shutil.copy(sample_master, tmp_path / "計画.kyodo")
    with closing(opened(file, clock)) as plan:
        expect_agreement(data, plan.workspace)


def expect_agreement(data, workspace):
    tally, first = following(workspace), dump(workspace)
    for _ in range(data.draw(st.integers(8, 16))):
        before = workspace.outline
        try:
            edit_at_random(data, workspace)
        except PlanError:
            assert workspace.outline is before
        expect_same_as_in_the_file(workspace)
        expect_same_counts(tally, workspace.outline)
    last = dump(workspace)
    while workspace.undo():
        expect_same_as_in_the_file(workspace)
    expect_same_counts(tally, workspace.outline)
    assert dump(workspace) == first
    while workspace.redo():
        expect_same_as_in_the_file(workspace)
    expect_same_counts(tally, workspace.outline)
    assert dump(workspace) == last


def test_every_edit_of_every_service_is_tried():
    tried = {edit for edit, *_ in EDITS}
    edits = {
        function
        for service in SERVICES
        for name, function in vars(service).items()
        if callable(function)
        and getattr(function, "__module__", "") == service.__name__
        and "workspace" in getattr(function, "__annotations__", {})
        and not name.startswith("_")
        and name not in QUESTIONS
    }
    # These take whole lists, forms or answers, which `random_edits` draws up for them.
    assert edits - tried == {
        asking.record_sent,
        replacing.replace_texts,
        updating.take_update,
        accepting.accept,
        accepting.record_received,
        collecting.collect,
        plan_settings.set_plan_settings,
        vocabularies.set_statuses,
        vocabularies.set_directions,
        details.set_value,  # by the edit of each field
    }
