"""Which row that came back answers which that was sent, and whether the answer belongs here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kyodo_desktop.domain.fiscal_year import day_label, moment_label
from kyodo_desktop.domain.replies import answers, form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Inquiry


Comparing = Callable[[form.FormRow, form.AnswerRow], bool]


_Key = tuple[int, int]


class Matching:
    """The rows of an answer, in their order in the sheet, and what is to be said of them."""

    def __init__(self, answer: form.Answer, is_as_sent: Comparing) -> None:
        self.remarks: list[form.Remark] = []
        self._sent = {(row.action_id, row.line_id): row for row in answer.sent}
        self._is_as_sent = is_as_sent
        rows = sorted(answer.rows, key=lambda row: row.row)
        self._keyed = self._by_key(rows)
        self.matches = sorted(
            [*self._of_keyed(), *self._of_others(rows)], key=lambda match: match.row.row
        )
        self._tell_missing()

    def _by_key(self, rows: list[form.AnswerRow]) -> dict[_Key, list[form.AnswerRow]]:
        found: dict[_Key, list[form.AnswerRow]] = {}
        for row in rows:
            if not row.action_id:
                continue
            key = row.action_id, row.line_id
            if key in self._sent:
                found.setdefault(key, []).append(row)
            else:
                self._warn(
                    row,
                    f"{form.name_of(row)}は、この回答票で照会した行ではありません"
                    "（別の回答票から貼り付けられた可能性があります）。この行は取り込みません。",
                    is_unread=True,
                )
        return found

    def _of_keyed(self) -> Iterator[form.Match]:
        for key, rows in self._keyed.items():
            sent = self._sent[key]
            if len(rows) == 1:
                yield form.Match(sent, rows[0])
                continue
            kept = next((row for row in rows if self._is_as_sent(sent, row)), None)
            first = kept or rows[0]
            others = [row for row in rows if row is not first and not _same(row, first)]
            yield form.Match(sent, first, is_guess=bool(others) and kept is None)
            for row in others:
                self._warn(
                    row,
                    f"{first.row}行目と同じ{form.name_of(sent)}の行です（行がコピーされています）。"
                    "追加の行として示します。取り込むものを選んでください。",
                )
                yield form.Match(sent, row, is_new=True, is_guess=True)

    def _of_others(self, rows: list[form.AnswerRow]) -> Iterator[form.Match]:
        """Yield the rows without a key that say something, where one can tell whose they are."""
        above: form.FormRow | None = None
        for row in rows:
            if row.action_id:
                above = self._sent.get((row.action_id, row.line_id), above)
            elif any(text.strip() for text in row.cells.values()):
                match = self._named(row) if row.title.strip() else self._inserted(row, above)
                if match is not None:
                    above = match.sent
                    yield match

    def _named(self, row: form.AnswerRow) -> form.Match | None:
        """Find the row by its title, and by its number where several have the title."""
        title, number = answers.plain(row.title), answers.plain(row.number)
        alike = [each for each in self._sent.values() if answers.plain(each.title) == title]
        if len({each.action_id for each in alike}) > 1:
            alike = [each for each in alike if answers.plain(each.number) == number]
        if len({each.action_id for each in alike}) != 1:
            self._warn(
                row,
                f"{form.name_of(row)}が、どの実行計画の回答か分かりません。この行は取り込みません。"
                "必要なときは、計画に直接入力してください。",
                is_unread=True,
            )
            return None
        free = [each for each in alike if (each.action_id, each.line_id) not in self._keyed]
        if not free:
            self._warn(
                row,
                f"{form.name_of(row)}の追加の行として読みました。取り込むものを選んでください。",
            )
            return form.Match(alike[0], row, is_new=True, is_guess=True)
        self._keyed[free[0].action_id, free[0].line_id] = [row]
        name = form.name_of(free[0])
        remark = f"行の目印がなくなっていたため、名称から{name}の回答として読みました。"
        self.remarks.append(form.Remark(form.Severity.NOTE, f"{row.row}行目：{remark}", row.row))
        return form.Match(free[0], row)

    def _inserted(self, row: form.AnswerRow, above: form.FormRow | None) -> form.Match | None:
        if above is None:
            self._warn(
                row,
                "挿入された行で、どの実行計画の回答か分かりません。この行は取り込みません。",
                is_unread=True,
            )
            return None
        self._warn(
            row,
            f"挿入された行です。上の{form.name_of(above)}の追加の行として示します。"
            "取り込むものを選んでください。",
        )
        return form.Match(above, row, is_new=True, is_guess=True)

    def _tell_missing(self) -> None:
        missing = [row for key, row in self._sent.items() if key not in self._keyed]
        if missing and not self._keyed:
            text = "回答の行が1つも見つかりません。今の内容はそのままです。"
            self.remarks.append(form.Remark(form.Severity.WARNING, text, is_unread=True))
            return
        for row in missing:
            text = (
                f"{form.name_of(row)}の行がありません（回答なしとして、今の内容のままにします）。"
            )
            self.remarks.append(form.Remark(form.Severity.WARNING, text))

    def _warn(self, row: form.AnswerRow, text: str, *, is_unread: bool = False) -> None:
        text = f"{row.row}行目：{text}"
        self.remarks.append(form.Remark(form.Severity.WARNING, text, row.row, is_unread))


def _same(one: form.AnswerRow, other: form.AnswerRow) -> bool:
    """Tell whether a copied row says the same; only what stands in a line could be added."""
    return all(
        answers.tidy(one.cells.get(field, "")).strip()
        == answers.tidy(other.cells.get(field, "")).strip()
        for field in form.LINE_FIELDS
    )


def identity_error(outline: Outline, plan_key: str, answer: form.Answer) -> str:
    """Return why nothing of an answer can be taken, or an empty text."""
    key, shown = answer.key, outline.round
    if key.plan != plan_key and answer.plan_title == outline.plan.title:
        return (
            f"開いている計画と同じ名前の、別の計画「{answer.plan_title}」の回答票です。"
            "回答票を作った計画のファイルを開いて取り込んでください。"
        )
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
    outline: Outline, answer: form.Answer, inquiries: Sequence[Inquiry]
) -> Iterator[form.Remark]:
    """Yield what is to be said of the file of an answer that has its place in the plan."""
    section = outline.sections[answer.key.section_id].name
    asked = outline.rounds[answer.key.round_id].name
    for what, then, now in (
        ("担当課名", answer.section, section),
        ("調査名", answer.round_name, asked),
    ):
        if then != now:
            text = f"{what}は、発送したときは「{then}」でした。今は「{now}」です。"
            yield form.Remark(form.Severity.NOTE, text)
    if same := accepted_before(inquiries, answer):
        day = day_label((same.accepted_at or "")[:10])
        yield form.Remark(form.Severity.NOTE, f"このファイルは{day}に取り込み済みです。")
    newer = newest_sending(inquiries, answer)
    if newer > answer.key.sent_at:
        text = (
            f"{moment_label(answer.key.sent_at)}に発送した古い回答票です。"
            f"{moment_label(newer)}に送り直しています。古い方に記入された回答でよいか確かめてください。"
        )
        yield form.Remark(form.Severity.WARNING, text)
    elif newer < answer.key.sent_at:
        text = f"{moment_label(answer.key.sent_at)}の発送は、この計画に記録されていません。"
        yield form.Remark(form.Severity.NOTE, text)
    yield from (form.Remark(form.Severity.WARNING, text) for text in answer.remarks)
    yield from (form.Remark(form.Severity.WARNING, text, is_unread=True) for text in answer.unread)


def other_round(outline: Outline, plan_key: str, answer: form.Answer) -> int:
    """Return the round of an answer that has its place in this plan, but in another open round."""
    key, shown = answer.key, outline.round
    asked = outline.rounds.get(key.round_id)
    is_other = shown is None or shown.id != key.round_id
    is_open = asked is not None and asked.closed_at is None
    return key.round_id if key.plan == plan_key and is_other and is_open else 0


def newest_sending(inquiries: Sequence[Inquiry], answer: form.Answer) -> str:
    """Return when the newest form went out to the answer's section; empty if none is kept."""
    key = answer.key.round_id, answer.key.section_id
    mine = (each for each in inquiries if (each.round_id, each.section_id) == key)
    return max((each.sent_at or "" for each in mine), default="")


def accepted_before(inquiries: Sequence[Inquiry], answer: form.Answer) -> Inquiry | None:
    """Return the inquiry for which the very same file was taken in, if it was."""
    return next(
        (
            each
            for each in inquiries
            if each.accepted_at is not None and each.answer_hash == answer.hash
        ),
        None,
    )
