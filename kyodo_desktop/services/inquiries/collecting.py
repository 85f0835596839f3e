"""Takes a folder of answers in without a window, and says what a person has to look at."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import errors
from kyodo_desktop.paths import is_folder, is_there
from kyodo_desktop.services.inquiries.accepting import accept, record_received, review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.replies import form
    from kyodo_desktop.domain.replies.review import ReplyDifference, Review, ShownValue
    from kyodo_desktop.services.workspace import Workspace


_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""What an answer may be saved as; its reader says what it makes of it."""

_LOCKS = ("~$", ".")
"""How names begin of what Excel and LibreOffice put beside an open file, and of hidden files."""

_NOT_SENT_BY_ANYBODY = ("thumbs.db", "desktop.ini")
_OURS = (".kyodo", ".lock", ".tmp")


class FolderFiles(NamedTuple):
    """The files of a folder that may be answers, and those in which there can be none."""

    answers: tuple[Path, ...]
    others: tuple[Path, ...]


def files_in(places: Sequence[Path]) -> FolderFiles:
    """Return each file that is named and all that is in the folders and below them, once.

    Raises MissingFileError where there is nothing.
    """
    found = [_files_at(each) for each in places]
    return FolderFiles(
        tuple(dict.fromkeys(path for each in found for path in each.answers)),
        tuple(dict.fromkeys(path for each in found for path in each.others)),
    )


