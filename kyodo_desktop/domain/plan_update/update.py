"""What a table would change in the plan that is open: values to show, tick and take."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.nodes import is_placement

if TYPE_CHECKING:
    from collections.abc import Collection

    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.domain.importing.grid import CellPlace


class UpdatePart(StrEnum):
    """What differs; the value is the word that people read."""

    ROUND = "新しい調査"
    STATUS = "新しい状態"
    DIRECTION = "新しい方向性の区分"
    HEADING = "新しい見出し"
    ACTION = "新しい実行計画"
    HEADING_TITLE = "見出しの名称"
    HEADING_NUMBER = "見出しの番号"
    TITLE = "名称"
    NUMBER = "番号"
    PLACE = "掲載先"
    RELISTING = "再掲"
    DESCRIPTION = "内容"
    START = "開始年度"
    DUE = "完了予定"
    NOTE = "備考"
    LEAD = "担当課"
    RELATED = "関係課"
    PROGRESS = "進捗状況"
    OUTLOOK = "今後の方向性"

    @property
    def label(self) -> str:
        """The word that people read."""
        return self.value


_OF_ROUND = (UpdatePart.PROGRESS, UpdatePart.OUTLOOK)


class Difference(NamedTuple):
    """One thing that the table says differently, or that only the table has.

    `item` is the label of the heading or action that it is of. `nth` is its place among
    the headings, actions, rounds, statuses or directions of the table; `which` is the round
    of a line or an outlook, and the place of a re-listing; `name` is that of the part, in the
    words of the plan. It can be taken only together with those of the differences that it
    `needs`, which stand before it.
    """

    part: UpdatePart
    item: str
    old: str
    new: str
    place: CellPlace | None
    nth: int
    which: str = ""
    needs: frozenset[int] = frozenset()
    name: str = ""

    @property
    def what(self) -> str:
        """What differs, and in which round: 進捗状況（令和6年度）."""
        part = self.name or self.part.label
        return f"{part}（{self.which}）" if self.part in _OF_ROUND else part

    @property
    def line(self) -> str:
        """The whole on one line."""
        old, new = (" ".join(text.split()) for text in (self.old, self.new))
        return f"{self.what}：{self.item}：「{old}」→「{new}」"


class Gone(NamedTuple):
    """A heading or an action of the plan that the table does not have; it stays."""

    node: int
    label: str
    above: str


class Update(NamedTuple):
    """What a table would change.

    `refused` are sentences about what cannot be taken, `outside` about new rounds of years
    that are not the plan's, or not those in its name. `unchanged` counts the actions of the
    table of which nothing differs. `source` is the name of the table's file; the mapping is
    kept together with what is taken.
    """

    differences: tuple[Difference, ...]
    gone: tuple[Gone, ...]
    refused: tuple[str, ...]
    unchanged: int
    found: FoundPlan
    source: str = ""
    mapping_json: str = ""
    mapping_name: str = ""
    apart: tuple[int, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def is_of_another_plan(self) -> bool:
        """Whether the plan has actions, and the table none of them."""
        new = sum(each.part is UpdatePart.ACTION for each in self.differences)
        return new == len(self.found.actions) and any(
            is_placement(each.node) for each in self.gone
        )

    def taken(self, chosen: Collection[int]) -> dict[int, Difference]:
        """Return those of the chosen differences, by their place, that have all they need."""
        taken: dict[int, Difference] = {}
        for place, difference in enumerate(self.differences):
            if place in chosen and difference.needs <= taken.keys():
                taken[place] = difference
        return taken

    def summary(self, most: int = 10) -> tuple[str, ...]:
        """Say how much changes, what stays although the table lacks it, and what cannot be taken.

        Of what stays the first ones are named.
        """
        parts = [f"変更 {len(self.differences):,}件・変わらない項目 {self.unchanged:,}件。"]
        if not self.differences:
            parts = ["計画はこの表と同じです。取り込むものはありません。"]
        if self.gone:
            names = "、".join(f"「{each.label}」" for each in self.gone[:most])
            more = len(self.gone) - most
            rest = f"ほか{more:,}件" if more > 0 else ""
            parts.append(f"表にない{len(self.gone):,}件は、そのまま残ります：{names}{rest}")
        return (*parts, *self.refused, *self.outside)
