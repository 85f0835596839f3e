"""Takes answers in without a window: what clashes with nothing, and nothing that needs a look."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.errors import MissingFileError, PlanError
from kyodo_desktop.paths import is_folder, is_there
from kyodo_desktop.services.inquiries.accepting import accept
from kyodo_desktop.services.inquiries.reviewing import review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyodo_desktop.domain.replies.form import Answer, Remark
    from kyodo_desktop.domain.replies.review import ReplyDifference, Review
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

    A file with nothing but open questions is left whole, and so is a form of an older
    sending, for the section may have meant to answer the newer. With `dry_run` nothing is
    written.
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
