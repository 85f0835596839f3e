"""Makes what was found in a table fit a plan, and tells what had to be changed for that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.fiscal_year import fiscal_year_label
from kyodo_desktop.domain.importing.found_plan import FoundAction, FoundHeading
from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.inputs import (
    LABEL_LIMIT,
    MARK_LIMIT,
    ROUND_LIMIT,
    SECTION_LIMIT,
    TEXT_LIMIT,
    YEARS,
)
from kyodo_desktop.domain.plan import USUAL_COLOURS
from kyodo_desktop.services.importing.fitting import (
    fitting_name,
    fitting_text,
    short_line,
)
from kyodo_desktop.services.importing.pairing import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.importing.found_plan import (
        FoundLine,
        FoundOutlook,
        FoundPlacement,
        FoundPlan,
        FoundRound,
    )
    from kyodo_desktop.domain.vocabulary import StatusEntry
    from kyodo_desktop.services.importing.fitting import Fitted

    Path = tuple[tuple[str, str], ...]

_NOWHERE = CellPlace("", 0, 0)
_SHOWN = 40  # characters of a cell that a note repeats
_SPARE_COLOURS = ("#7b5aa6", "#00798c", "#a1662f", "#b0477a", "#5c7a29", "#4a5a6a")


def mended(found: FoundPlan, title: str) -> FoundPlan:
    """Return what was found with every value as the editors of a plan would take it.

    It must speak of a round. `title` is the plan's where the table has none. What was cut
    or left out is told in `unread`. Raises RefusedError for headings that are too deep.
    """
    mender = _Mender(found, title)
    actions = tuple(map(mender.action, found.actions))
    return found._replace(
        title=mender.title,
        statuses=tuple(_coloured({each.mark: each for each in mender.statuses.values()})),
        directions=tuple(dict.fromkeys(mender.directions.values())),
        rounds=tuple({each.name: each for each in mender.rounds.values()}.values()),
        headings=tuple(_completed(map(mender.heading, found.headings), actions)),
        actions=actions,
        unread=(*found.unread, *mender.notes),
    )


class _Mender:
    def __init__(self, found: FoundPlan, title: str) -> None:
        self.notes: list[Unread] = []
        self._deepest = max(len(found.levels) - 1, 1)
        self._paths: dict[Path, Path] = {}
        self._section_names: dict[str, str] = {}
        self.title = fitting_name("", found.title or title).title
        self.statuses = {each.mark: entry for each in found.statuses if (entry := _status(each))}
        self.directions = {
            each: label
            for each in found.directions
            if (label := self._kept(short_line(each, LABEL_LIMIT, "方向性の区分"), each))
        }
        self.rounds = {each.name: self._round(each) for each in found.rounds}
        self._newest = max(self.rounds.values(), key=lambda each: each[1:]).name

    def heading(self, found: FoundHeading) -> FoundHeading:
        *path, (number, title) = self._path(found.own_path)
        self._tell(fitting_name(found.number, found.title).reason, found.title, found.place)
        return FoundHeading(tuple(path), number, title, found.place)

    def action(self, found: FoundAction) -> FoundAction:
        name, path, place = (
            fitting_name(found.number, found.title),
            self._path(found.path),
            found.place,
        )
        self._tell(name.reason, found.title, place)
        whole = f"{found.title}\n{found.description}".strip() if name.is_cut else found.description
        sections = self._sections(found.sections, place)
        related = self._sections(found.related_sections, place)
        return FoundAction(
            path,
            name.number,
            name.title,
            place,
            self._text(whole, place),
            self._checked(found.start_fiscal_year, _is_year, "開始年度", place),
            self._checked(found.due, _is_month, "完了予定", place),
            self._text(found.note, place),
            sections,
            tuple(each for each in related if each not in sections),
            tuple(line for each in found.lines if (line := self._line(each))),
            self._outlooks(found.outlooks),
            self._relisted(found.relisted, path),
        )

    def _path(self, path: Path) -> Path:
        """Return a path of fitting names; what stands nowhere stands under the plan's title."""
        if path not in self._paths:
            if len(path) > self._deepest:
                raise RefusedError(
                    f"見出しが{len(path)}段になる行がありますが、階層の設定では見出しは"
                    f"{self._deepest}段までです。何も取り込んでいません。階層を増やしてください。"
                )
            names = (fitting_name(number, title) for number, title in path)
            self._paths[path] = tuple(name[:2] for name in names) or (("", self.title),)
        return self._paths[path]

    def _relisted(self, found: Iterable[FoundPlacement], home: Path) -> tuple[FoundPlacement, ...]:
        kept: dict[Path, FoundPlacement] = {}
        for each in found:
            path = self._path(each.path)
            if path != home and path not in kept:
                kept[path] = each._replace(path=path, number=fitting_name(each.number, "再")[0])
        return tuple(kept.values())

    def _line(self, found: FoundLine) -> FoundLine | None:
        """Return a line of progress, or nothing where it says nothing."""
        status, text = self.statuses.get(found.status), self._text(found.text, found.place)
        if found.status and status is None:
            self._tell("凡例にない状態のため、文の前に残しました。", found.status, found.place)
            text = self._text(f"{found.status} {text}".strip(), found.place)
        if not text and status is None:
            return None
        section = self._section(found.section, found.place)
        mark, round_name = status.mark if status else "", self._round_name(found.round)
        return found._replace(round=round_name, section=section, status=mark, text=text)

    def _outlooks(self, found: Iterable[FoundOutlook]) -> tuple[FoundOutlook, ...]:
        """Return the outlooks, one a round; a choice that is no direction stays in the text."""
        kept: dict[str, FoundOutlook] = {}
        for each in found:
            name, direction = self._round_name(each.round), self.directions.get(each.direction, "")
            before = kept.get(name, each._replace(round=name, direction="", text=""))
            first = before.direction or direction
            choice = "" if direction and direction == first else each.direction
            texts = (before.text, choice, each.text)
            text = self._text("\n".join(filter(None, texts)), each.place)
            if first or text:
                kept[name] = before._replace(direction=first, text=text)
        return tuple(kept.values())

    def _sections(self, names: Iterable[str], place: CellPlace) -> tuple[str, ...]:
        fitting = (self._section(each, place) for each in names)
        return tuple(dict.fromkeys(filter(None, fitting)))

    def _section(self, name: str, place: CellPlace) -> str:
        """Return the name of a section; what differs in width or spaces only is the same one."""
        kept = self._kept(short_line(name, SECTION_LIMIT, "担当課名"), name, place)
        return self._section_names.setdefault(key(kept), kept)

    def _round(self, found: FoundRound) -> FoundRound:
        name = self._kept(short_line(found.name, ROUND_LIMIT, "調査名"), found.name)
        return found._replace(name=name or fiscal_year_label(found.fiscal_year))

    def _round_name(self, name: str) -> str:
        known = self.rounds.get(name)
        return known.name if known else self._newest

    def _text(self, text: str, place: CellPlace) -> str:
        if len(text) <= TEXT_LIMIT and text.isprintable():
            return text
        return self._kept(fitting_text(text), text, place)

    def _checked(self, value: Any, fits: Any, what: str, place: CellPlace) -> Any:
        if value is None or fits(value):
            return value
        self._tell(f"{what}として使えない値のため、取り込んでいません。", str(value), place)
        return None

    def _kept(self, fitted: Fitted, text: str, place: CellPlace = _NOWHERE) -> str:
        self._tell(fitted.reason, text, place)
        return fitted.text

    def _tell(self, reason: str, text: str, place: CellPlace) -> None:
        if reason:
            shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
            self.notes.append(Unread(place, shown, reason))


