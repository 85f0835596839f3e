"""What two titles have in common, however they are typed and whatever is done to the thing.

再掲候補 and 類似候補: what was entered twice, and whether both still say the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from kyodo_desktop.domain import fiscal_year, search
from kyodo_desktop.domain.checks.context import CheckContext, Finding, Remedy, RemedyKind
from kyodo_desktop.domain.texts import squeezed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from kyodo_desktop.domain.plan import Action


_CREATING = (
    "創設",
    "新設",
    "設置",
    "設立",
    "開設",
    "開館",
    "開所",
    "整備",
    "建設",
    "建築",
    "導入",
    "構築",
    "策定",
    "制定",
    "作成",
    "立ち上げ",
    "立上げ",
    "創出",
    "発足",
)
_ENLARGING = ("拡大", "拡充", "充実", "強化", "推進", "促進", "向上", "増進", "振興")
_TELLING = ("周知", "広報", "啓発", "普及", "PR", "発信")
_HOLDING = ("開催", "実施", "実行", "運営")
_STUDYING = ("検討", "研究", "調査")
_OTHERS = ("派遣", "支援", "育成", "活用", "管理", "提供", "改善", "見直し", "改修", "発行")
_FAMILIES = (_CREATING, _ENLARGING, _TELLING, _HOLDING, _STUDYING, *((each,) for each in _OTHERS))
_FAMILY = {verb: family[0] for family in _FAMILIES for verb in family}
_VERB = "|".join(sorted(_FAMILY, key=len, reverse=True))
_TAIL = re.compile(rf"の?(?P<verb>{_VERB})(?:(?:及び|と|・|、|や|並びに)(?:{_VERB}))*$")
_SPELLINGS = (
    ("障がい", "障害"),
    ("こども", "子供"),
    ("子ども", "子供"),
    ("街づくり", "まちづくり"),
    ("取り組み", "取組"),
    ("取組み", "取組"),
)
_TELLS_APART = frozenset("小中高大東西南北男女上下左右前後新旧内外春夏秋冬第老若親子母父")


def core_and_verb(title: str) -> tuple[str, str]:
    """Split a title into the thing and what is done to it: 図書館, 整備. The verb may be empty."""
    found = _TAIL.search(title)
    if found is None or not title[: found.start()]:
        return title, ""
    return title[: found.start()], found["verb"]


def is_created(verb: str) -> bool:
    """Tell whether the verb brings into being what others may wait for."""
    return verb in _CREATING


def family_of(verb: str) -> str:
    """Return the same word for verbs that say nearly the same: 拡大, 拡充."""
    return _FAMILY.get(verb, verb)


def spelled_alike(text: str) -> str:
    """Return a key in which kana, の and the usual spellings of one word make no difference."""
    for spelling, usual in _SPELLINGS:
        text = text.replace(spelling, usual)
    return search.search_key(text.replace("の", ""))


def one_left_out(text: str) -> list[str]:
    """Return the text without one of its characters, each in turn, and as it is.

    Two texts that differ in one character have one of these in common. A character that
    tells two things apart (小学校 and 中学校) is not left out, nor is a number or a letter.
    """
    return [text] + [
        f"{text[:place]}\0{text[place + 1 :]}"
        for place, character in enumerate(text)
        if not tells_apart(character)
    ]


def tells_apart(character: str) -> bool:
    """Tell whether two titles that differ in this character are of different things."""
    return (
        character in _TELLS_APART
        or character.isascii()
        or unicodedata.numeric(character, None) is not None
    )


_SPECIFIC = 10  # a text of so many characters is hardly written twice by chance
_SHORT_CORE = 4
_QUOTED = 24


def relisting(context: CheckContext) -> Iterator[Finding]:
    """Find actions with the same title, apart from width and spaces."""
    first_of: dict[Hashable, Action] = {}
    for action in context.actions:
        first = first_of.setdefault((action.term_id, context.titles[action.id]), action)
        if first is not action:
            yield _relisted(context, first, action)


def similar(context: CheckContext) -> Iterator[Finding]:
    """Find actions with a near title and the same text."""
    for actions in _with_same_text(context).values():
        first_of: dict[Hashable, Action] = {}
        for action in actions:
            keys = list(_near_keys(action.title, context.text(action.id)))
            known = [first_of[key] for key in keys if key in first_of]
            for key in keys:
                first_of.setdefault(key, action)
            if known and context.titles[known[0].id] != context.titles[action.id]:
                yield _similar(context, known[0], action)


def _with_same_text(context: CheckContext) -> dict[Hashable, list[Action]]:
    found: dict[Hashable, list[Action]] = defaultdict(list)
    for action in context.actions:
        if text := squeezed(context.text(action.id)):
            found[action.term_id, text].append(action)
    return {text: actions for text, actions in found.items() if len(actions) > 1}


def _near_keys(title: str, text: str) -> Iterator[Hashable]:
    """Yield keys of which near titles have one in common.

    A text like 実施中 stands at many actions: there only another word for the same deed
    makes two titles near. Under a text of their own they may differ by more.
    """
    core, verb = core_and_verb(squeezed(title))
    core = spelled_alike(core)
    yield core, family_of(verb)
    if len(squeezed(text)) >= _SPECIFIC and len(core) > _SHORT_CORE:
        yield from one_left_out(core)


def _relisted(context: CheckContext, first: Action, action: Action) -> Finding:
    place = context.place(context.outline.home(first.id))
    differences = "、".join(_differences(context, first, action))
    verdict = f"内容が食い違っています（{differences}）" if differences else "内容は同じです"
    return Finding(
        "relisting",
        context.outline.home(action.id),
        message=f"「{action.title}」は {place} にもあり、{verdict}。",
        subject=f"{first.id},{action.id}:{differences}",
        suggestion="重複をまとめる（再掲にする）",
        remedy=Remedy(RemedyKind.JOIN, action.id, first.id),
    )


def _similar(context: CheckContext, first: Action, action: Action) -> Finding:
    place = context.place(context.outline.home(first.id))
    return Finding(
        "similar",
        context.outline.home(action.id),
        message=f"「{action.title}」は {place} の「{first.title}」と名称が似ていて、"
        "進捗状況の文が同じです。",
        subject=f"{first.id},{action.id}",
        suggestion="重複をまとめる（再掲にする）",
        remedy=Remedy(RemedyKind.JOIN, action.id, first.id),
    )


def _differences(context: CheckContext, one: Action, other: Action) -> Iterator[str]:
    """Yield in what two actions contradict each other, and how."""
    both = (one.id, other.id)
    marks = [context.mark(each) for each in both]
    if marks[0] != marks[1]:
        yield "状態: {} と {}".format(*marks)
    dues = [context.dues.known(each) for each in both]
    if dues[0] != dues[1] and (all(dues) or one.due or other.due):
        yield "完了予定: {} と {}".format(
            *(fiscal_year.month_label(due) or "なし" for due in dues)
        )
    texts = [context.text(each) for each in both]
    if squeezed(texts[0]) != squeezed(texts[1]):
        yield "文: {} と {}".format(*map(_quoted, texts))
    outlooks = [_direction(context, each) for each in both]
    if outlooks[0] != outlooks[1] and all(outlooks):
        yield "方向性: {} と {}".format(*outlooks)


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"「{line[:_QUOTED]}{'…' if len(line) > _QUOTED else ''}」" if line else "なし"


def _direction(context: CheckContext, action_id: int) -> str:
    outlook = context.outline.outlooks.get(action_id)
    if outlook is None or outlook.direction_id is None:
        return ""
    return context.outline.directions[outlook.direction_id].label
