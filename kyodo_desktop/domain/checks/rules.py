"""The rules of 点検: what each is called, what it looks for, and the function that looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.checks.numbers import numbering
from kyodo_desktop.domain.checks.prerequisites import prerequisite_candidate, prerequisite_done
from kyodo_desktop.domain.checks.relisting import relisting, similar
from kyodo_desktop.domain.checks.texts import (
    characters,
    direction_empty,
    due_in_text,
    mark_against_text,
    not_filled_in,
    overdue,
    unchanged,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kyodo_desktop.domain.checks.context import CheckContext, Finding


class Rule(NamedTuple):
    """The name and the explanation are what people read."""

    name: str
    explanation: str
    find: Callable[[CheckContext], Iterator[Finding]]


RULES = {
    "relisting": Rule(
        "再掲候補", "同じ名称（全角・半角や空白の違いは無視）の実行計画と、その食い違い", relisting
    ),
    "similar": Rule("類似候補", "名称が似ていて、進捗状況の文が同じ実行計画", similar),
    "due_in_text": Rule(
        "文中の完了予定", "文に書かれた予定の年月で、完了予定に入力されていないもの", due_in_text
    ),
    "overdue": Rule("期限超過", "完了予定を過ぎても完了していない実行計画", overdue),
    "mark_against_text": Rule(
        "記号と文の不一致",
        "完了なのに「予定」「検討中」、継続中なのに「完了」、完了の目途なのに時期がない行",
        mark_against_text,
    ),
    "prerequisite_done": Rule(
        "先の計画は完了",
        "先に終える実行計画がすべて完了したのに、完了していない実行計画",
        prerequisite_done,
    ),
    "prerequisite_candidate": Rule(
        "先に終える候補",
        "文に、完了していない別の実行計画の名称があるもの",
        prerequisite_candidate,
    ),
    "direction_empty": Rule(
        "方向性が空欄", "今後の方向性の選択も文もない掲載（再掲も数えます）", direction_empty
    ),
    "not_filled_in": Rule("未記入", "進捗状況の行、状態、文のいずれかがないもの", not_filled_in),
    "unchanged": Rule("変化なし", "2回前の調査から進捗状況が変わっていない実行計画", unchanged),
    "numbering": Rule("番号の抜け・重複", "手で入力した番号の抜けと重複", numbering),
    "characters": Rule(
        "機種に依存する文字", "古いシステムで表示できないことがある文字（お知らせ）", characters
    ),
}


def findings_of(context: CheckContext, rules: Iterable[str]) -> list[Finding]:
    """Return what the rules find, in printed order, at one place in the order of the rules."""
    found = [finding for rule in rules for finding in RULES[rule].find(context)]
    place = {node: at for at, node in enumerate(context.nodes)}
    return sorted(found, key=lambda finding: place.get(finding.node, -1))
