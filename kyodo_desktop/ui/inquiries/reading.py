"""Reads answers and looks at them, in a thread: paths and values go in, values come out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import PlanError
from kyodo_desktop.domain.replies.reviewing import reviewed
from kyodo_desktop.paths import is_folder
from kyodo_desktop.ui.inquiries.batch import ReceivedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Inquiry
    from kyodo_desktop.domain.replies.form import Answer
    from kyodo_desktop.domain.replies.review import Review
    from kyodo_desktop.ui.jobs import JobControl

WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_LOCKS = ("~$", ".~lock")


class Standing(NamedTuple):
    """The plan as the answers are compared with it."""

    outline: Outline
    plan_key: str
    inquiries: Sequence[Inquiry]


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
    control: JobControl,
) -> ReadBatch:
    """Read files and folders, and look at their answers and at those known already.

    After `cancel` it returns what it has. Without a plan there is nothing to look at.
    """
    found = list(_workbooks(paths, control))
    files: list[ReceivedFile] = []
    for path in found:
        if control.cancelled():
            break
        files.append(_read(path))
        control.progress(len(files), len(found))
    reviews: dict[str, Review] = {}
    for answer in (*known, *(each.answer for each in files if each.answer)):
        if standing is not None and answer.hash not in reviews:
            reviews[answer.hash] = reviewed(*standing, answer)
    is_lone = found == [*paths] and len(files) == 1 and files[0].answer is None
    return ReadBatch(files, reviews, bool(paths), files[0].path if is_lone else None)


def _read(path: Path) -> ReceivedFile:
    from kyodo_desktop.excel.reply_form.answer import read_answer

    try:
        return ReceivedFile(path, read_answer(path))
    except PlanError as error:
        return ReceivedFile(path, None, error.message)


def _workbooks(paths: Sequence[Path], control: JobControl) -> Iterator[Path]:
    """Yield the files, and of folders the workbooks in them, however deep."""
    for path in paths:
        if not is_folder(path):
            yield path
            continue
        for folder, folders, names in os.walk(path):
            if control.cancelled():
                return
            folders.sort()
            for name in sorted(names):
                if name.lower().endswith(WORKBOOKS) and not name.startswith(_LOCKS):
                    yield Path(folder, name)
