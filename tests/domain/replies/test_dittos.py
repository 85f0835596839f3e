"""同上 and its like say what the row above says in the same column."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.replies.answers import is_ditto, without_dittos
from kyodo_desktop.domain.replies.form import Severity
from tests.excel.reply_form.forms import FORM
from tests.services.inquiries.answers import DUE, STATUS, TEXT, came_back, filled


@pytest.mark.parametrize("text", ["同上", "〃", " 〃 ", "同　上", "（同上）", "″", "上に同じ"])
def test_the_words_for_it(text):
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["", "同上の理由で見送った", "・", "同じく実施", "ー"])
def test_what_is_none(text):
    assert not is_ditto(text)


def test_it_is_put_in_place_through_several_rows_and_told():
    answer = filled(came_back(FORM), 0, text="開設した", due="H29.3")
    answer = filled(filled(answer, 1, text="〃"), 2, text="同上", due="同上")
    rows, remarks = without_dittos(answer)
    assert [row.cells.get(TEXT) for row in rows[:3]] == ["開設した"] * 3
    assert rows[2].cells[DUE] == "H29.3"
    assert [(each.severity, each.row) for each in remarks] == [
        (Severity.NOTE, 7),
        (Severity.NOTE, 8),
        (Severity.NOTE, 8),
    ]
    assert (
        remarks[2].text
        == "8行目：「完了予定」の「同上」は、6行目の「H29.3」と同じとして読みました。"
    )


def test_below_nothing_it_could_not_be_read():
    rows, (remark,) = without_dittos(filled(came_back(FORM), 0, status="〃"))
    assert STATUS not in rows[0].cells
    assert remark.is_unread


def test_what_was_sent_so_stays():
    first, second, *rest = FORM.rows
    sent = second._replace(values=second.values | {TEXT: "同上"})
    answer = came_back(FORM._replace(rows=(first, sent, *rest)))
    assert without_dittos(answer).rows[1].cells[TEXT] == "同上"
    assert not without_dittos(answer).remarks
