"""The small steps that the edits share."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import GoneError
from kyodo_desktop.services.rows import fetch, next_to
from kyodo_desktop.store.fetching import fetch_where
from kyodo_desktop.store.tables import ActionRow, ProgressRow


def test_a_new_sibling_stands_behind_another_or_at_the_end():
    assert next_to([1, 2, 3], 9, after=1) == [1, 9, 2, 3]
    assert next_to([1, 2, 3], 9, after=None) == [1, 2, 3, 9]
    assert next_to([1, 2, 3], 9, after=7) == [1, 2, 3, 9]


def test_rows_are_fetched_by_any_number_of_values(workspace):
    with workspace.transact("読む") as session:
        assert len(fetch_where(session, ProgressRow, action_id=range(2000))) == 33
        assert fetch_where(session, ProgressRow, action_id=[]) == []
        assert fetch(session, ActionRow, 1).title == "市民活動ブースの設置"
        with pytest.raises(GoneError):
            fetch(session, ActionRow, 2000)
