"""Every form of export brings every plan back, whatever its texts are."""

from __future__ import annotations

import tempfile
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.excel.data_book import read_export, write_export
from kyodo_desktop.services import history
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.interchange import whole_plan
from tests.builders import Clock, opened
from tests.effort import examples
from tests.services.interchange.full_plan import created
from tests.services.interchange.wholes import wholes
from tests.services.random_edits import edit_at_random

SUFFIXES = (".json", ".csv", ".xlsx")


@pytest.fixture(scope="session")
def base(full_master):
    return whole_plan(full_master)


@pytest.mark.parametrize("suffix", SUFFIXES)
@examples(quick=1, deep=30, phases=[Phase.generate])
@given(data=st.data())
def test_every_text_comes_back(base, suffix, data):
    whole = data.draw(wholes(base))
    with tempfile.TemporaryDirectory() as folder:
        file, plan = Path(folder, f"計画{suffix}"), Path(folder, "計画.kyodo")
        write_export(whole, file)
        created(read_export(file), plan)
        assert whole_plan(plan).tables == whole.tables


@pytest.mark.parametrize("suffix", SUFFIXES)
@examples(quick=1, deep=20, phases=[Phase.generate])
@given(data=st.data())
def test_what_was_edited_at_random_comes_back_with_its_history(sample_master, suffix, data):
    with tempfile.TemporaryDirectory() as folder:
        source, file, target = (Path(folder, f"a{end}") for end in (".kyodo", suffix, "b.kyodo"))
        source.write_bytes(sample_master.read_bytes())
        with closing(opened(source, Clock())) as plan:
            for _ in range(12):
                with suppress(PlanError):
                    edit_at_random(data, plan.workspace)
            before, steps = said(plan.workspace)
            write_export(whole_plan(source), file)
        created(read_export(file), target)
        with closing(opened(target, Clock())) as plan:
            assert said(plan.workspace) == (before, steps)


def said(workspace):
    return dump(workspace), history.entries(workspace, limit=10_000)