def _completed(
    headings: Iterable[FoundHeading], actions: Iterable[FoundAction]
) -> Iterator[FoundHeading]:
    """Yield each heading once, and then those that only the actions speak of."""
    known: set[Path] = set()
    for heading in headings:
        if heading.own_path not in known:
            known.add(heading.own_path)
            yield heading
    for action in actions:
        for path in (action.path, *(each.path for each in action.relisted)):
            for depth, name in enumerate(path):
                if path[: depth + 1] not in known:
                    known.add(path[: depth + 1])
                    yield FoundHeading(path[:depth], *name, action.place)


def _status(found: StatusEntry) -> StatusEntry | None:
    """Return a status that can be kept; without a mark it is none."""
    mark = short_line(found.mark, MARK_LIMIT, "").text
    if not mark:
        return None
    return found._replace(
        mark=mark,
        label=short_line(found.label, LABEL_LIMIT, "").text or mark,
        definition=fitting_text(found.definition).text,
        colour=found.colour or USUAL_COLOURS[found.kind],
        id=None,
    )


def _coloured(statuses: dict[str, StatusEntry]) -> Iterator[StatusEntry]:
    """Yield the statuses, no two in the same colour while there are others."""
    taken: set[str] = set()
    for status in statuses.values():
        spare = (each for each in (status.colour, *_SPARE_COLOURS) if each not in taken)
        colour = next(spare, status.colour)
        taken.add(colour)
        yield status._replace(colour=colour)


def _is_year(year: int) -> bool:
    return year in YEARS


def _is_month(month: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month)) and int(month[:4]) in YEARS
