"""The part of the style sheet that a report brings: its looks, and how narrow columns may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.pages import looks
from kyodo_desktop.pages.charts import WHITE, contrast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kyodo_desktop.pages.looks import Look

_READABLE = 4.5
"""The least contrast of letters, by JIS X 8341-3 AA."""
_TEXT = 9.0
"""Points of a text that is neither smaller nor bigger than the others."""


class StyleSheet:
    """Gives classes to looks and widths as they are used, and says at last what they are."""

    def __init__(self, known: Mapping[str, Look]) -> None:
        self._looks = known
        self._classes: dict[str, str] = {}
        self._rules: dict[str, str] = {}

    def look(self, name: str) -> Look:
        """Return how cells of that name look."""
        return self._looks[name]

    def class_of(self, name: str) -> str | None:
        """Return the class of a look; nothing where all texts look so."""
        if name not in self._classes:
            rule = _rule(self._looks[name])
            same = (each for each, known in self._rules.items() if known == rule)
            given = next(same, f"l{len(self._rules)}") if rule else ""
            self._classes[name] = given
            if given:
                self._rules[given] = rule
        return self._classes[name] or None

    def at_least(self, width: float) -> str:
        """Return the class of cells that are so many em wide, or wider."""
        name = f"w{round(width * 10)}"
        self._rules[name] = f"min-width:{round(width, 1):g}em"
        return name

    def share(self, part: float) -> str:
        """Return the class of a column with such a part of the width of its table."""
        name = f"p{round(part * 1000)}"
        self._rules[name] = f"width:{round(part * 100, 1):g}%"
        return name

    @property
    def rules(self) -> str:
        """The rules of all classes that were given."""
        return "".join(f".{name}{{{rule}}}" for name, rule in self._rules.items())


def _rule(look: Look) -> str:
    """Return what a look says; letters that would be too pale are in the ink of the others."""
    found = []
    if look.horizontal != "left":
        found.append(f"text-align:{look.horizontal}")
    if look.vertical != "center":
        found.append(f"vertical-align:{look.vertical}")
    if look.bold:
        found.append("font-weight:bold")
    if look.size:
        found.append(f"font-size:{(_TEXT + look.size) / _TEXT:.2f}em")
    if look.ground:
        found.append(f"background:#{look.ground}")
    if look.ink != looks.INK and contrast(look.ink, look.ground or WHITE) >= _READABLE:
        found.append(f"color:#{look.ink}")
    return ";".join(found)
