"""Whatever comes back in a file: it is looked at without a failure, and taken in or refused."""

from __future__ import annotations

import shutil
from contextlib import closing

from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.domain.replies.form import FORM_FIELDS, AnswerRow
from kyodo_desktop.services import details, progress
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.inquiries.accepting import accept, review
from tests.builders import opened
from tests.effort import examples
from tests.services.inquiries.answers import came_back, sent
from tests.services.test_edits import expect_same_as_in_the_file

TYPED = st.one_of(
    st.sampled_from(["", " ", "✓", "完", "H28.3", "✓ 一つ\n・ 二つ\n", "\0", "\ud800", "十〇年"]),
    st.text(st.characters(), max_size=8),
)
IDS = st.integers(0, 4)
TITLES = st.sampled_from(["", "市民活動ブースの設置", "別の取組", "\n"])
ROWS = st.builds(
    AnswerRow,
    st.integers(1, 9),
    IDS,
    IDS,
    st.sampled_from(["", "①", "②"]),
    TITLES,
    st.dictionaries(st.sampled_from(FORM_FIELDS), TYPED),
    unread=st.frozensets(st.sampled_from(FORM_FIELDS)),
)


@examples(
    quick=5,
    deep=250,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(ROWS, max_size=8))
def test_no_answer_makes_it_fail(sample_master, tmp_path, clock, rows):
    file = shutil.copy(sample_master, tmp_path / "計画.kyodo")
    with closing(opened(file, clock)) as plan:
        workspace = plan.workspace
        details.assign(workspace, [1, 2, 3], 1, Role.LEAD)
        progress.delete_line(workspace, workspace.outline.lines[3][0].id)
        answer = came_back(sent(workspace, [1])[0])._replace(rows=tuple(rows))
        before = dump(workspace)
        found = review(workspace, answer)
        assert dump(workspace) == before
        accept(workspace, found, [each.id for each in found.differences])
        expect_same_as_in_the_file(workspace)
        workspace.undo()
        assert dump(workspace) == before
