"""The plan's own words: what an editor of them hands in, and what a change of them will affect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.nodes import is_placement, row_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Level, StatusKind


class StatusEntry(NamedTuple):
    """A status as it shall be; a new one has no id yet."""

    mark: str
    label: str
    definition: str
    kind: StatusKind
    colour: str
    counted: bool = True
    id: int | None = None

    @property
    def word(self) -> str:
        """Mark and name as one text."""
        return self.mark if self.label == self.mark else f"{self.mark} {self.label}".strip()


class NameEntry(NamedTuple):
    """A direction, an actor or a principle as it shall be; a new one has no id yet."""

    text: str
    id: int | None = None

    @property
    def word(self) -> str:
        """What it is called."""
        return self.text


class UseCount(NamedTuple):
    """In how many places something is used, over all rounds.

    `closed` of them are in closed rounds, whose names are `closed_rounds`.
    """

    total: int = 0
    closed: int = 0
    closed_rounds: tuple[str, ...] = ()

    @property
    def refusal(self) -> str:
        """Why it cannot be deleted, whatever shall replace it; empty where nothing is against."""
        if not self.closed:
            return ""
        names = "、".join(f"「{name}」" for name in self.closed_rounds)
        return (
            f"確定済みの調査{names}で使われているため削除できません。"
            "名前や記号は変更できます（確定済みの調査の表示も変わります）。"
        )


UNUSED = UseCount()


Entries = Sequence[StatusEntry] | Sequence[NameEntry]


def effects(
    before: Entries,
    after: Entries,
    uses: Mapping[int, UseCount],
    replaced_by: Mapping[int, int],
    counted: str,
) -> Iterator[str]:
    """Yield a sentence for each thing that changes.

    `counted` says what the uses are, with a place for their number: `進捗状況{:,}行`.
    """
    old = {each.id: each for each in before}
    new = {each.id: each for each in after if each.id is not None}
    for entry in after:
        if entry.id is None:
            yield f"「{entry.word}」を追加します。"
        elif entry.id in old:
            use = uses.get(entry.id, UNUSED)
            yield from _changes(old[entry.id], entry, _uses(use, counted), is_used=use.total > 0)
    for entry in before:
        if entry.id is not None and entry.id not in new:
            use = uses.get(entry.id, UNUSED)
            heir = new.get(replaced_by.get(entry.id, 0))
            yield f"「{entry.word}」を削除します。{_outcome(_uses(use, counted), heir, use.total)}"
    kept = [each.id for each in before if each.id in new]
    if kept != [each.id for each in after if each.id is not None]:
        yield "並び順が変わります（選択肢と凡例の順番も変わります）。"


def level_effects(outline: Outline, levels: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield what other names and styles of numbering change, with an example of each."""
    newer = replace(
        outline,
        levels=tuple(
            old._replace(name=name, numbering=style)
            for old, (name, style) in zip(outline.levels, levels, strict=True)
        ),
    )
    for old, new in zip(outline.levels, newer.levels, strict=True):
        if old.name != new.name:
            yield f"「{old.name}」→「{new.name}」：画面とExcelの見出しが変わります。"
        if old.numbering != new.numbering:
            numbered = [
                node for node in _nodes_at(outline, old) if not _has_own_number(outline, node)
            ]
            example = ""
            if numbered:
                first = numbered[0]
                example = f"例：「{outline.label(first)}」→「{newer.label(first)}」"
            yield f"{new.name}の番号{len(numbered):,}か所が変わります。{example}"


def _nodes_at(outline: Outline, level: Level) -> Iterator[int]:
    for root in outline.roots:
        for node in outline.below(root):
            if outline.level_of(node) is level:
                yield node


def _has_own_number(outline: Outline, node: int) -> bool:
    """Tell whether the number was typed; it then stays."""
    table = outline.placements if is_placement(node) else outline.headings
    return bool(table[row_id(node)].number)


def _outcome(used: str, heir: StatusEntry | NameEntry | None, total: int) -> str:
    if heir is not None:
        return f"{used}は「{heir.word}」に変わります。"
    return f"{used}から外れます。" if total else ""


def _uses(use: UseCount, counted: str) -> str:
    closed = f"（うち確定済みの調査 {use.closed:,}）" if use.closed else ""
    return counted.format(use.total) + closed


def _changes(
    old: StatusEntry | NameEntry, new: StatusEntry | NameEntry, used: str, *, is_used: bool
) -> Iterator[str]:
    what = f"{used}の表示が変わります。" if is_used else "使っている所はまだありません。"
    if old.word != new.word:
        yield f"「{old.word}」→「{new.word}」：{what}"
    if isinstance(old, StatusEntry) and isinstance(new, StatusEntry):
        if old.kind is not new.kind:
            yield (
                f"「{new.word}」の意味を「{old.kind.label}」から「{new.kind.label}」にします："
                f"{used}の進捗の集計と期限超過の判定が変わります。"
            )
        if old.counted != new.counted:
            verb = "数えます" if new.counted else "数えなくなります"
            yield f"「{new.word}」を集計に{verb}：{used}の分の合計が変わります。"
        if old.colour != new.colour:
            yield f"「{new.word}」の色が、画面とExcelで変わります。"
        if old.definition != new.definition:
            yield f"「{new.word}」の凡例の説明が変わります。"
