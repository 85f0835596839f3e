"""A plan of 700 actions in four levels, with texts of up to 2,000 characters."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from kyodo_desktop.domain.plan import (
    Assignment,
    Direction,
    Heading,
    Level,
    Placement,
    Role,
    Section,
)
from tests import outlines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyodo_desktop.domain.outline import Outline

ACTIONS, LONGEST = 700, 2_000
_TOPS, _MIDDLES, _LOWERS = 7, 4, 5  # headings below each one above; 5 actions a lowest one
_SECTIONS = ("市民活動推進課", "企画課", "子育て支援課", "高齢者福祉課", "都市計画課", "環境課")
_DIRECTIONS = ("継続", "拡充", "改善", "完了")
_SENTENCES = (
    "平成{n}年度は、市内{m}団体の参加を得て協働のまちづくり講座を開催した。",
    "ホームページ及び広報紙（{m}日号）で活動の紹介を行い、登録団体は{n}団体となった。",
    "アンケートでは「参加してよかった」との回答が{n}.{m}％を占めた一方、周知の不足が指摘された。",
    "担い手の固定化と高齢化が課題であり、若い世代へのSNS（LINE・X）による呼びかけを強める。",
    "補助金の交付は{m}件（{n},{m}00千円）で、前年度を上回った。\n",
    "関係課との調整に時間を要したため、実施は次年度に繰り越す。",
    "サポートセンターの相談窓口を週{m}日に広げ、専門員による個別相談を{n}回行った。",
)


def outline_of_long_texts() -> Outline:
    """Return the plan, always the same one.

    Half of the progress texts are shorter than 200 characters, one in a hundred reaches the
    longest; who writes much of what was done writes more of what comes next.
    """
    random = Random(18)
    headings = list(_headings())
    parents = {each.parent_id for each in headings}
    lowest = [each.id for each in headings if each.id not in parents]
    wordy = [random.gauss(0, 1) for _ in range(ACTIONS)]
    return outlines.outline_of(
        headings,
        (
            outlines.action(
                i, 1, f"{_text(random, 24)[:24]}の推進{i}", due=f"2016-{i % 12 + 1:02}"
            )
            for i in range(1, ACTIONS + 1)
        ),
        (
            Placement(i, lowest[(i - 1) * len(lowest) // ACTIONS], i, i, "")
            for i in range(1, ACTIONS + 1)
        ),
        (
            outlines.line(
                i, i, status_id=i % 3 + 1, text=_text(random, _length(200, wordy[i - 1], random))
            )
            for i in range(1, ACTIONS + 1)
        ),
        levels=(
            Level(1, 0, "基本目標", "1"),
            Level(2, 1, "推進項目", "(1)"),
            Level(3, 2, "施策", "①"),
            Level(4, 3, "実行計画", "ア"),
        ),
        terms=outlines.by_id(outlines.HALVES[0]),
        directions={i: Direction(i, i, label) for i, label in enumerate(_DIRECTIONS, start=1)},
        sections={i: Section(i, i, name) for i, name in enumerate(_SECTIONS, start=1)},
        assignments={
            i: (Assignment(i, i, i % len(_SECTIONS) + 1, Role.LEAD),)
            for i in range(1, ACTIONS + 1)
        },
        outlooks={
            i: outlines.outlook(
                i,
                direction_id=i % len(_DIRECTIONS) + 1,
                text=_text(random, _length(100, wordy[i - 1], random)),
            )
            for i in range(1, ACTIONS + 1)
        },
    )


def _headings() -> Iterator[Heading]:
    count = 0

    def heading(parent: int | None, position: int, title: str) -> Heading:
        nonlocal count
        count += 1
        return Heading(count, 1, parent, position, title, "")

    for top in range(_TOPS):
        upper = heading(None, top, f"市民と行政がともに進める基本目標その{top + 1}")
        yield upper
        for middle in range(_MIDDLES):
            inner = heading(upper.id, middle, f"情報を共有し対話を重ねる推進項目{middle + 1}")
            yield inner
            for lower in range(_LOWERS):
                yield heading(inner.id, lower, f"協働に関する情報発信の充実{lower + 1}")


def _length(usual: int, wordy: float, random: Random) -> int:
    return min(LONGEST, round(usual * 2 ** (wordy + random.gauss(0, 1))))


def _text(random: Random, length: int) -> str:
    text = ""
    while len(text) < length:
        sentence = random.choice(_SENTENCES)
        text += sentence.format(n=random.randint(20, 99), m=random.randint(1, 9))
    return text[:length].rstrip()
