"""How a file of the batch is called, and how it stands, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.control_characters import with_signs

if TYPE_CHECKING:
    from kyodo_desktop.ui.inquiries.batch import Batch, ReceivedFile


def name_of(file: ReceivedFile) -> str:
    """Return the section's name, or the file's where it is not known."""
    if file.review is not None:
        return file.review.section
    return file.answer.section if file.answer else with_signs(file.path.name)


def state_of(batch: Batch, file: ReceivedFile) -> str:
    """Return a few words: 差分 5件・競合 1件, 違いなし, 取り込めません."""
    if file.taken:
        return file.taken
    if file.answer is None:
        return f"読み取れません: {file.problem}"
    review = file.review
    if review is None:
        return "確認しています…"
    if review.is_blocked:
        return f"取り込めません: {review.blocking[0].text}"
    told = [
        "取込済のファイル" if review.is_accepted else "",
        "同じ課のファイルが他にあります" if batch.twins(file) else "",
        _differences(file),
        _counted("注意", len(review.warnings)),
    ]
    return "・".join(filter(None, told))


def undecided_told(file: ReceivedFile) -> str:
    """Return what becomes of the clashes that nobody has decided; empty where there is none."""
    count = file.undecided()
    return f"競合 {count:,}件は未決のため、いまの内容のままにします。" if count else ""


def _differences(file: ReceivedFile) -> str:
    clashes = sum(each.is_clash for each in file.differences)
    guesses = sum(each.is_guess and not each.is_clash for each in file.differences)
    plain = len(file.differences) - clashes - guesses
    told = (
        _counted("差分", plain),
        _counted("競合", clashes),
        _counted("要確認", guesses),
    )
    return "・".join(filter(None, told)) or "違いなし"


def _counted(word: str, count: int) -> str:
    return f"{word} {count:,}件" if count else ""
