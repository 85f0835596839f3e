"""What is said of a copy that was filled in: how much was written, and what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.importing.grid import Unread
    from kyodo_desktop.domain.like.filling import TableFilling


_SAME = "元の表の値は計画と同じなので、書き換えたセルはありません。"


class FillingResult(NamedTuple):
    """`summary` says in sentences what was done, `notices` what was not or not plainly written.

    `gone` are the actions of the table that the plan has no longer.
    """

    summary: str
    notices: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, a line each."""
        return (self.summary, *self.notices, *self.gone)


def result_of(
    filling: TableFilling, written: int, notices: Iterable[Unread], sheet: str
) -> FillingResult:
    """Return what is said of a copy in which so many cells were `written`.

    `notices` are those of the file, `sheet` is the name of the sheet that was added.
    """
    parts = [f"{written:,}個のセルに書き込みました。" if written else _SAME]
    if sheet:
        parts.append(
            f"元の表に書く行がない{len(filling.missing) - 1:,}件は、"
            f"終わりに加えたシート「{sheet}」に書きました。"
        )
    if filling.gone:
        parts.append(f"元の表にあって計画にないものが{len(filling.gone):,}件あります。")
    every = tuple(dict.fromkeys(each.sentence for each in (*filling.notices, *notices)))
    if every:
        parts.append(f"確かめていただくところが{len(every):,}か所あります。")
    return FillingResult("".join(parts), every, tuple(each.sentence for each in filling.gone))
