"""The first steps of a plan that is still empty, in the words of its own levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.nodes import heading_node
from kyodo_desktop.domain.numbering import number

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline

ENOUGH = 10
"""Actions; who has entered so many knows how."""
_EXAMPLES = ("福祉の充実", "相談体制の整備", "窓口の開設")


class GuideStep(NamedTuple):
    """One step, how far it is, and in words how it is done."""

    title: str
    how: str
    is_done: bool
    so_far: str = ""


def is_wanted(outline: Outline) -> bool:
    """Tell whether a plan has so little in it that its first steps are of use."""
    return len(outline.placements) < ENOUGH


def is_empty(outline: Outline) -> bool:
    """Tell whether nothing stands in a plan yet."""
    return not outline.headings and not outline.placements


def steps(outline: Outline) -> list[GuideStep]:
    """Return the steps in their order."""
    *headings, action = outline.levels
    depths = {outline.depth(heading_node(each)) for each in outline.headings}
    found = [
        GuideStep(
            f"{level.name}を作る",
            _how(outline, depth),
            depth in depths or bool(outline.placements),
        )
        for depth, level in enumerate(headings)
    ]
    placed = len(outline.placements)
    names = [each for each in outline.placed if outline.assignments.get(each)]
    dated = [each for each in names if outline.actions[each].due]
    return [
        *found,
        GuideStep(
            f"{action.name}を入れる",
            f"{headings[-1].name}を選んで Ctrl+Shift+A。{ENOUGH}件そろうまで、次の手順を示します",
            placed >= ENOUGH,
            so_far=f"{placed} / {ENOUGH}",
        ),
        GuideStep(
            "担当課と完了予定を入れる",
            "表の中で直接入力できます（F2）",
            bool(outline.placed) and len(dated) == len(outline.placed),
        ),
        _filling(outline),
    ]


def _filling(outline: Outline) -> GuideStep:
    """Return the last step: a new plan has a round from the beginning, and nothing in it."""
    if outline.round is None:
        return GuideStep("調査を始める", "「調査」→「新しい調査を始める」で時点を決めます", False)
    how = f"調査「{outline.round.name}」の状態を数字キーで付けるか、「照会」で各課に尋ねます"
    is_begun = any(outline.status(each) is not None for each in outline.placed)
    return GuideStep("進捗を記入する", how, is_begun)


def next_step(found: list[GuideStep]) -> int:
    """Return the place of the first step that is not done."""
    return next((place for place, each in enumerate(found) if not each.is_done), len(found))


def _how(outline: Outline, depth: int) -> str:
    level = outline.levels[depth]
    example = _EXAMPLES[min(depth, len(_EXAMPLES) - 1)]
    shown = f"例：{number(level.numbering, 1)} {example}".replace("： ", "：")
    if not depth:
        return f"大きな柱です。Ctrl+Shift+H で追加します。{shown}"
    return f"{outline.levels[depth - 1].name}を選び、「追加」から{level.name}を追加します。{shown}"