def _files_at(folder: Path) -> FolderFiles:
    if is_there(folder) and not is_folder(folder):
        return FolderFiles((folder,), ())
    if not is_folder(folder):
        raise errors.MissingFileError(
            f"フォルダー「{folder}」が見つかりません。名前を確かめてください。"
        )
    found = list(files_below(folder))
    if not found:
        locks = [each.name for each in _walked(folder) if is_lock(each)]
        raise errors.MissingFileError(
            f"フォルダー「{folder}」に回答票（.xlsxなど）がありません。"
            + (left_by_excel(locks[0]) if locks else "")
        )
    return FolderFiles(
        tuple(path for path in found if may_be_answer(path)),
        tuple(path for path in found if not may_be_answer(path)),
    )


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the files that somebody may have put into a folder or below it, in their order."""
    for path in _walked(folder):
        lower = path.name.lower()
        is_by_hand = not lower.startswith(_LOCKS) and lower not in _NOT_SENT_BY_ANYBODY
        if is_by_hand and not lower.endswith(_OURS):
            yield path


def _walked(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(place, name) for name in sorted(names))


def is_lock(path: Path) -> bool:
    """Tell what Excel puts beside a workbook as long as it is open."""
    return path.name.startswith("~$") and may_be_answer(path)


def left_by_excel(name: str) -> str:
    """Return what a file is that Excel puts beside an open workbook, and what to do."""
    return (
        f"「{name}」は、Excelが「{name.removeprefix('~$')}」を開いている間に置く一時ファイルで、"
        "回答は入っていません。Excelを閉じ、回答票そのものがあるか確かめてください。"
    )


def may_be_answer(path: Path) -> bool:
    """Tell by its name whether a file may be an answer."""
    return path.name.lower().endswith(_WORKBOOKS)


def no_answer(path: Path) -> str:
    """Return why a file of another kind is none, and what to do."""
    kind = path.suffix or "種類の分からないファイル"
    return (
        f"回答票として読み取れない種類のファイル（{kind}）です。回答が書かれているときは、"
        "送った回答票（Excelのファイル）に記入して返してもらうか、計画に直接入力してください。"
    )


def dated(path: Path, answer: form.Answer) -> form.Answer:
    """Return an answer with when it was saved: as it says itself, else as its file does."""
    if answer.saved_at:
        return answer
    try:
        at = f"{datetime.fromtimestamp(path.stat().st_mtime, UTC):%Y-%m-%dT%H:%M:%S}"
    except (OSError, ValueError, OverflowError):
        return answer
    return answer._replace(saved_at=at)


def rank(answer: form.Answer) -> tuple[str, str]:
    """Return what the newer of two answers of one section has more of."""
    return answer.key.sent_at, answer.saved_at


class Collected(NamedTuple):
    """What came of one file: the differences that were `taken` and `left`, or why none was.

    `is_taken` says that what the section answered is in now, also where it changed nothing;
    `is_known` that this very file was taken in before. `newer` is the file with the newer answer
    of the section, because of which this one was left; `is_settled` that it says nothing else.
    `is_older` says that a newer one has been taken in before. `signed` says
    who answered, and of how many actions.
    """

    file: str
    section: str = ""
    refused: str = ""
    is_taken: bool = False
    is_known: bool = False
    newer: str = ""
    is_older: bool = False
    is_settled: bool = False
    taken: tuple[ReplyDifference, ...] = ()
    left: tuple[ReplyDifference, ...] = ()
    remarks: tuple[form.Remark, ...] = ()
    signed: str = ""

    @property
    def needs_somebody(self) -> bool:
        """Tell whether a person should look at the file in the window."""
        is_open = bool(self.left) or any(each.is_warning for each in self.remarks)
        return bool(self.refused) or (is_open and not (self.is_known or self.is_settled))


class _Read(NamedTuple):
    path: Path
    answer: form.Answer


def collect(
    workspace: Workspace, files: FolderFiles, read_answer: Callable[[Path], form.Answer]
) -> list[Collected]:
    """Read files and take in, each as one step, what nobody has to decide.

    Of several answers of one section only the newest is; what the others say is told. A file
    with nothing but open questions is left whole, and so is a form of an older sending, for the
    section may have meant to answer the newer.
    """
    read: list[_Read] = []
    found: list[Collected] = []
    for path in files.answers:
        try:
            read.append(_Read(path, dated(path, read_answer(path))))
        except errors.PlanError as error:
            found.append(Collected(path.name, refused=error.message))
    for group in _by_section(read):
        newest = _collected(workspace, group[0])
        found.append(newest)
        found += [_left_for(workspace, each, newest, group[0]) for each in group[1:]]
    found += [Collected(path.name, refused=no_answer(path)) for path in files.others]
    return found


def _by_section(read: Iterable[_Read]) -> Iterator[list[_Read]]:
    """Yield the answers of each section, the newest first."""
    groups: dict[tuple[str, int, int], list[_Read]] = {}
    for each in read:
        groups.setdefault(each.answer.key[:3], []).append(each)
    for group in groups.values():
        yield sorted(group, key=lambda each: rank(each.answer), reverse=True)


def _collected(workspace: Workspace, read: _Read) -> Collected:
    try:
        found = review(workspace, read.answer)
        result = _sorted_out(workspace.outline, read.path.name, found)
        if result.is_taken:
            finishes = not result.needs_somebody
            accept(workspace, found, found.defaults, finishes=finishes)
        elif not result.refused:
            record_received(workspace, [read.answer])
    except errors.PlanError as error:
        return Collected(read.path.name, refused=error.message)
    return result


def _left_for(workspace: Workspace, read: _Read, newest: Collected, newer: _Read) -> Collected:
    """Return what an answer says beside a newer one of its section."""
    found = review(workspace, read.answer)
    if found.is_blocked:
        return _sorted_out(workspace.outline, read.path.name, found)
    is_copy = read.answer.hash == newer.answer.hash
    return Collected(
        read.path.name,
        found.section,
        newer=newest.file,
        is_settled=is_copy or newest.is_known or not (found.differences or found.warnings),
        left=found.differences,
        remarks=found.remarks,
    )


def _sorted_out(outline: Outline, file: str, found: Review) -> Collected:
    if found.is_blocked:
        reason = "".join(each.text for each in found.blocking)
        if found.other_round:
            name = outline.rounds[found.other_round].name
            reason += f"（「--round {name}」を付けて実行しても取り込めます。）"
        return Collected(file, found.section, reason)
    is_open = not (found.is_accepted or found.is_outdated or found.is_older)
    says_nothing = not (found.differences or found.warnings)
    is_taken = is_open and bool(found.defaults or says_nothing)
    takes = found.defaults if is_taken else frozenset()
    return Collected(
        file,
        found.section,
        is_taken=is_taken,
        is_known=found.is_accepted,
        is_older=found.is_older,
        is_settled=found.is_older and not found.differences,
        taken=tuple(each for each in found.differences if each.id in takes),
        left=tuple(each for each in found.differences if each.id not in takes),
        remarks=found.remarks,
        signed=found.signed,
    )


_ROW = attrgetter("row")
_LONGEST = 100  # characters of a text


def collected_text(
    outline: Outline, found: Sequence[Collected], *, dry_run: bool, waiting: Sequence[str] = ()
) -> str:
    """Return all files with what was taken, what was left and why, and a line that counts.

    `waiting` are the sections that have not answered yet.
    """
    lines = [line for each in found for line in _file(outline, each, dry_run=dry_run)]
    if waiting:
        lines.append(f"まだ回答のない課（{len(waiting):,}課）：{'、'.join(waiting)}")
    return "\n".join([*lines, _summary(found, dry_run=dry_run)])


def _file(outline: Outline, each: Collected, *, dry_run: bool) -> Iterator[str]:
    section = f"（{each.section}）" if each.section else ""
    yield f"{each.file}{section}：{_outcome(each, dry_run=dry_run)}"
    if each.signed and not each.is_known:
        yield f"  {each.signed}"
    for difference in sorted(each.taken, key=_ROW):
        yield f"  {_cell(outline, difference)} {_side(difference.now)} → {_answer(difference)}"
    is_done = each.is_known or each.is_settled
    for difference in () if is_done else sorted(each.left, key=_ROW):
        yield (
            f"  取り込まず: {_cell(outline, difference)} 発送時{_side(difference.sent)} "
            f"今{_side(difference.now)} 回答{_answer(difference)}{_why(difference)}"
        )
    for remark in () if each.refused or each.is_settled else each.remarks:
        yield f"  {remark.severity.label}: {remark.text}"


def _outcome(each: Collected, *, dry_run: bool) -> str:
    if each.refused:
        return f"取り込めません。{each.refused}"
    if each.is_known:
        return "取り込み済みです。"
    same = "違うところはありません。" if each.is_settled else "画面で開いて、比べてください。"
    if each.is_older:
        return f"使いません。同じ課の新しい回答を取り込み済みです。{same}"
    if each.newer:
        return f"使いません。同じ課の新しい回答「{each.newer}」があります。{same}"
    if not each.is_taken:
        return "取り込んでいません。画面で開いて確認してください。"
    verb = "取り込みます（まだ書き込んでいません）" if dry_run else "取り込みました"
    done = f"{len(each.taken)}か所を{verb}。" if each.taken else f"変更のない回答を{verb}。"
    left = "残りを画面で確かめるまで、取込済にはなりません。" if each.needs_somebody else ""
    return done + left


def _cell(outline: Outline, difference: ReplyDifference) -> str:
    name = outline.label(outline.home(difference.action_id))
    line = "・追加の行" if difference.is_new_line else ""
    sheet = f"「{difference.sheet}」シート " if difference.sheet else ""
    return f"{sheet}{difference.row}行目 {name}［{difference.field.form.label}{line}］"


def _why(difference: ReplyDifference) -> str:
    if difference.corrects:
        return "（先に取り込んだ同じ課の回答と違います）"
    if difference.is_clash:
        return "（発送後に計画でも変更されています）"
    if difference.erases:
        return "（空にしてよいか確かめてください）"
    if difference.addition:
        return "（備考に加えるか選んでください）"
    if difference.is_new_line:
        return "（追加・コピーされた行です）"
    return "（確かめてから選んでください）" if difference.is_guess else ""


def _answer(difference: ReplyDifference) -> str:
    return "（空にする）" if difference.is_emptied else _side(difference.answer)


def _side(side: ShownValue) -> str:
    text = " ".join(side.text.split())
    return f"「{text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…'}」"


def _summary(found: Sequence[Collected], *, dry_run: bool) -> str:
    counts = Counter(_kind(each) for each in found)
    names = {**_KINDS, _TAKEN: "取り込める" if dry_run else _KINDS[_TAKEN]}
    summary = "、".join(f"{name} {counts[kind]}件" for kind, name in names.items() if counts[kind])
    open_ones = sum(each.needs_somebody for each in found)
    left = f"うち{open_ones}件は、人が確かめることがあります。" if open_ones else ""
    return f"{len(found)}件のファイル（{summary}）。{left}"


_TAKEN = "taken"
_KINDS = {
    _TAKEN: "取込",
    "known": "取込済み",
    "older": "同じ課の古い回答",
    "left": "未取込",
    "refused": "取り込めない",
}
"""What can become of a file, each of which is of one kind."""


def _kind(each: Collected) -> str:
    if each.refused:
        return "refused"
    if each.is_known:
        return "known"
    if each.newer or each.is_older:
        return "older"
    return _TAKEN if each.is_taken else "left"
