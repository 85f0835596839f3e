"""Which versions of the schema there are, told from the names of the scripts in `db/`.

Alembic takes 0.1 s to import; whether a file needs it can be seen without.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kyodo_desktop.parts import MissingPartError
from kyodo_desktop.paths import bundled

if TYPE_CHECKING:
    from pathlib import Path


@cache
def revisions(scripts: Path | None = None) -> tuple[str, ...]:
    """Return the known revisions, the oldest first: `0001_first.py` is revision 0001.

    Raises MissingPartError where there is none: every file would pass for a newer one.
    """
    folder = (scripts or bundled("db")) / "versions"
    found = sorted(script.stem.partition("_")[0] for script in folder.glob("[0-9]*_*.py"))
    if not found:
        raise MissingPartError(folder)
    return tuple(found)
