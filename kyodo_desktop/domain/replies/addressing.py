"""To whom a form is addressed, and whom its reader can ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.plan import Addressee

if TYPE_CHECKING:
    from kyodo_desktop.domain.plan import Plan


_HEADED = re.compile(r"(?<![本全各])[課室係部局館所園校院署班]$|センター$")
"""The last letters of sections whose head is called by the name and 長: 総務課長, 図書館長."""

_SEVERAL = re.compile(r"[課室係部局館所][・、,，／/]")


def addressed(section: str, addressee: Addressee) -> str:
    """Return 総務課長　様 or 総務課　御中; whose head is not called so is 御中 in any case."""
    name = section.strip()
    if addressee is Addressee.HEAD and has_head(name):
        return f"{name}長　様"
    return f"{name}　御中"


def has_head(section: str) -> bool:
    """Tell whether the name and 長 make the title of the section's head."""
    return bool(_HEADED.search(section)) and not _SEVERAL.search(section)


class Contact(NamedTuple):
    """照会元: who asks, and whom to call; each may be empty."""

    section: str = ""
    person: str = ""
    telephone: str = ""

    @property
    def text(self) -> str:
        """The line that a form prints, or nothing."""
        telephone = f"電話 {self.telephone}" if self.telephone else ""
        return "　".join(filter(None, (self.section, self.person, telephone)))


def contact_of(plan: Plan) -> Contact:
    """Return the contact that the plan's settings name."""
    return Contact(plan.contact_section, plan.contact_person, plan.contact_telephone)
