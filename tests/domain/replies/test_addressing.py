"""To whom a form is addressed."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.plan import Addressee
from kyodo_desktop.domain.replies.addressing import Contact, addressed


@pytest.mark.parametrize(
    ("section", "shown"),
    [
        ("市民活動推進課", "市民活動推進課長　様"),
        (" 総務部 危機管理室 ", "総務部 危機管理室長　様"),
        ("農業委員会事務局", "農業委員会事務局長　様"),
        ("図書館", "図書館長　様"),
        ("地域包括支援センター", "地域包括支援センター長　様"),
        ("消防本部", "消防本部　御中"),
        ("教育委員会", "教育委員会　御中"),
        ("企画課・財政課", "企画課・財政課　御中"),
        ("企画・財政課", "企画・財政課長　様"),
        ("全課", "全課　御中"),
        ("関係各課", "関係各課　御中"),
    ],
)
def test_a_head_is_called_by_the_name_of_the_section_where_there_is_such_a_title(section, shown):
    assert addressed(section, Addressee.HEAD) == shown
    assert addressed(section, Addressee.SECTION) == f"{section.strip()}　御中"


def test_what_a_contact_lacks_is_left_out():
    assert Contact("総務課", "", "0476-00-0000").text == "総務課　電話 0476-00-0000"
    assert Contact().text == ""
