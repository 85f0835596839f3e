"""A window that only reads comes to the same plan as one that reads the file anew."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from kyodo_desktop.domain.assembly import assembled
from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.services import checking
from kyodo_desktop.store.fence import read_session
from kyodo_desktop.store.news import read_news
from kyodo_desktop.store.reading import load_round, read_tables
from tests import edits
from tests.builders import opened
from tests.effort import examples
from tests.services import random_edits

DOINGS = ("edit", "edit", "edit", "undo", "redo", "type", "confirm")


def do_something(data, workspace):
    match data.draw(st.sampled_from(DOINGS)):
        case "undo":
            workspace.undo()
        case "redo":
            workspace.redo()
        case "type":
            edits.set_note(workspace, 1, data.draw(random_edits.TEXTS))
        case "confirm":
            found = [each for each in checking.check(workspace) if each.note is None]
            checking.confirm(workspace, found[0].finding, "確認") if found else None
        case _:
            random_edits.edit_at_random(data, workspace)


def read_on(workspace):
    fence, shown = workspace.fence, workspace.outline.round
    with workspace.reading() as connection:
        if read_session(connection) == fence.seen:
            return
        round_id = shown.id if shown else None
        news = read_news(connection, fence.newest, fence.seen.commits, round_id)
    workspace.read_on(news)


def read_anew(workspace):
    with workspace.reading() as connection:
        shown = workspace.outline.round
        return load_round(
            connection, assembled(read_tables(connection)), shown.id if shown else None
        )


@examples(
    quick=12,
    deep=400,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.generate, Phase.shrink),
)
@given(data=st.data())
def test_whatever_is_edited_a_reader_comes_to_what_the_file_says(
    sample_master, tmp_path_factory, clock, data
):
    file = Path(shutil.copy(sample_master, tmp_path_factory.mktemp("news")))
    writer, reader = opened(file, clock), opened(file, clock, read_only=True)
    try:
        for _ in range(data.draw(st.integers(1, 4))):
            for _ in range(data.draw(st.integers(1, 3))):
                with suppress(PlanError):
                    do_something(data, writer.workspace)
            read_on(reader.workspace)
            assert reader.workspace.outline == read_anew(reader.workspace)
            rounds = list(reader.workspace.outline.rounds)
            if rounds and data.draw(st.booleans()):
                reader.workspace.show_round(data.draw(st.sampled_from(rounds)))
    finally:
        writer.close()
        reader.close()
