"""A text that was typed and is not in the plan yet."""

from __future__ import annotations

from typing import NamedTuple


class TypedText(NamedTuple):
    """What stands in one field, and where that is.

    `place` names the field among those of its plan: a later text of the same place takes the
    place of the earlier one. `row` and `field` are what people call it, `before` is what the
    plan says there, `at` is local time with its offset. `state` is for what is more than a
    text: all that was chosen on a page so far, in a form which that page reads.
    """

    place: str
    row: str
    field: str
    before: str
    text: str
    at: str = ""
    state: str = ""

    def says_the_same(self, other: TypedText | None) -> bool:
        """Tell whether nothing was typed between the two."""
        return other is not None and self._replace(at="") == other._replace(at="")
