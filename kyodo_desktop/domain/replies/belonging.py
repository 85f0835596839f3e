"""Whether an answer belongs to this plan, this round and the newest form of its section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import day_label, moment_label
from kyodo_desktop.domain.replies.review import Remark, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Inquiry
    from kyodo_desktop.domain.replies.form import Answer


def misplaced(outline: Outline, plan_key: str, answer: Answer) -> str:
    """Return why nothing of an answer can be taken, or an empty text."""
    key, shown = answer.key, outline.round
    if key.plan != plan_key:
        return (
            f"別の計画「{answer.plan_title}」の回答票です。"
            "その計画のファイルを開いて取り込んでください。"
        )
    asked = outline.rounds.get(key.round_id)
    if asked is None:
        return f"この計画にない調査「{answer.round_name}」の回答票です（調査が削除されています）。"
    if asked.closed_at is not None:
        return (
            f"調査「{asked.name}」は確定済みのため、回答を取り込めません。"
            "取り込むときは、先に「調査」→「確定を解除」で開き直してください。"
        )
    if shown is None or shown.id != asked.id:
        return (
            f"調査「{asked.name}」の回答票です。今は「{shown.name if shown else 'なし'}」を"
            f"表示しています。「{asked.name}」に切り替えてから取り込んでください。"
        )
    if key.section_id not in outline.sections:
        return f"「{answer.section}」は、この計画の担当課から削除されています。"
    return ""


def file_remarks(
    outline: Outline, answer: Answer, inquiries: Sequence[Inquiry]
) -> Iterator[Remark]:
    """Yield what is to be said of the file of an answer that has its place in the plan."""
    section = outline.sections[answer.key.section_id].name
    asked = outline.rounds[answer.key.round_id].name
    for what, then, now in (
        ("担当課名", answer.section, section),
        ("調査名", answer.round_name, asked),
    ):
        if then != now:
            text = f"{what}は、発送したときは「{then}」でした。今は「{now}」です。"
            yield Remark(Severity.NOTE, text)
    if same := accepted_before(inquiries, answer):
        day = day_label((same.accepted_at or "")[:10])
        yield Remark(Severity.NOTE, f"このファイルは{day}に取り込み済みです。")
    newer = newest_sending(inquiries, answer)
    if newer > answer.key.sent_at:
        text = (
            f"{moment_label(answer.key.sent_at)}に発送した古い回答票です。"
            f"{moment_label(newer)}に送り直しています。古い方に記入された回答でよいか確かめてください。"
        )
        yield Remark(Severity.WARNING, text)
    elif newer < answer.key.sent_at:
        text = f"{moment_label(answer.key.sent_at)}の発送は、この計画に記録されていません。"
        yield Remark(Severity.NOTE, text)
    yield from (Remark(Severity.WARNING, text) for text in answer.remarks)


def newest_sending(inquiries: Sequence[Inquiry], answer: Answer) -> str:
    """Return when the newest form went out to the answer's section; empty if none is kept."""
    key = answer.key.round_id, answer.key.section_id
    mine = (each for each in inquiries if (each.round_id, each.section_id) == key)
    return max((each.sent_at or "" for each in mine), default="")


def accepted_before(inquiries: Sequence[Inquiry], answer: Answer) -> Inquiry | None:
    """Return the inquiry for which the very same file was taken in, if it was."""
    return next(
        (
            each
            for each in inquiries
            if each.accepted_at is not None and each.answer_hash == answer.hash
        ),
        None,
    )
