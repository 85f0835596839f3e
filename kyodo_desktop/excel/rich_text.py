"""A text of which parts are marked, as what changed is in a 新旧対照表."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.excel.styles import CHANGED_INK

if TYPE_CHECKING:
    from kyodo_desktop.domain.comparing.text_diff import Segments


class RichText(NamedTuple):
    """Changed runs are underlined and in another ink; for that they name font and size."""

    runs: Segments
    font: str
    size: float

    def __str__(self) -> str:
        """Return the text without its marks."""
        return "".join(run.text for run in self.runs)

    @property
    def mark(self) -> str:
        """What the XML of a changed run begins with, in the order that Excel keeps."""
        name = escaped(self.font).replace('"', "&quot;")
        return (
            f'<rPr><u/><sz val="{self.size:g}"/><color rgb="FF{CHANGED_INK}"/>'
            f'<rFont val="{name}"/></rPr>'
        )


def sliced(runs: Segments, start: int, stop: int) -> Segments:
    """Return the runs of a part of the text."""
    found, place = [], 0
    for run in runs:
        part = run.text[max(0, start - place) : max(0, stop - place)]
        if part:
            found.append(run._replace(text=part))
        place += len(run.text)
    return tuple(found)


def escaped(text: str) -> str:
    """Return the text as it stands between the tags of XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
