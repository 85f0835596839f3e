"""A mail that asks for the answers that have not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import day_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyodo_desktop.domain.replies.states import InquiryState


def reminder_text(plan_title: str, round_name: str, states: Sequence[InquiryState]) -> str:
    """Return the mail for those of the sections that are waited for; else an empty text."""
    waited = [each for each in states if each.state.is_waited_for]
    if not waited:
        return ""
    return "\n".join(
        (
            f"件名：【再度のお願い】「{plan_title}」進捗状況の照会（{round_name}）について",
            "",
            f"{'、'.join(each.section.name for each in waited)}　御中",
            "",
            "いつもお世話になっております。",
            f"「{plan_title}」の進捗状況の照会（{round_name}）につきまして、"
            "次のとおり回答票をお送りしておりますが、ご回答をまだ確認できておりません。",
            "",
            *map(_asked, waited),
            "",
            "お忙しいところ誠に恐れ入りますが、お手元の回答票（Excel）にご記入のうえ、"
            "ご返送くださいますようお願いいたします。",
            "回答票が見当たらない場合や、ご不明な点がある場合は、ご連絡ください。",
            "なお、行き違いで既にご回答いただいておりましたら、ご容赦ください。",
        )
    )


def _asked(state: InquiryState) -> str:
    sent = f"{day_label(state.sent_at[:10])}発送" if state.sent_at else ""
    due = f"回答期限 {day_label(state.due_on)}" if state.due_on else ""
    return f"・{state.section.name}（{'、'.join(filter(None, (sent, due)))}）"
