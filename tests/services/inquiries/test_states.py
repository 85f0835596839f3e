"""回答状況: who was asked, who answered, who is late, and the mail to those who are waited for."""

from __future__ import annotations

from kyodo_desktop.domain.plan import Addressee
from kyodo_desktop.domain.replies.addressing import Contact
from kyodo_desktop.services import plan_settings, vocabularies
from kyodo_desktop.services.inquiries.accepting import accept, record_received, review
from kyodo_desktop.services.inquiries.asking import (
    inquiry_states,
    record_sent,
    reminder_text,
    reply_forms,
)
from tests.services.inquiries.answers import SENT_AT, came_back, sent


def labels(workspace, today="2026-11-20"):
    return [(each.section.name, each.state.label) for each in inquiry_states(workspace, today)]


def test_each_step_of_an_inquiry_has_its_word(workspace, lead, other):
    vocabularies.add_section(workspace, "財政課")  # leads in nothing, so nobody can ask it
    assert labels(workspace) == [("市民活動推進課", "未発送"), ("総務課", "未発送")]
    first, second = sent(workspace, [lead, other])
    assert labels(workspace) == [("市民活動推進課", "発送済"), ("総務課", "発送済")]
    assert labels(workspace, "2026-11-21") == [
        ("市民活動推進課", "期限超過"),
        ("総務課", "期限超過"),
    ]
    record_received(workspace, [came_back(first)])
    accept(workspace, review(workspace, came_back(second)), ())
    assert labels(workspace, "2026-11-21") == [
        ("市民活動推進課", "回答あり"),
        ("総務課", "取込済"),
    ]


def test_a_newer_answer_and_a_newer_sending_are_waited_for_again(workspace, lead, clock):
    (form,) = sent(workspace, [lead])
    accept(workspace, review(workspace, came_back(form)), ())
    clock.time = clock.time.replace(day=24)
    record_received(workspace, [came_back(form, file="回答（訂正）.xlsx", digest="2")])
    (state,) = inquiry_states(workspace, "2026-11-20")
    assert (state.state.label, state.answer_file) == ("回答あり", "回答（訂正）.xlsx")
    sent(workspace, [lead], due_on="2026-12-10", sent_at="2026-11-25T09:00:00+09:00")
    (state,) = inquiry_states(workspace, "2026-11-25")
    assert (state.state.label, state.sendings, state.due_on) == ("発送済", 2, "2026-12-10")


def test_the_mail_names_those_who_are_waited_for(workspace, lead, other):
    first, _ = sent(workspace, [lead, other])
    record_received(workspace, [came_back(first)])
    text = reminder_text(workspace, inquiry_states(workspace, "2026-11-21"))
    assert "総務課　御中" in text
    assert "「協働のまちづくり推進計画」の進捗状況の照会（平成27年度）" in text
    assert "・総務課（令和8年11月2日発送、回答期限 令和8年11月20日）" in text
    assert "市民活動推進課" not in text
    assert "ある場合は、ご連絡ください。" in text


def test_the_mail_calls_a_head_as_the_form_did_and_says_whom_to_call(workspace, lead):
    settings = plan_settings.plan_settings(workspace.outline)
    contact = Contact("企画課", "山田", "0476-1")
    plan_settings.set_plan_settings(workspace, settings._replace(contact=contact))
    forms = reply_forms(workspace, [lead], "2026-11-20", "", SENT_AT, addressee=Addressee.HEAD)
    record_sent(workspace, forms)
    text = reminder_text(workspace, inquiry_states(workspace, "2026-11-21"))
    assert "市民活動推進課長　様" in text
    assert "照会元までご連絡ください" in text
    assert text.endswith("照会元　企画課　山田　電話 0476-1")


def test_where_nobody_is_waited_for_there_is_no_mail(workspace, lead):
    assert reminder_text(workspace, inquiry_states(workspace, "2026-11-20")) == ""
