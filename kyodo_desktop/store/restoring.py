"""Puts a backup in the place of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.store import copying, failures, inspection, migrating, replacing, schema

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def restore(plan: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the place of the plan, which is kept aside first.

    The plan may be open for reading. Returns where the present file was kept, damaged or not.
    Raises the errors of `inspected` for the backup, and StorageError.
    """
    inspection.set_back_from_wal(backup)
    revision = inspection.inspected(backup)
    with (
        failures.translate_storage_errors(plan.name),
        replacing.replaced(plan, now, "復元前") as replacement,
    ):
        copying.copy_pages(backup, replacement.beside)
        if schema.is_old(revision):  # commits could not be counted on in it
            migrating.upgrade(replacement.beside)
    return replacement.aside
