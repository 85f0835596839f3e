"""Prints what came of the answers in a folder."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.replies.review import ReplyDifference, ShownValue
    from kyodo_desktop.services.inquiries.collecting import Collected

_ROW = attrgetter("row")
_LONGEST = 100  # characters of a text


def as_text(outline: Outline, found: Sequence[Collected], *, dry_run: bool) -> str:
    """Return all files with what was taken, what was left and why, and a line that counts."""
    lines = [line for each in found for line in _file(outline, each, dry_run=dry_run)]
    return "\n".join([*lines, _summary(found, dry_run=dry_run)])


def _file(outline: Outline, each: Collected, *, dry_run: bool) -> Iterator[str]:
    section = f"（{each.section}）" if each.section else ""
    yield f"{each.file}{section}：{_outcome(each, dry_run=dry_run)}"
    for difference in sorted(each.taken, key=_ROW):
        yield f"  {_cell(outline, difference)} {_side(difference.now)} → {_answer(difference)}"
    for difference in () if each.is_known else sorted(each.left, key=_ROW):
        yield (
            f"  取り込まず: {_cell(outline, difference)} 発送時{_side(difference.sent)} "
            f"今{_side(difference.now)} 回答{_answer(difference)}{_why(difference)}"
        )
    for remark in () if each.refused else each.remarks:
        yield f"  {remark.severity.label}: {remark.text}"


def _outcome(each: Collected, *, dry_run: bool) -> str:
    if each.refused:
        return f"取り込めません。{each.refused}"
    if each.is_known:
        return "取り込み済みです。"
    if not each.is_taken:
        return "取り込んでいません。画面で開いて確認してください。"
    verb = "取り込みます（まだ書き込んでいません）" if dry_run else "取り込みました"
    return f"{len(each.taken)}か所を{verb}。" if each.taken else f"変更のない回答を{verb}。"


def _cell(outline: Outline, difference: ReplyDifference) -> str:
    name = outline.label(outline.home(difference.action_id))
    line = "・追加の行" if difference.is_new_line else ""
    return f"{difference.row}行目 {name}［{difference.field.label}{line}］"


def _why(difference: ReplyDifference) -> str:
    if difference.is_clash:
        return "（発送後に計画でも変更されています）"
    return "（追加・コピーされた行です）" if difference.is_guess else ""


def _answer(difference: ReplyDifference) -> str:
    return "（空にする）" if difference.is_emptied else _side(difference.answer)


def _side(side: ShownValue) -> str:
    text = " ".join(side.text.split())
    return f"「{text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…'}」"


def _summary(found: Sequence[Collected], *, dry_run: bool) -> str:
    counts = {
        "取り込める" if dry_run else "取込": sum(each.is_taken for each in found),
        "取込済み": sum(each.is_known for each in found),
        "取り込めない": sum(bool(each.refused) for each in found),
        "確認が必要": sum(each.needs_somebody for each in found),
    }
    told = "、".join(f"{name} {count}件" for name, count in counts.items() if count)
    return f"{len(found)}件のファイル（{told}）"
