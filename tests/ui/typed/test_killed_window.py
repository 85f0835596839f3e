"""A window that is killed a second after a keystroke has lost nothing of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import effort
from tests.builders import node_of
from tests.ui.driving import outline
from tests.ui.typed.hands import press, rows
from tests.ui.typed.typing_window import TYPED

ROOT = Path(__file__).parents[3]
SECOND = 1.0
pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support"),
    pytest.mark.skipif(os.name == "nt", reason="SIGKILL"),
]


def type_and_kill(plan, kind):
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ui.typed.typing_window", plan, kind],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as window:
        try:
            assert window.stdout.readline() == b"typed\n"
            time.sleep(SECOND)
        finally:
            window.kill()


@pytest.fixture
def left(sample_file, offered):
    """Type, kill, and return what is then offered: field and text."""

    def left(kind):
        copy = sample_file.with_name("同じ計画.kyodo")
        copy.write_bytes(sample_file.read_bytes())
        type_and_kill(copy, kind)
        copy.unlink()  # while it is there, what was typed into it waits for it
        shown = offered()
        return shown, dict(row[1:3] for row in rows(shown))

    return left


def test_a_section_typed_a_second_before_is_offered(left):
    _, texts = left("section")
    assert texts == {"担当課": TYPED}


@pytest.mark.skipif(not effort.DEEP, reason="a second window takes its time")
def test_a_name_typed_in_the_tree_a_second_before_is_offered_and_put_back(window, left):
    shown, texts = left("title")
    assert texts == {"名称": TYPED}
    press(shown, "put")
    assert outline(window).title(node_of(outline(window), TYPED))


@pytest.mark.skipif(not effort.DEEP, reason="a third one as well")
def test_what_was_typed_into_a_dialog_a_second_before_is_offered(left):
    _, texts = left("dialog")
    assert texts == {"調査名": TYPED}
