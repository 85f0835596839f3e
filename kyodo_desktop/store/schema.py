"""Which versions of the schema there are, told from the names of the scripts in `db/`.

Alembic takes 0.1 s to import; whether a file needs it can be seen without.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kyodo_desktop.paths import bundled

if TYPE_CHECKING:
    from pathlib import Path


@cache
def revisions(scripts: Path | None = None) -> tuple[str, ...]:
    """Return the known revisions, the oldest first: `0001_first.py` is revision 0001."""
    found = (scripts or bundled("db")).joinpath("versions").glob("[0-9]*_*.py")
    return tuple(sorted(script.stem.partition("_")[0] for script in found))
