"""先に終える実行計画: who waits for whom, and whether there is anything left to wait for."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import plan, prerequisites, texts
from kyodo_desktop.domain.checks.context import CheckContext, Finding, Remedy, RemedyKind
from kyodo_desktop.domain.checks.relisting import core_and_verb, is_created

if TYPE_CHECKING:
    from collections.abc import Iterator


_START = 3  # characters by which names are looked up
_CLEAR = 5  # a shorter name is taken for one only where the text says that it waits
_WAITS = re.compile(
    r"(?:の|が|を)?(?:開設|開館|開所|開園|設置|整備|完成|完了|創設|導入|建設|供用|策定|制定|稼働|移転)"
    r"|(?:を|の[^の]{1,6}を)?待|次第|(?:に|と)(?:合わせ|あわせ|併せ)|に伴|後に"
)


class _Name(NamedTuple):
    text: str
    action: plan.Action


def prerequisite_done(context: CheckContext) -> Iterator[Finding]:
    """Find actions which need not wait any longer."""
    outline = context.outline
    for action in context.reported:
        required = prerequisites.required_by(outline, action.id)
        is_open = required and outline.is_open(action.id)
        if is_open and not prerequisites.open_among(outline, required):
            titles = "」「".join(outline.actions[each].title for each in required)
            yield Finding(
                "prerequisite_done",
                context.outline.home(action.id),
                f"先に終える{outline.action_word}「{titles}」は完了しましたが、"
                f"状態は「{context.mark(action.id)}」のままです。",
                f"{action.id}:{','.join(map(str, required))}:{context.mark(action.id)}",
            )


def prerequisite_candidate(context: CheckContext) -> Iterator[Finding]:
    """Find actions whose text names another one that is not done."""
    names = _names(context)
    for action in context.reported:
        if not context.outline.is_open(action.id):
            continue
        for name in _named(context, action, names):
            yield Finding(
                "prerequisite_candidate",
                context.outline.home(action.id),
                message=f"文に「{name.text}」とあり、「{name.action.title}」が"
                f"先に終える{context.outline.action_word}と思われます。",
                subject=f"{action.id}:{name.action.id}",
                suggestion=name.action.title,
                remedy=Remedy(RemedyKind.ADD_PREREQUISITE, action.id, name.action.id),
            )


def _names(context: CheckContext) -> dict[str, list[_Name]]:
    """Return what may be waited for by the first characters of its names, the longest first.

    Only what is brought into being (設置, 開設 …) has a name without its verb.
    """
    found: defaultdict[str, list[_Name]] = defaultdict(list)
    for action in context.reported:
        if context.outline.is_open(action.id):
            title = context.titles[action.id]
            core, verb = core_and_verb(title)
            for name in (title, core) if is_created(verb) else (title,):
                if len(name) >= _START:
                    found[name[:_START]].append(_Name(name, action))
    return {start: sorted(names, key=lambda each: -len(each[0])) for start, names in found.items()}


def _named(
    context: CheckContext, action: plan.Action, names: dict[str, list[_Name]]
) -> list[_Name]:
    """Return whom the action's text names, each once, but for those it waits for already."""
    text, place = texts.squeezed(context.text(action.id)), 0
    titles = context.titles
    known = {titles[action.id], *(titles.get(e.required_id) for e in _required(context, action))}
    found = []
    while place < len(text):
        name = _name_at(text, place, action, names)
        place += len(name.text) if name else 1
        if name is None or titles[name.action.id] in known:
            continue
        known.add(titles[name.action.id])
        if not prerequisites.chain(context.outline, name.action.id, action.id):
            found.append(name)
    return found


def _required(context: CheckContext, action: plan.Action) -> tuple[plan.Prerequisite, ...]:
    return context.outline.prerequisites.get(action.id, ())


def _name_at(
    text: str, place: int, action: plan.Action, names: dict[str, list[_Name]]
) -> _Name | None:
    for name in names.get(text[place : place + _START], ()):
        if (
            name.action.term_id == action.term_id
            and text.startswith(name.text, place)
            and _is_meant(text, place, place + len(name.text))
        ):
            return name
    return None


def _is_meant(text: str, start: int, end: int) -> bool:
    """Tell whether a name is one: a short one may be a word that all use (図書館, 広報紙)."""
    if end - start >= _CLEAR:
        return True
    is_inside = start > 0 and _is_ideograph(text[start - 1])
    return not is_inside and _WAITS.match(text, end) is not None


def _is_ideograph(character: str) -> bool:
    return "一" <= character <= "鿿" and character not in "年度月日各全新本当市町村"
