"""The style sheet, for what neither the palette nor the system's style says."""

from __future__ import annotations

from functools import cache

from kyodo_desktop.paths import bundled


@cache
def style_sheet() -> str:
    """Return the rules, for a dialog or a page.

    Not for the whole application: every widget of the main window would be polished and
    painted through them, which made the start 12 ms longer for nothing that is seen there.
    """
    return bundled("resources", "app.qss").read_text(encoding="utf-8")
