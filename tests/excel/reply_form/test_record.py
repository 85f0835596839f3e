"""What the hidden sheet keeps, and which versions of it can still be read."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import ReadingError
from kyodo_desktop.excel.reply_form.record import MARK, read_record, record_rows
from tests.excel.reply_form.forms import FORM


def test_a_form_of_now_has_ticks_and_one_of_the_first_version_has_none():
    rows = record_rows(FORM)
    now, first = read_record("a", rows), read_record("a", [[MARK, "1"], *rows[1:]])
    assert (now.has_ticks, first.has_ticks) == (True, False)
    assert first._replace(has_ticks=True) == now
    assert (now.key, now.section, now.sent) == (FORM.key, FORM.section, FORM.rows)


@pytest.mark.parametrize("head", [[MARK, "3"], [MARK], ["何か", "2"]])
def test_a_form_of_a_later_version_is_refused(head):
    with pytest.raises(ReadingError, match="新しいバージョン"):
        read_record("a", [head, *record_rows(FORM)[1:]])
