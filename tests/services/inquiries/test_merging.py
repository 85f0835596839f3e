"""Whatever both sides wrote: taking an answer in gives the plain merge of the three.

Random edits change the plan while random answers are written; then all that does not clash
is accepted, and each cell is what three lines of Python say it should be.
"""

from __future__ import annotations

import shutil
from contextlib import closing

from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.replies.form import LINE_FIELDS
from kyodo_desktop.services import details, progress
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.inquiries.accepting import accept, review
from kyodo_desktop.services.inquiries.asking import reply_forms
from tests import edits
from tests.builders import opened
from tests.effort import examples
from tests.services.inquiries.answers import (
    DIRECTION,
    DUE,
    NOTE,
    OUTLOOK,
    SENT_AT,
    STATUS,
    TEXT,
    came_back,
    sent,
)

ACTIONS = [1, 2, 3, 4, 5]
TEXTS = st.sampled_from(["", "開設した", "続ける", "二行\nの文", "28年3月予定"])
VALUES = {
    STATUS: st.sampled_from(["✓", "◇", "・", ""]),
    TEXT: TEXTS,
    DUE: st.sampled_from(["", "2016-03", "2017-03"]),
    DIRECTION: st.sampled_from(["", "継続", "拡充"]),
    OUTLOOK: TEXTS,
    NOTE: TEXTS,
}
ASKED_ABOUT = {STATUS, TEXT, OUTLOOK, NOTE}
"""Fields that nobody empties without being asked."""


def by_cell(rows):
    """Return values by action, line (0 for what stands once for an action) and field."""
    return {
        (row.action_id, row.line_id if field in LINE_FIELDS else 0, field): value
        for row, cells in rows
        for field, value in cells.items()
    }


def values_now(workspace):
    """Return every cell of the form as the plan has it now."""
    (form,) = reply_forms(workspace, [1], "2026-11-20", "", SENT_AT)
    return by_cell((row, row.values) for row in form.rows)


def edit_at_random(data, workspace):
    """Let the lead section write something in one of the actions."""
    outline = workspace.outline
    action_id = data.draw(st.sampled_from(ACTIONS))
    line = data.draw(st.sampled_from(outline.lines[action_id]))
    field = data.draw(st.sampled_from(list(VALUES)))
    value = data.draw(VALUES[field])
    statuses = {each.mark: each.id for each in outline.statuses.values()}
    directions = {each.label: each.id for each in outline.directions.values()}
    match field.name:
        case "status":
            progress.set_line_status(workspace, line.id, statuses.get(value))
        case "text":
            progress.set_line_text(workspace, line.id, value)
        case "due":
            edits.set_due(workspace, action_id, value)
        case "direction":
            edits.set_direction(workspace, [action_id], directions.get(value))
        case "outlook":
            edits.set_outlook_text(workspace, action_id, value)
        case _:
            edits.set_note(workspace, action_id, value)


def answered_at_random(data, answer):
    """Let a section write something into any of its cells, and sort the rows."""
    rows = []
    for row in data.draw(st.permutations(answer.rows)):
        fields = data.draw(
            st.sets(st.sampled_from([each for each in VALUES if each in row.cells]))
        )
        cells = {**row.cells, **{field: data.draw(VALUES[field]) for field in fields}}
        rows.append(row._replace(row=len(rows) + 6, cells=cells))
    return answer._replace(rows=tuple(rows))


def merged(before, now, answer, field):
    """Return what one cell should be when all is accepted that nobody has to decide."""
    if not answer and field in ASKED_ABOUT:
        return now
    return now if answer == before else (answer if now == before else now)


@examples(
    quick=4,
    deep=150,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_an_answer_and_the_plan_are_merged(sample_master, tmp_path, clock, data):
    file = shutil.copy(sample_master, tmp_path / "計画.kyodo")
    with closing(opened(file, clock)) as plan:
        workspace = plan.workspace
        details.assign(workspace, ACTIONS, 1, Role.LEAD)
        progress.add_line(workspace, 1, "二行目")
        answer = answered_at_random(data, came_back(sent(workspace, [1])[0]))
        before = values_now(workspace)
        for _ in range(data.draw(st.integers(0, 12))):
            edit_at_random(data, workspace)
        workspace.end_typing()
        now, whole = values_now(workspace), dump(workspace)
        written = by_cell((row, row.cells) for row in answer.rows)
        found = review(workspace, answer)
        differing = {(each.action_id, each.line_id, each.field) for each in found.differences}
        assert differing == {
            cell for cell in before if written[cell] not in (before[cell], now[cell])
        }
        accept(workspace, found, found.defaults)
        assert values_now(workspace) == {
            cell: merged(before[cell], now[cell], written[cell], cell[2]) for cell in before
        }
        assert review(workspace, answer).defaults == frozenset()
        workspace.undo()
        assert dump(workspace) == whole
