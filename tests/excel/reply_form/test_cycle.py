"""From the plan to a workbook and back: only what a section wrote is a difference."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details
from kyodo_desktop.services.inquiries.accepting import review
from kyodo_desktop.services.inquiries.asking import record_sent, reply_forms
from tests.excel.reply_form.forms import (
    DIRECTION,
    DUE,
    FIRST_ROW,
    OUTLOOK,
    STATUS,
    TEXT,
    Returned,
)


@pytest.fixture
def returned(workspace, tmp_path):
    """The form of the sample's section, which leads in everything, as it was sent."""
    details.assign(workspace, list(workspace.outline.actions), 1, Role.LEAD)
    [form] = reply_forms(workspace, [1], "2015-11-20", "お願いします。", "2015-11-02T09:00:00")
    record_sent(workspace, [form])
    return Returned(tmp_path, form)


def differences(workspace, returned):
    found = review(workspace, returned.read())
    assert [each.text for each in found.warnings] == []
    return {(each.row, each.field): each.answer.value for each in found.differences}


def test_an_untouched_form_changes_nothing(workspace, returned):
    returned.tick(FIRST_ROW)
    assert differences(workspace, returned) == {}


def test_what_was_written_is_all_that_differs(workspace, returned):
    returned.type(FIRST_ROW, STATUS, "完了")
    returned.type(FIRST_ROW, TEXT, "平成28年3月に開設した。\n")
    returned.type(FIRST_ROW, DUE, "Ｈ２８．３")
    returned.type(FIRST_ROW + 1, DIRECTION, "継続")
    returned.type(FIRST_ROW + 1, OUTLOOK, "=引き続き進める")
    returned.sheet.cell(FIRST_ROW + 1, returned.column(OUTLOOK.form.label)).data_type = "s"
    assert differences(workspace, returned) == {
        (FIRST_ROW, STATUS): "✓",
        (FIRST_ROW, TEXT): "平成28年3月に開設した。",
        (FIRST_ROW, DUE): "2016-03",
        (FIRST_ROW + 1, DIRECTION): "継続",
        (FIRST_ROW + 1, OUTLOOK): "=引き続き進める",
    }
