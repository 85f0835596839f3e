"""The statuses of a table while it is read: known ones, and those that are met on the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import MARK, is_mark
from kyodo_desktop.domain.importing.legend import choice_of
from kyodo_desktop.domain.importing.plain import is_nothing, one_line, squeezed, status_key
from kyodo_desktop.domain.importing.status_kinds import tells_kind
from kyodo_desktop.domain.plan import USUAL_COLOURS, StatusKind
from kyodo_desktop.domain.vocabulary import StatusEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyodo_desktop.domain.importing.mapping import StatusChoice

ENDING = re.compile(
    r"[（(【\[［](?:評価[:：]?)?(?P<mark>[^（()）【】\[\]［］]{1,6})[)）】\]］][。．]?\s*$"
)
_GRADES = frozenset(("未定",))  # what says elsewhere that there is nothing
LONGEST = 30  # characters; what is longer is a text
_FOOTNOTE = re.compile(r"\s*[※*＊][0-9０-９]{0,2}$")
_EXPLAINED = re.compile(
    r"(?P<mark>[^\s:：(（]{1,2})(?:\s*[:：]\s*(?P<words>[^\n]{1,20})|\s*[(（](?P<inside>[^)）]*)[)）])"
)
_TWO = re.compile("^([A-Za-zＡ-Ｚａ-ｚ])([○◯◎△×▲●])$")  # A○: a grade and a sign beside it
_PARTS = re.compile(r"\s*[\n、，,／/]\s*")
_TIE = re.compile(r"[\s　:：、．.）)]+")


class Marked(NamedTuple):
    """A line and the status that it begins with, or none; the part of the text that it is."""

    status: str
    text: str
    start: int
    end: int


class Statuses:
    """Finds the status that a text means."""

    def __init__(self, choices: Iterable[StatusChoice]) -> None:
        self.choices: list[StatusChoice] = []
        self._marks: dict[str, str] = {}
        self._found: dict[str, str | None] = {}
        for each in choices:
            self._add(each)

    def _add(self, choice: StatusChoice) -> None:
        if not choice.mark or status_key(choice.mark) in self._marks:
            return
        self.choices.append(choice)
        mark, label = choice.mark, choice.label
        for text in (
            mark,
            label,
            f"{mark}{label}",
            f"{mark}:{label}",
            f"{mark}({label})",
            f"{mark}={label}",
        ):
            if text:
                self._marks.setdefault(status_key(text), mark)
        self._found.clear()
        self._lead = self._lead_pattern()

    def known(self, text: str) -> str | None:
        """Return the mark of a status that a whole cell means, if it is one we know."""
        if text not in self._found:
            key = status_key(text)
            self._found[text] = self._marks.get(key) or self._marks.get(key.strip("()[]【】「」"))
        return self._found[text]

    def of_cell(self, text: str) -> list[str] | None:
        """Return the marks of a cell of grades, met now or before; None where it is a text."""
        known = self.known(text)
        if known is None:
            text = _TWO.sub("\\1\n\\2", _FOOTNOTE.sub("", text))
            known = self.known(text)
        if known is not None:
            return [known]
        before, arrow, after = text.rpartition("→")
        if arrow and is_mark(before.strip()) and is_mark(after.strip()):
            return self.of_cell(after.strip())
        if is_nothing(text) and squeezed(text) not in _GRADES:
            return []
        parts = [part for part in _PARTS.split(text) if part]
        if len(parts) > 1 and all(self.known(part) is not None for part in parts):
            return [mark for part in parts if (mark := self.known(part)) is not None]
        found = _EXPLAINED.fullmatch(text.strip())
        if found is not None:
            mark, inside = found["mark"], found["inside"] or ""
            words = found["words"] or (inside if tells_kind(inside) else "")
            if self.known(mark) is None:
                self._add(choice_of(mark, words))
            return [self.known(mark) or mark]
        if len(parts) > 1 and all(map(is_mark, parts)):
            return [mark for part in parts for mark in self.of_cell(part) or ()]
        mark = one_line(text)
        if len(mark) > LONGEST or "。" in mark:
            return None
        self._add(choice_of(mark))
        return [mark]

    def lines_of(self, text: str) -> list[Marked]:
        """Split a text at the lines that begin with a status (✓…, ◇…, ・…)."""
        found: list[Marked] = []
        at = 0
        for line in text.split("\n"):
            mark, rest = self._led(line)
            if mark or not found:
                found.append(Marked(mark, rest.strip(), at, at + len(line)))
            else:
                words = f"{found[-1].text}\n{line}"
                found[-1] = found[-1]._replace(text=words, end=at + len(line))
            at += len(line) + 1
        lines = [self._ended(each._replace(text=each.text.strip())) for each in found]
        return [each for each in lines if each.status or each.text]

    def _ended(self, line: Marked) -> Marked:
        """Return a line whose status stands in brackets at its end: 開催した。（○）."""
        found = None if line.status else ENDING.search(line.text)
        mark = self.known(found["mark"]) if found else None
        if found is None or mark is None:
            return line
        return line._replace(status=mark, text=line.text[: found.start()].rstrip())

    def _led(self, line: str) -> tuple[str, str]:
        found = self._lead.match(line) if self.choices else None
        if found is None:
            return "", line
        groups = found.groupdict()
        mark = self.known(groups.get("mark") or groups["word"])
        return (mark, line[found.end() :].strip()) if mark else ("", line)

    def _lead_pattern(self) -> re.Pattern[str]:
        """Signs may touch the text; letters and words are parted from it."""
        signs = {each.mark for each in self.choices if MARK.fullmatch(status_key(each.mark))}
        same = (
            "".join(re.escape(each) for each in signs)
            + ("○◯〇" if signs & set("○◯〇") else "")
            + ("✓✔☑" if signs & set("✓✔☑") else "")
            + ("・･" if signs & set("・･") else "")
        )
        words = sorted(
            {text for each in self.choices for text in (each.mark, each.label) if text},
            key=len,
            reverse=True,
        )
        word = "|".join(re.escape(each) for each in words)
        sign = rf"(?P<mark>[{same}])\s*|" if same else ""
        second = rf"[【\[（(]?(?P<word>{word})(?:[】\]）)]\s*|{_TIE.pattern}|$)"
        return re.compile(rf"\s*(?:{sign}{second})")

    @property
    def entries(self) -> tuple[StatusEntry, ...]:
        """The statuses as a plan keeps them."""
        return tuple(
            StatusEntry(
                each.mark,
                each.label,
                each.definition,
                StatusKind(each.kind),
                USUAL_COLOURS[StatusKind(each.kind)],
            )
            for each in self.choices
        )
