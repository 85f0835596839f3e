"""Who wrote last is known from the file itself, whatever became of the lock."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import OvertakenError
from kyodo_desktop.store.fence import Fence, Newest, Seen, read_session


def write(connection, fence):
    number = fence.count(connection)
    connection.commit()
    fence.commit(Newest(1, "k", number))


def test_a_window_counts_on_from_what_it_saw_last(connection):
    fence = Fence("a", read_session(connection))
    for _ in range(3):
        write(connection, fence)
    assert read_session(connection) == fence.seen == Seen("a", 3)
    assert fence.is_ours(Seen("a", 3))


def test_a_window_that_was_overtaken_writes_nothing_more(connection):
    seen = read_session(connection)
    first, second = Fence("a", seen), Fence("b", seen)
    write(connection, first)
    with pytest.raises(OvertakenError, match=r"別のウィンドウ.*入力中の文は残して"):
        write(connection, second)
    assert read_session(connection) == Seen("a", 1)
    assert not second.is_ours(Seen("a", 1))


def test_a_commit_whose_answer_was_lost_is_known_as_ones_own(connection):
    fence = Fence("a", read_session(connection))
    write(connection, fence)
    fence.count(connection)
    connection.commit()
    assert fence.is_ours(read_session(connection))
    assert not fence.is_ours(Seen("b", 2))
