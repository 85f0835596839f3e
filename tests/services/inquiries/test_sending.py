"""That forms were sent is kept, a section a row, and can be undone."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.plan import Addressee
from kyodo_desktop.services import details, rounds, vocabularies
from kyodo_desktop.services.dump import dump
from kyodo_desktop.services.inquiries.asking import inquiries, record_sent, reply_forms
from tests.services.inquiries.answers import SENT_AT, sent

LATER = "2026-11-09T09:00:00+09:00"


def test_what_was_sent_is_kept_as_one_step(workspace, lead, other):
    sent(workspace, [lead, other])
    assert workspace.undo_label == "照会を発送：2課"
    kept = dump(workspace)["inquiries"]
    assert [(each["section"], each["sent_at"], each["due_on"]) for each in kept] == [
        ("市民活動推進課", SENT_AT, "2026-11-20"),
        ("総務課", SENT_AT, "2026-11-20"),
    ]
    assert kept[0]["covering"] == "ご回答をお願いします。"
    workspace.undo()
    assert dump(workspace)["inquiries"] == []


def test_to_whom_a_form_was_addressed_is_kept_with_its_sending(workspace, lead):
    (form,) = reply_forms(workspace, [lead], "2026-11-20", "", SENT_AT, addressee=Addressee.HEAD)
    record_sent(workspace, [form])
    assert [each.addressee for each in inquiries(workspace)] == [Addressee.HEAD]


def test_a_section_may_be_asked_again(workspace, lead):
    sent(workspace, [lead])
    assert workspace.undo_label == "照会を発送：市民活動推進課"
    sent(workspace, [lead], sent_at=LATER)
    assert [each["sent_at"] for each in dump(workspace)["inquiries"]] == [SENT_AT, LATER]


def test_the_same_sending_is_kept_once(workspace, lead):
    forms = sent(workspace, [lead])
    record_sent(workspace, [forms[0]._replace(due_on="2026-11-27")])
    assert [each["due_on"] for each in dump(workspace)["inquiries"]] == ["2026-11-27"]


def test_nothing_sent_is_no_step(workspace):
    record_sent(workspace, [])
    assert workspace.undo_label is None


def test_forms_of_another_round_are_not_kept_in_this_one(workspace, lead):
    forms = sent(workspace, [lead])
    rounds.open_round(workspace, "平成28年度", 2016, "2016-10-31")
    with pytest.raises(RefusedError, match="調査を選び直して"):
        record_sent(workspace, forms)


def test_a_section_that_was_asked_stays_in_the_list(workspace, lead, other):
    idle = vocabularies.add_section(workspace, "財政課")
    vocabularies.delete_section(workspace, idle)
    sent(workspace, [other])
    for action_id in (1, 4):
        details.unassign(workspace, [action_id], other)
    with pytest.raises(RefusedError, match="照会の記録がある"):
        vocabularies.delete_section(workspace, other)
