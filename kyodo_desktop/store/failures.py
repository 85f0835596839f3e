"""SQLite's failures in the user's words."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError, IntegrityError

from kyodo_desktop.domain.errors import ReadOnlyError, RefusedError, StorageError
from kyodo_desktop.store.closing import REFUSAL

if TYPE_CHECKING:
    from collections.abc import Iterator

_log = logging.getLogger(__name__)
_KEPT = "直前までに保存された内容はそのまま残っています。"


@contextmanager
def told() -> Iterator[None]:
    """Raise what SQLite refuses as a PlanError; the transaction has been taken back."""
    try:
        yield
    except IntegrityError as error:
        _log.warning("refused by the database: %s", error)
        if REFUSAL in str(error.orig):
            raise RefusedError(
                "確定済みの調査の記録にかかわるため、変更できませんでした。記録はそのままです。"
                "直すときは、先に「調査」→「確定を解除」で調査を開き直してください。"
            ) from error
        raise RefusedError(
            "計画の決まりに合わないため、変更できませんでした（他の項目がこの項目を使っているか、"
            f"同じものが既にあります）。{_KEPT}"
        ) from error
    except DatabaseError as error:
        _log.warning("failed in the database: %s", error)
        raise _failure(str(error.orig)) from error


def _failure(reason: str) -> StorageError | ReadOnlyError:
    if "full" in reason:
        return StorageError(
            f"ディスクの空きがないため保存できませんでした。{_KEPT}"
            "不要なファイルを消して空きをつくってから、もう一度操作してください。"
        )
    if "locked" in reason:
        return StorageError(
            f"ファイルが他のプログラムで使用中のため保存できませんでした。{_KEPT}"
            "少し待ってから、もう一度操作してください。"
        )
    if "readonly" in reason:
        return ReadOnlyError(
            f"ファイルまたはフォルダーが読み取り専用のため保存できませんでした。{_KEPT}"
            "書き込める場所に名前を付けてコピーし、そのファイルを開いてください。"
        )
    return StorageError(
        f"ファイルに書き込めませんでした（{reason}）。{_KEPT}"
        "保存先のドライブにつながっているか確かめてから、もう一度操作してください。"
    )
