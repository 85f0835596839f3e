"""The answers that are being looked at: read in a thread, decided about, and taken in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from kyodo_desktop.domain import errors, texts
from kyodo_desktop.domain.replies.review import ReplyDifference, Review, review_answer
from kyodo_desktop.paths import is_folder
from kyodo_desktop.services.inquiries.accepting import accept, review
from kyodo_desktop.services.inquiries.collecting import (
    dated,
    files_below,
    is_lock,
    left_by_excel,
    may_be_answer,
    no_answer,
    rank,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kyodo_desktop.domain import job_control, plan
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.replies.form import Answer
    from kyodo_desktop.services.workspace import Workspace


_Cell = tuple[object, ...]


class ReceivedFile:
    """A file, and its answer or the `problem` because of which there is none.

    What was decided outlives a new review as long as the cell says the same on both sides.
    """

    def __init__(self, path: Path, answer: Answer | None, problem: str = "") -> None:
        self.path, self.answer, self.problem = path, answer, problem
        self.review: Review | None = None
        self.taken: str = ""  # what was told when it was taken in just now
        self._decisions: dict[_Cell, bool] = {}

    @property
    def is_open(self) -> bool:
        """Tell whether something of the file can be taken in."""
        return self.review is not None and not self.review.is_blocked and not self.taken

    @property
    def has_to_take(self) -> bool:
        """Tell whether taking it in does something; of an older answer only what is chosen."""
        is_older = self.review is not None and self.review.is_older
        return self.is_open and (not is_older or bool(self.chosen()))

    def decision(self, difference: ReplyDifference) -> bool | None:
        """Tell whether the answer is wanted; None where somebody has still to decide."""
        default = None if difference.must_be_decided else difference.is_default
        return self._decisions.get(_cell(difference), default)

    def decide(self, difference: ReplyDifference, *, wanted: bool) -> None:
        """Want the answer or what the plan says now; the cells of a new line go together."""
        for each in self._together(difference):
            self._decisions[_cell(each)] = wanted

    def chosen(self) -> frozenset[int]:
        """Return the ids of the differences that are wanted."""
        return frozenset(each.id for each in self.differences if self.decision(each))

    def undecided(self) -> int:
        """Return how many differences nobody has decided that must be decided."""
        return sum(self.decision(each) is None for each in self.differences)

    @property
    def finishes(self) -> bool:
        """Tell whether nothing is left to do with the answer once what is chosen is taken in.

        What could not be read is left: a person who has seen to it says so with nothing chosen.
        """
        is_unread = self.review is not None and bool(self.review.unread)
        return not self.undecided() and not (is_unread and self.chosen())

    def forget(self, taken: Collection[int]) -> None:
        """Forget what was decided about differences that are in the plan now."""
        for each in self.differences:
            if each.id in taken:
                self._decisions.pop(_cell(each), None)

    def decisions(self) -> list[list[object]]:
        """Return what was decided, in a form for `decide_again`."""
        return [[*cell, wanted] for cell, wanted in self._decisions.items()]

    def decide_again(self, decisions: Iterable[Sequence[object]]) -> None:
        """Decide as before, where both sides still say the same."""
        for *cell, wanted in decisions:
            self._decisions[tuple(cell)] = bool(wanted)

    @property
    def differences(self) -> tuple[ReplyDifference, ...]:
        return self.review.differences if self.review else ()

    def _together(self, difference: ReplyDifference) -> Iterable[ReplyDifference]:
        if not difference.is_new_line:
            return (difference,)
        place = difference.action_id, difference.place
        return (each for each in self.differences if (each.action_id, each.place) == place)


class Batch:
    """The files in the order in which they came; one that comes again takes its old place."""

    def __init__(self) -> None:
        self.files: list[ReceivedFile] = []

    def add(self, files: Iterable[ReceivedFile]) -> list[ReceivedFile]:
        """Add files and return those that were not there in the same state before.

        Those of one section stand together, the newest first.
        """
        new = []
        for file in files:
            known = [each.path for each in self.files]
            if file.path not in known:
                self.files.append(file)
            elif _is_same(self.files[known.index(file.path)], file):
                continue
            else:
                self.files[known.index(file.path)] = file
            new.append(file)
        groups: dict[object, list[ReceivedFile]] = {}
        for file in self.files:
            groups.setdefault(_section(file) or file.path, []).append(file)
        self.files = [
            file
            for group in groups.values()
            for file in sorted(group, key=_rank, reverse=len(group) > 1)
        ]
        return new

    def answers(self) -> list[Answer]:
        """Return the answers of all files."""
        return [each.answer for each in self.files if each.answer]

    def show_reviews(self, reviews: Mapping[str, Review]) -> None:
        """Keep the newest reviews, by the hash of their answers.

        A file that was taken in is open again when that was undone.
        """
        for file in self.files:
            if file.answer is not None:
                file.review = reviews.get(file.answer.hash, file.review)
                if file.review is not None and not file.review.is_accepted:
                    file.taken = ""

    def unfinished(self) -> list[ReceivedFile]:
        """Return the files about which something was decided that is not in the plan yet."""
        return [each for each in self.files if not each.taken and each.decisions()]

    def plain(self) -> list[ReceivedFile]:
        """Return the files that can be taken in without a decision that is still open."""
        return [
            each
            for each in self.files
            if each.is_open and not self._other_twins(each) and not needs_a_look(each)
        ]

    def _other_twins(self, file: ReceivedFile) -> bool:
        """Tell whether there are other answers of its section, or it is a copy of one."""
        copies = [*self.twins(file), file]
        is_first = next(each for each in self.files if each in copies) is file
        return not is_first or any(_hash(each) != _hash(file) for each in copies)

    def twins(self, file: ReceivedFile) -> Sequence[ReceivedFile]:
        """Return the other files of the same section, the newest first."""
        section = _section(file)
        return [
            each
            for each in self.files
            if section and each is not file and _section(each) == section
        ]

    def newer(self, file: ReceivedFile) -> ReceivedFile | None:
        """Return the newest file of the same section, unless it is this one."""
        newest = next((each for each in self.files if _section(each) == _section(file)), file)
        return None if newest is file or not _section(file) else newest


def needs_a_look(file: ReceivedFile) -> bool:
    """Tell whether somebody has to look at a file: one that cannot be read is one of them."""
    review = file.review
    if review is None:
        return file.answer is None
    return review.is_blocked or review.needs_somebody or review.is_accepted or review.is_older


def _section(file: ReceivedFile) -> tuple[str, int, int] | None:
    """Return whose answer it is in which round of which plan; None where that is not known."""
    return file.answer.key[:3] if file.answer else None


def _hash(file: ReceivedFile) -> str:
    return file.answer.hash if file.answer else ""


def _rank(file: ReceivedFile) -> tuple[str, str]:
    return rank(file.answer) if file.answer else ("", "")


def _is_same(known: ReceivedFile, file: ReceivedFile) -> bool:
    """Tell whether a file that came again says nothing new."""
    if known.answer is None or file.answer is None:
        return known.answer is file.answer and known.problem == file.problem
    return known.answer.hash == file.answer.hash


def _cell(difference: ReplyDifference) -> _Cell:
    """Return what names a cell and what both sides say of it."""
    return (
        difference.action_id,
        difference.line_id,
        difference.place,
        difference.field.name,
        difference.now.value,
        difference.answer.value,
    )


class Standing(NamedTuple):
    """The plan as the answers are compared with it."""

    outline: Outline
    plan_key: str
    inquiries: Sequence[plan.Inquiry]


class ReadBatch(NamedTuple):
    """Files that were read, and the reviews of all answers by their hashes.

    `was_asked` tells whether there were paths at all; `lone_table` is the file that was given
    alone and is no answer.
    """

    files: list[ReceivedFile]
    reviews: dict[str, Review]
    was_asked: bool
    lone_table: Path | None


def read_batch(
    paths: Sequence[Path],
    known: Sequence[Answer],
    standing: Standing | None,
    control: job_control.JobControl,
) -> ReadBatch:
    """Read files and folders, and look at their answers and at those known already.

    After `cancel` it returns what it has. Without a plan there is nothing to look at.
    """
    found = list(_files(paths, control))
    files: list[ReceivedFile] = []
    with suppress(errors.CancelledError):
        for path in found:
            control.check()
            is_named = path in paths
            files.append(
                _read(path)
                if is_named or may_be_answer(path)
                else ReceivedFile(path, None, no_answer(path))
            )
            control.report(len(files), len(found))
    reviews: dict[str, Review] = {}
    for answer in (*known, *(each.answer for each in files if each.answer)):
        if standing is not None and answer.hash not in reviews:
            reviews[answer.hash] = review_answer(*standing, answer)
    is_lone = found == [*paths] and len(files) == 1 and files[0].answer is None
    return ReadBatch(files, reviews, bool(paths), files[0].path if is_lone else None)


def _read(path: Path) -> ReceivedFile:
    from kyodo_desktop.excel.reply_form.reading import read_answer

    if is_lock(path):
        return ReceivedFile(path, None, left_by_excel(path.name))
    try:
        return ReceivedFile(path, dated(path, read_answer(path)))
    except errors.PlanError as error:
        return ReceivedFile(path, None, error.message)


def _files(paths: Sequence[Path], control: job_control.JobControl) -> Iterator[Path]:
    """Yield the files, and of folders those in them, however deep."""
    for path in paths:
        if not is_folder(path):
            yield path
            continue
        for found in files_below(path):
            if control.is_cancelled:
                return
            yield found


class Taking(QObject):
    """Each section is one step. `ended` comes with what was done, and what was not and why.

    The plan changes with each section, so the next one is looked at anew: what became a clash
    meanwhile stays for somebody to decide.
    """

    ended = Signal(str, str)
    advanced = Signal(int, int)  # how many sections are done, of how many

    def __init__(
        self, workspace: Workspace, files: Sequence[ReceivedFile], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._waiting = list(files)
        self._count = len(files)
        self._taken: list[ReceivedFile] = []
        self._refused: list[str] = []
        self._left: list[str] = []  # names of those that are not finished
        self._cells = 0

    def start(self) -> None:
        """Begin, after what is going on now."""
        QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if not self._waiting:
            self.ended.emit(self._done(), "\n".join(self._refused))
            self.deleteLater()
            return
        self.advanced.emit(self._count - len(self._waiting), self._count)
        file = self._waiting.pop(0)
        try:
            self._take(file)
        except errors.PlanError as error:
            self._refused.append(f"{name_of(file)}: {error.message}")
        QTimer.singleShot(0, self, self._go_on)

    def _take(self, file: ReceivedFile) -> None:
        if self._taken:
            assert file.answer is not None
            file.review = review(self._workspace, file.answer)
            if file.undecided():
                self._refused.append(
                    f"{name_of(file)}: 先に取り込んだ課の回答と競合するため、残しました。"
                )
                return
        assert file.review is not None
        chosen, finishes = file.chosen(), file.finishes
        accept(self._workspace, file.review, chosen, finishes=finishes)
        if finishes and not file.review.is_older:
            file.taken = f"取込済（{len(chosen):,}件）"
        else:
            file.forget(chosen)
            if not file.review.is_older:
                self._left.append(name_of(file))
        self._cells += len(chosen)
        self._taken.append(file)

    def _done(self) -> str:
        if not self._taken:
            return ""
        names = name_of(self._taken[0]) if self._count == 1 else f"{len(self._taken):,}課"
        left = (
            f"{'、'.join(self._left)}の回答には、まだ決めていないところか読み取れなかったところが"
            "あるため、取込済にはしていません。"
            if self._left
            else ""
        )
        undo = "「元に戻す」で、課ごとに取り消せます。"
        return f"{names}の回答を取り込みました（{self._cells:,}件）。{left}{undo}"


def name_of(file: ReceivedFile) -> str:
    """Return the section's name, or the file's where it is not known."""
    if file.review is not None:
        return file.review.section
    return file.answer.section if file.answer else texts.with_signs(file.path.name)


def state_of(batch: Batch, file: ReceivedFile) -> str:
    """Return a few words: 変更 5件・競合 1件, 変更なし, 取り込めません."""
    if file.taken:
        return file.taken
    if file.answer is None:
        return f"読み取れません: {file.problem}"
    review = file.review
    if review is None:
        return "確認しています…"
    if review.is_blocked:
        return f"取り込めません: {review.blocking[0].text}"
    parts = [
        "取込済のファイル" if review.is_accepted else "",
        "古い方" if review.is_older else _place_among_twins(batch, file),
        f"確認 {review.confirmed:,}/{review.asked:,}" if review.signed else "",
        _differences(file),
        _counted("注意", len(review.warnings)),
    ]
    return "・".join(filter(None, parts))


def _place_among_twins(batch: Batch, file: ReceivedFile) -> str:
    """Say which of several files of a section it is."""
    if batch.newer(file) is not None:
        return "古い方"
    return "新しい方" if batch.twins(file) else ""


def twins_text(batch: Batch, file: ReceivedFile) -> str:
    """Say that there are several files of a section, of which one is to be chosen."""
    newer, twins = batch.newer(file), batch.twins(file)
    if newer is not None:
        done = "を取り込みました" if newer.taken else "があります"
        return f"同じ課の新しい回答「{newer.path.name}」{done}。こちらは古い方です。"
    names = "」「".join(each.path.name for each in twins)
    return (
        f"同じ課の古い回答「{names}」もあります。どちらを使うか選んでください。" if twins else ""
    )


def undecided_text(file: ReceivedFile) -> str:
    """Return what becomes of what nobody has decided; empty where there is nothing."""
    count = file.undecided()
    return (
        f"「現在」か「回答」かを選んでいない{count:,}件は、現在の内容のまま残します"
        "（取込済にはなりません）。"
        if count
        else ""
    )


def _differences(file: ReceivedFile) -> str:
    clashes = sum(each.is_clash for each in file.differences)
    others = [each for each in file.differences if not each.is_clash]
    erased = sum(each.erases for each in others)
    additions = sum(bool(each.addition) for each in others)
    guesses = sum(each.is_guess and not each.erases for each in others)
    plain = len(others) - erased - additions - guesses
    parts = (
        _counted("変更", plain),
        _counted("競合", clashes),
        _counted("消す", erased),
        _counted("備考に追加", additions),
        _counted("要確認", guesses),
    )
    return "・".join(filter(None, parts)) or "変更なし"


def _counted(word: str, count: int) -> str:
    return f"{word} {count:,}件" if count else ""
