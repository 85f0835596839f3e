"""Puts a backup in the place of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.store.copying import copy_pages
from kyodo_desktop.store.failures import translate_storage_errors
from kyodo_desktop.store.inspection import inspected, set_back_from_wal
from kyodo_desktop.store.migrating import upgrade
from kyodo_desktop.store.replacing import replaced
from kyodo_desktop.store.schema import is_old

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def restore(plan: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the plan, which is kept aside first.

    The plan may be open for reading. Returns where the present file was kept, damaged or not.
    Raises the errors of `inspected` for the backup, and StorageError.
    """
    set_back_from_wal(backup)
    revision = inspected(backup)
    with translate_storage_errors(plan.name), replaced(plan, now, "復元前") as replacement:
        copy_pages(backup, replacement.beside)
        if is_old(revision):  # commits could not be counted on in it
            upgrade(replacement.beside)
    return replacement.aside
