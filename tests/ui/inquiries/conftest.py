"""The window with a plan whose actions have sections, and their forms in a folder."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest

from tests.builders import Clock, opened
from tests.ui.driving import dialog, run
from tests.ui.inquiries.hands import sent, share_out


@pytest.fixture(scope="session")
def shared_master(sample_master, tmp_path_factory):
    """The sample in which three sections lead."""
    path = shutil.copy(sample_master, tmp_path_factory.mktemp("shared_out") / "計画.kyodo")
    with closing(opened(path, Clock())) as plan:
        share_out(plan.workspace)
    return path


@pytest.fixture(scope="session")
def sent_master(shared_master, tmp_path_factory):
    """The same with forms sent to the three, and the files of the forms, by section."""
    path = shutil.copy(shared_master, tmp_path_factory.mktemp("sent") / "計画.kyodo")
    with closing(opened(path, Clock())) as plan:
        return path, sent(plan.workspace, path.parent / "回答")


@pytest.fixture
def sample_file(request, sample_file):
    """The plan as far as the test wants it, instead of the sample as it is."""
    wanted = request.fixturenames
    if "forms" in wanted:
        path, _ = request.getfixturevalue("sent_master")
        return shutil.copy(path, sample_file)
    if "shared_out" in wanted:
        return shutil.copy(request.getfixturevalue("shared_master"), sample_file)
    return sample_file


@pytest.fixture
def shared_out(window):
    """The workspace of a plan in which three sections lead."""
    return window.plan.workspace


@pytest.fixture
def forms(sent_master, shared_out, tmp_path):
    """The files that were sent, by section."""
    _, files = sent_master
    folder = tmp_path / "回答"
    folder.mkdir()
    return {section: shutil.copy(file, folder / file.name) for section, file in files.items()}


@pytest.fixture
def look_at(window, qtbot):
    """Let the window read files and return the review."""

    def look_at(*paths):
        with qtbot.waitSignal(window.features.answers.read):
            window.features.answers.take_dropped(paths)
        return dialog(window)

    return look_at


@pytest.fixture
def take(window, qtbot):
    """Press a button that takes answers in, and wait until all is looked at anew."""

    def take(name):
        shown = dialog(window)
        qtbot.waitUntil(lambda: shown.current is not None)  # filled a turn after `read`
        with (
            qtbot.waitSignal(window.features.answers.taken),
            qtbot.waitSignal(window.features.answers.read),
        ):
            getattr(shown, f"_{name}").click()

    return take


@pytest.fixture
def inquiry(window, shared_out):
    """The dialog that asks whom to ask."""
    run(window, "inquiry")
    return dialog(window)
