"""What can go wrong, in the words that the user reads.

Every message says what happened, what was kept and what to do next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.texts import with_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class PlanError(Exception):
    """A request that cannot be carried out; nothing was changed."""

    def __str__(self) -> str:
        return with_signs(super().__str__())  # it may name a file

    @property
    def message(self) -> str:
        """What the user reads."""
        return str(self)


class InvalidInputError(PlanError):
    """A value that was typed does not fit its field."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"「{field}」{reason}")
        self.field = field


class RefusedError(PlanError):
    """The edit would break a rule of the plan."""


class GoneError(PlanError):
    """The item was deleted in the meantime."""


class ConflictError(PlanError):
    """An old change cannot be taken back, because newer ones build on it."""


class ReadOnlyError(PlanError):
    """The plan was opened for reading only."""


class StorageError(PlanError):
    """The edit could not be written; the file is as it was before the edit."""


class OpeningError(PlanError):
    """The file could not be opened; it was not changed."""


class PassingError(StorageError, OpeningError):
    """What may go well when it is tried again; neither the plan nor the typed text is lost."""


class BusyError(PassingError):
    """Another program has the file just now."""


class HalfWrittenError(PassingError):
    """A crash left an edit half written, or another window writes just now where locks lie."""


class UnsureError(PassingError):
    """Somebody wrote to the plan before, and it is not known yet whether he still does."""


class UnreachableError(PassingError):
    """The drive or the network does not answer, or only in part."""


class OvertakenError(ReadOnlyError):
    """Another window has written to the plan since; from here nothing may be written to it."""


class MissingFileError(OpeningError):
    """No such file or folder, or it cannot be reached."""


class NotOursError(OpeningError):
    """A file, but not one of this program."""


class DamagedFileError(OpeningError):
    """One of our files, but parts of it cannot be read."""


class StrangeFileError(OpeningError):
    """One of our files, with something in it that this program did not make.

    What it says can be taken over into a new file.
    """


class NewerFileError(OpeningError):
    """Made by a newer version of this program."""


class ExportError(PlanError):
    """The workbook could not be written; a file of that name is as it was before."""


class WhyUnwritten(NamedTuple):
    """A reason in words: what stands before and behind the names of files, and what to do."""

    before: str
    behind: str
    advice: str


class UnwrittenError(ExportError):
    """Files could not be written, all for one reason; `kept` are those that were there."""

    def __init__(self, why: WhyUnwritten, names: Sequence[str], kept: Sequence[str] = ()) -> None:
        as_before = "元のファイルは"
        if 0 < len(kept) < len(names):
            as_before = f"元からある{_quoted(kept)}は"
        as_before = f"{as_before}そのままです。" if kept else ""
        super().__init__(f"{why.before}{_quoted(names)}{why.behind}{as_before}{why.advice}")
        self.why, self.names, self.kept = why, tuple(names), tuple(kept)

    @classmethod
    def once_each(cls, failures: Iterable[PlanError]) -> list[PlanError]:
        """Return the failures with each reason once, for all the files that have it."""
        found: dict[WhyUnwritten | int, PlanError] = {}
        for each in failures:
            key = each.why if isinstance(each, UnwrittenError) else id(each)
            before = found.get(key)
            if isinstance(each, UnwrittenError) and isinstance(before, UnwrittenError):
                names, kept = (*before.names, *each.names), (*before.kept, *each.kept)
                found[key] = cls(each.why, names, kept)
            else:
                found[key] = each
        return [*found.values()]


def _quoted(names: Iterable[str]) -> str:
    return "".join(f"「{each}」" for each in names)


class NothingToExportError(ExportError):
    """There is nothing to write, under whatever name."""


class ReadingError(PlanError):
    """A table or an answer could not be read; neither it nor the plan was changed."""


class CancelledError(PlanError):
    """The user no longer wants the result; what was to be written is as it was before."""

    def __init__(self) -> None:
        super().__init__("取りやめました。ファイルも計画も元のままです。")


class CommandError(PlanError):
    """The command line was wrong."""
