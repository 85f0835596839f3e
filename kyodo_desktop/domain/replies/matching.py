"""Which row of a workbook that came back answers which row that was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.replies.form import LINE_FIELDS, Answer, AnswerRow, FormRow
from kyodo_desktop.domain.replies.marks import plain
from kyodo_desktop.domain.replies.review import Remark, Severity
from kyodo_desktop.domain.replies.words import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Comparing = Callable[[FormRow, AnswerRow], bool]

_Key = tuple[int, int]


class Match(NamedTuple):
    """A row that came back with the one that was sent; `is_new` where it adds a line to it."""

    sent: FormRow
    row: AnswerRow
    is_new: bool = False
    is_guess: bool = False


def name_of(row: FormRow | AnswerRow) -> str:
    """Return what a row is called in a sentence: 「① 市民活動ブースの設置」."""
    return f"「{' '.join(f'{row.number} {row.title}'.split())}」"


class Matching:
    """The rows of an answer, in their order in the sheet, and what is to be said of them."""

    def __init__(self, answer: Answer, is_as_sent: Comparing) -> None:
        self.remarks: list[Remark] = []
        self._sent = {(row.action_id, row.line_id): row for row in answer.sent}
        self._is_as_sent = is_as_sent
        rows = sorted(answer.rows, key=lambda row: row.row)
        self._keyed = self._by_key(rows)
        self.matches = sorted(
            [*self._of_keyed(), *self._of_others(rows)], key=lambda match: match.row.row
        )
        self._tell_missing()

    def _by_key(self, rows: list[AnswerRow]) -> dict[_Key, list[AnswerRow]]:
        found: dict[_Key, list[AnswerRow]] = {}
        for row in rows:
            if not row.action_id:
                continue
            key = row.action_id, row.line_id
            if key in self._sent:
                found.setdefault(key, []).append(row)
            else:
                self._warn(
                    row,
                    f"{name_of(row)}は、この回答票で照会した行ではありません"
                    "（別の回答票から貼り付けられた可能性があります）。この行は取り込みません。",
                )
        return found

    def _of_keyed(self) -> Iterator[Match]:
        for key, rows in self._keyed.items():
            sent = self._sent[key]
            if len(rows) == 1:
                yield Match(sent, rows[0])
                continue
            kept = next((row for row in rows if self._is_as_sent(sent, row)), None)
            first = kept or rows[0]
            others = [row for row in rows if row is not first and not _same(row, first)]
            yield Match(sent, first, is_guess=bool(others) and kept is None)
            for row in others:
                self._warn(
                    row,
                    f"{first.row}行目と同じ{name_of(sent)}の行です（行がコピーされています）。"
                    "追加の行として示します。取り込むものを選んでください。",
                )
                yield Match(sent, row, is_new=True, is_guess=True)

    def _of_others(self, rows: list[AnswerRow]) -> Iterator[Match]:
        """Yield the rows without a key that say something, where one can tell whose they are."""
        above: FormRow | None = None
        for row in rows:
            if row.action_id:
                above = self._sent.get((row.action_id, row.line_id), above)
            elif any(text.strip() for text in row.cells.values()):
                match = self._named(row) if row.title.strip() else self._inserted(row, above)
                if match is not None:
                    above = match.sent
                    yield match

    def _named(self, row: AnswerRow) -> Match | None:
        """Find the row by its title, and by its number where several have the title."""
        title, number = plain(row.title), plain(row.number)
        alike = [each for each in self._sent.values() if plain(each.title) == title]
        if len({each.action_id for each in alike}) > 1:
            alike = [each for each in alike if plain(each.number) == number]
        if len({each.action_id for each in alike}) != 1:
            self._warn(
                row,
                f"{name_of(row)}が、どの実行計画の回答か分かりません。この行は取り込みません。"
                "必要なときは、計画に直接入力してください。",
            )
            return None
        free = [each for each in alike if (each.action_id, each.line_id) not in self._keyed]
        if not free:
            self._warn(
                row,
                f"{name_of(row)}の追加の行として読みました。取り込むものを選んでください。",
            )
            return Match(alike[0], row, is_new=True, is_guess=True)
        self._keyed[free[0].action_id, free[0].line_id] = [row]
        told = f"行の目印がなくなっていたため、名称から{name_of(free[0])}の回答として読みました。"
        self.remarks.append(Remark(Severity.NOTE, f"{row.row}行目：{told}", row.row))
        return Match(free[0], row)

    def _inserted(self, row: AnswerRow, above: FormRow | None) -> Match | None:
        if above is None:
            self._warn(
                row, "挿入された行で、どの実行計画の回答か分かりません。この行は取り込みません。"
            )
            return None
        self._warn(
            row,
            f"挿入された行です。上の{name_of(above)}の追加の行として示します。"
            "取り込むものを選んでください。",
        )
        return Match(above, row, is_new=True, is_guess=True)

    def _tell_missing(self) -> None:
        missing = [row for key, row in self._sent.items() if key not in self._keyed]
        if missing and not self._keyed:
            text = "回答の行が1つも見つかりません。今の内容はそのままです。"
            self.remarks.append(Remark(Severity.WARNING, text))
            return
        for row in missing:
            text = f"{name_of(row)}の行がありません（回答なしとして、今の内容のままにします）。"
            self.remarks.append(Remark(Severity.WARNING, text))

    def _warn(self, row: AnswerRow, text: str) -> None:
        self.remarks.append(Remark(Severity.WARNING, f"{row.row}行目：{text}", row.row))


def _same(one: AnswerRow, other: AnswerRow) -> bool:
    """Tell whether a copied row says the same; only what stands in a line could be added."""
    return all(
        tidy(one.cells.get(field, "")).strip() == tidy(other.cells.get(field, "")).strip()
        for field in LINE_FIELDS
    )
