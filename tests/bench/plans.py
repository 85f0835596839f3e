"""Plans of any size, made straight from values."""

from __future__ import annotations

from kyodo_desktop.domain.indexing import children_of, grouped
from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.domain.plan import (
    Action,
    Heading,
    Level,
    Placement,
    Plan,
    Progress,
    Round,
    Status,
    Term,
)

ACTIONS_A_HEADING = 5
HEADINGS_A_TOP_HEADING = 20
_STATUSES = (
    Status(1, 0, "✓", "完了", "完了", "done", "#2e7d32", 1),
    Status(2, 1, "◇", "完了の目途", "完了の目途", "near", "#1565c0", 1),
    Status(3, 2, "・", "継続中", "継続中", "ongoing", "#8a6d3b", 1),
)
_TEXTS = (
    "平成{year}年度から実施",
    "市民活動サポートセンター開設すれば完了（{year}年3月予定）",
    "平成{year}年度に市民活動支援補助金創設（3年毎見直し運用）",
    "市内職員研修として「協働」をテーマに実施中。今後は担当職員を専門研修へ派遣する（{year}年度）",
)


def outline_of(actions: int) -> Outline:
    """Return a plan with so many actions, one line of progress each, in printed order."""
    round_ = Round(1, "平成27年度", 2015, "2015-10-31", None)
    headings = _headings(-(-actions // ACTIONS_A_HEADING))
    lower = [each.id for each in headings if each.parent_id is not None]
    placements = [
        Placement(i, lower[(i - 1) // ACTIONS_A_HEADING], (i - 1) % ACTIONS_A_HEADING, i, "")
        for i in range(1, actions + 1)
    ]
    lines = [
        Progress(i, 1, i, 0, i % 3 + 1, _TEXTS[i % 4].format(year=20 + i % 8), None)
        for i in range(1, actions + 1)
    ]
    return Outline(
        plan=Plan(1, "協働のまちづくり推進計画", "", "", "", 2011, 2020),
        levels=(
            Level(1, 0, "推進項目", "1"),
            Level(2, 1, "施策", "(1)"),
            Level(3, 2, "実行計画", "①"),
        ),
        principles={},
        actors={},
        statuses={each.id: each for each in _STATUSES},
        directions={},
        sections={},
        rounds={1: round_},
        round=round_,
        terms={1: Term(1, 0, "前期", 2011, 2015, None)},
        headings={each.id: each for each in headings},
        actions={
            i: Action(i, 1, f"協働のまちづくりモデル事業{i}の実施", "", 2011, None, "", None)
            for i in range(1, actions + 1)
        },
        placements={each.id: each for each in placements},
        lines=grouped(lines, lambda line: line.action_id),
        assignments={},
        outlooks={},
        children=children_of(headings, placements),
        placed={each.action_id: (each.id,) for each in placements},
    )


def _headings(lower: int) -> list[Heading]:
    """Return so many 施策 with the 推進項目 above them, each above before its own."""
    found: list[Heading] = []
    top = 0
    for place in range(lower):
        if place % HEADINGS_A_TOP_HEADING == 0:
            top = len(found) + 1
            position = place // HEADINGS_A_TOP_HEADING
            found.append(Heading(top, 1, None, position, f"推進項目その{position + 1}", ""))
        position = place % HEADINGS_A_TOP_HEADING
        title = f"協働のまちづくりに関する情報発信の充実{place + 1}"
        found.append(Heading(len(found) + 1, 1, top, position, title, ""))
    return found
