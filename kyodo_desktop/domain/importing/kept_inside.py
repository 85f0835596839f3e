"""Which columns are for the office alone: they go into 備考, which nothing public shows."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from kyodo_desktop.domain.importing.columns import SEPARATOR
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.plain import is_nothing, squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kyodo_desktop.domain.importing.columns import SheetColumn
    from kyodo_desktop.domain.importing.mapping import ColumnChoice


class Inside(Enum):
    """Why a column is for the office alone."""

    COMMITTEE = "committee"  # what a committee said has a place of its own
    WORDS = "words"  # コメント of a person, 非公開, 庁内
    PEOPLE = "people"  # names, unless its values are sections
    MAYBE_PEOPLE = "maybe people"  # 担当 is a section as often
    OWN_GRADE = "own grade"  # 内部評価, unless it is the only grade


_AROUND = re.compile(r"[(\[【<].*?[)\]】>]")
_SAID = "(?:コメント|意見|所見|講評|提言|指摘|見解|助言)(?:事項|内容)?(?:等|など|欄)?"
_COMMITTEE = re.compile(
    r".*(?:委員|審議会|協議会|推進会議|懇話会|懇談会|有識者|第三者|外部評価).{0,8}?"
    rf"{_SAID}(?:(?:及び|[・、/と]).{{1,6}})?"
)
_OWN_GRADE = re.compile("内部(?:評価|点検|判定|検証)")
_SECRET = re.compile(
    "内部|非公開|非公表|公[開表](?:しない|不可|対象外)|庁内(?!.{0,4}(?:課|部署|部局|組織))"
    "|部外秘|庁外秘|取扱注意|メモ"
)
_COMMENT = re.compile(
    r".*(?:長|者|事務局|職員|上司|管理職|企画|財政|人事)(?:課|部|室|係|担当)*(?:から)?(?:の|による)?"
    r"(?P<what>コメント|意見|所見|講評|見解|指摘|指示)(?:事項|内容)?(?:等|欄)?"
)
_PEOPLE = re.compile(
    r".*(?:(?:担当|評価|記入|入力|作成|回答|報告|確認|点検|決裁|承認|責任)者|職員|氏名)"
    r"(?:の?(?:職|役職)?・?(?:名|氏名|名前))?"
)
_MAYBE_PEOPLE = re.compile("[正主副]?担当")
_OTHERS = re.compile("外部|第三者|委員|審議会|協議会|市民|二次")
_OFFICE = re.compile(
    r".{2,}(?:課|室|局|係|部|署|所|園|館|校|センター|グループ|班|チーム|委員会)(?:\(.*\)|ほか|他|等)?"
)
_KEPT = "「{}」の列は備考（公開されません）に入れました。"
_COMMITTEE_KEPT = f"{_KEPT}見出しごとの意見は「調査」→「委員会意見」に書けます。"
_SHOWN = "「{}」の列は{}として取り込みました。公開用にも載るため、載せてよいか確かめてください。"
_IN_NOTE = (ColumnRole.NOTE, ColumnRole.ISSUE)
_IN_NOTHING = (ColumnRole.IGNORED, ColumnRole.ROW_KIND, ColumnRole.NUMBER, ColumnRole.ROUND)
_SECTIONS = (ColumnRole.SECTION, ColumnRole.RELATED_SECTION)
_TITLES = (ColumnRole.ACTION, ColumnRole.HEADING, ColumnRole.NUMBER)
_MOSTLY = 0.7


def inside_of(titles: Sequence[str]) -> list[Inside | None]:
    """Return by the words of each column of a table why it is for the office alone, if it is.

    What stands over half of the columns is about the table.
    """
    parts = [each.split(SEPARATOR) for each in titles]
    over = Counter(part for each in parts for part in set(each[:-1]))
    own = [
        tuple(
            squeezed(part)
            for part in (*(p for p in each[:-1] if 2 * over[p] < len(parts)), each[-1])
        )
        for each in parts
    ]
    return [_inside(each) for each in own]


@lru_cache(1024)
def _inside(words: tuple[str, ...]) -> Inside | None:
    whole = "".join(words)
    plain, leaf = _AROUND.sub("", whole), _AROUND.sub("", words[-1])
    if _COMMITTEE.fullmatch(plain):
        return Inside.COMMITTEE
    if _OWN_GRADE.search(whole):
        return Inside.OWN_GRADE
    said = _COMMENT.fullmatch(plain)
    if _SECRET.search(whole) or (said and (len(words) == 1 or said["what"] == "コメント")):
        return Inside.WORDS
    if _PEOPLE.fullmatch(leaf):
        return Inside.PEOPLE
    return Inside.MAYBE_PEOPLE if _MAYBE_PEOPLE.fullmatch(leaf) else None


def inside_columns(columns: Sequence[SheetColumn]) -> frozenset[int]:
    """Return the columns that are for the office alone, as far as words and cells tell."""
    reasons = list(zip(columns, inside_of([each.title for each in columns]), strict=True))
    others = [each for each, reason in reasons if reason is None]
    return frozenset(
        each.column
        for each, reason in reasons
        if reason is not None and _is_kept(each, reason, others)
    )


def _is_kept(column: SheetColumn, reason: Inside, others: Sequence[SheetColumn]) -> bool:
    weights = column.weights
    match reason:
        case Inside.PEOPLE:
            return not are_offices(column.cells)
        case Inside.MAYBE_PEOPLE:
            named = any(ColumnRole.SECTION in each.weights for each in others)
            return named and bool(column.cells) and not are_offices(column.cells)
        case Inside.OWN_GRADE:
            return ColumnRole.STATUS not in weights or any(map(_is_own_grade, others))
        case Inside.WORDS:
            return max(weights, key=lambda role: weights[role], default=None) not in _TITLES
        case _:
            return True


def _is_own_grade(column: SheetColumn) -> bool:
    is_grade = ColumnRole.STATUS in column.weights and column.contents.short > _MOSTLY
    return is_grade and not _OTHERS.search(column.title)


def are_offices(cells: Iterable[str]) -> bool:
    """Tell whether most cells are the names of sections, and no names of people as 服部."""
    known = [squeezed(each) for each in cells if not is_nothing(each)]
    offices = sum(1 for each in known if _OFFICE.fullmatch(each))
    return offices * 2 > len(known)


def told_inside(
    choices: Sequence[ColumnChoice], cells_of: Callable[[int], Sequence[str]]
) -> Iterator[tuple[ColumnChoice, str]]:
    """Yield each column that may be for the office alone, and where it went."""
    for each, reason in zip(choices, inside_of([one.words for one in choices]), strict=True):
        if reason is None or each.role in _IN_NOTHING or not any(cells_of(each.column)):
            continue
        if each.role in _IN_NOTE:
            kept = _COMMITTEE_KEPT if reason is Inside.COMMITTEE else _KEPT
            yield each, kept.format(_printed(each))
        elif each.role not in _SECTIONS or not are_offices(cells_of(each.column)):
            yield each, _SHOWN.format(_printed(each), each.role.label)


def _printed(choice: ColumnChoice) -> str:
    return choice.words.replace(SEPARATOR, " ")
