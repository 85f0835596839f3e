"""Takes answers in without a window, but for clashes, and says what came of each file."""

from __future__ import annotations

import os
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import MissingFileError, PlanError
from kyodo_desktop.paths import is_folder, is_there
from kyodo_desktop.services.inquiries.accepting import accept, review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.replies.form import Answer, Remark
    from kyodo_desktop.domain.replies.review import ReplyDifference, Review, ShownValue
    from kyodo_desktop.services.workspace import Workspace


_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_LOCKS = ("~$", ".~lock")  # what Excel and LibreOffice put beside an open file


class Collected(NamedTuple):
    """What came of one file: the differences that were `taken` and `left`, or why none was.

    `is_taken` says that the section's answer is in now, also where it changed nothing;
    `is_known` that this very file was taken in before.
    """

    file: str
    section: str = ""
    refused: str = ""
    is_taken: bool = False
    is_known: bool = False
    taken: tuple[ReplyDifference, ...] = ()
    left: tuple[ReplyDifference, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def needs_somebody(self) -> bool:
        """Tell whether a person should look at the file in the window."""
        is_open = bool(self.left) or any(each.is_warning for each in self.remarks)
        return bool(self.refused) or (is_open and not self.is_known)


def answer_files(folder: Path) -> list[Path]:
    """Return the workbooks in a folder and below it, or the one file that was named.

    Raises MissingFileError where there is none.
    """
    if is_there(folder) and not is_folder(folder):
        return [folder]
    if not is_folder(folder):
        raise MissingFileError(f"フォルダー「{folder}」が見つかりません。名前を確かめてください。")
    found = list(_workbooks(folder))
    if not found:
        raise MissingFileError(f"フォルダー「{folder}」に回答票（.xlsx）がありません。")
    return found


def _workbooks(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(_WORKBOOKS) and not name.startswith(_LOCKS):
                yield Path(place, name)


def collected(
    workspace: Workspace,
    path: Path,
    read_answer: Callable[[Path], Answer],
    *,
    dry_run: bool = False,
) -> Collected:
    """Read a file and take in, as one step, what nobody has to decide.

    A file with nothing but open questions is left whole, and so is a form of an older sending,
    for the section may have meant to answer the newer. With `dry_run` nothing is written.
    Raises ConflictError, GoneError and RefusedError.
    """
    try:
        found = review(workspace, read_answer(path))
        result = _sorted_out(path.name, found)
        if result.is_taken and not dry_run:
            accept(workspace, found, found.defaults)
    except PlanError as error:
        return Collected(path.name, refused=error.message)
    return result


def _sorted_out(file: str, found: Review) -> Collected:
    if found.is_blocked:
        reason = "".join(each.text for each in found.blocking)
        return Collected(file, found.section, reason)
    is_open = not (found.is_accepted or found.is_outdated)
    is_taken = is_open and bool(found.defaults or not found.differences)
    takes = found.defaults if is_taken else frozenset()
    return Collected(
        file,
        found.section,
        is_taken=is_taken,
        is_known=found.is_accepted,
        taken=tuple(each for each in found.differences if each.id in takes),
        left=tuple(each for each in found.differences if each.id not in takes),
        remarks=found.remarks,
    )


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
    return f"{difference.row}行目 {name}［{difference.field.form.label}{line}］"


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
    summary = "、".join(f"{name} {count}件" for name, count in counts.items() if count)
    return f"{len(found)}件のファイル（{summary}）"
