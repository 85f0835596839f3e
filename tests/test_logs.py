"""The log is a file of the user's that keeps itself small, and never stops the program."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from kyodo_desktop.logs import log_file, start_log


@contextmanager
def started() -> Iterator[logging.Logger]:
    """Start the log as a program does that nobody else has set up logging for."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    root.handlers = []
    start_log()
    try:
        yield root
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers = handlers
        root.setLevel(level)


def lines():
    return log_file().read_text(encoding="utf-8").splitlines()


def test_warnings_are_written_in_the_users_own_folder(own_home):
    with started() as root:
        root.warning("富里市")
        root.info("not so important")
    assert log_file().is_relative_to(own_home)
    (line,) = lines()
    assert line.endswith(" WARNING root: 富里市")


def test_nothing_to_say_makes_no_file():
    with started():
        pass
    assert not log_file().exists()


def test_starting_twice_writes_once():
    with started() as root:
        start_log()
        root.warning("once")
    assert len(lines()) == 1


def test_the_log_rotates_and_keeps_the_last_files():
    with started() as root:
        for number in range(80):
            root.warning("%d %s", number, "x" * 49_000)
    files = sorted(log_file().parent.iterdir())
    assert len(files) == 6
    assert all(file.stat().st_size <= 500_000 for file in files)
    assert " 79 xxx" in lines()[-1]


def test_a_folder_that_cannot_be_made_does_not_stop_the_program(own_home):
    own_home.write_text("in the way")
    with started() as root:
        root.warning("lost")
    assert not log_file().exists()


def test_a_program_without_sockets_still_writes_what_is_wrong(monkeypatch):
    monkeypatch.setitem(sys.modules, "logging.handlers", None)  # so that it cannot be imported
    with started() as root:
        root.error("_socket is missing")
    assert lines()[0].endswith("_socket is missing")
