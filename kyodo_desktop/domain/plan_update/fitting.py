"""Makes what was found in a table fit a plan, and tells what had to be changed for that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain.errors import RefusedError
from kyodo_desktop.domain.fiscal_year import fiscal_year_label
from kyodo_desktop.domain.importing.found_plan import FoundHeading
from kyodo_desktop.domain.importing.grid import CellPlace, Unread
from kyodo_desktop.domain.inputs import (
    LABEL_LIMIT,
    MARK_LIMIT,
    NUMBER_LIMIT,
    ROUND_LIMIT,
    SECTION_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    YEARS,
    checked_day,
    checked_years,
    with_plain_ends,
)
from kyodo_desktop.domain.plan import USUAL_COLOURS
from kyodo_desktop.domain.plan_update.pairing import key
from kyodo_desktop.domain.texts import CONTROLS, UNFIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.importing.found_plan import (
        FoundAction,
        FoundLine,
        FoundOutlook,
        FoundPlacement,
        FoundPlan,
        FoundRound,
    )
    from kyodo_desktop.domain.vocabulary import StatusEntry

    Path = tuple[tuple[str, str], ...]

_NOWHERE = CellPlace("", 0, 0)
_SHOWN = 40  # characters of a cell that a note repeats
_NAMELESS = "（名称なし）"
_UNFIT_DROPPED = "表示できない文字を除いて取り込みました。"
_NO_TITLE = f"名称が空のため、「{_NAMELESS}」として取り込みました。"
_NUMBER_MOVED = f"番号が{NUMBER_LIMIT}文字を超えるため、名称の前に付けて取り込みました。"
_TITLE_CUT = f"名称が{TITLE_LIMIT}文字を超えるため、初めの部分だけを取り込みました。"
_SPARE_COLOURS = ("#7b5aa6", "#00798c", "#a1662f", "#b0477a", "#5c7a29", "#4a5a6a")


def fitted_to_plan(found: FoundPlan, title: str) -> FoundPlan:
    """Return what was found with every value as the editors of a plan would take it.

    It must speak of a round. `title` is the plan's where the table has none. What was cut
    or left out is told in `unread`. Raises RefusedError for headings that are too deep, and
    InvalidInputError for a round that no calendar has.
    """
    fitter = _Fitter(found, title)
    actions = tuple(map(fitter.action, found.actions))
    return found._replace(
        title=fitter.title,
        statuses=tuple(_coloured({each.mark: each for each in fitter.statuses.values()})),
        directions=tuple(dict.fromkeys(fitter.directions.values())),
        rounds=tuple({each.name: each for each in fitter.rounds.values()}.values()),
        headings=tuple(_completed(map(fitter.heading, found.headings), actions)),
        actions=actions,
        unread=(*found.unread, *fitter.notes),
    )


class _Fitter:
    def __init__(self, found: FoundPlan, title: str) -> None:
        self.notes: list[Unread] = []
        self._deepest = max(len(found.levels) - 1, 1)
        self._paths: dict[Path, Path] = {}
        self._section_names: dict[str, str] = {}
        self.title = _fitting_name("", found.title or title).title
        self.statuses = {each.mark: entry for each in found.statuses if (entry := _status(each))}
        self.directions = {
            each: label
            for each in found.directions
            if (label := self._kept(_short_line(each, LABEL_LIMIT, "方向性の区分"), each))
        }
        self.rounds = {each.name: self._round(each) for each in found.rounds}
        self._newest = max(self.rounds.values(), key=lambda each: each[1:]).name

    def heading(self, found: FoundHeading) -> FoundHeading:
        *path, (number, title) = self._path(found.own_path)
        self._tell(_fitting_name(found.number, found.title).reason, found.title, found.place)
        return FoundHeading(tuple(path), number, title, found.place)

    def action(self, found: FoundAction) -> FoundAction:
        name, path, place = (
            _fitting_name(found.number, found.title),
            self._path(found.path),
            found.place,
        )
        self._tell(name.reason, found.title, place)
        whole = f"{found.title}\n{found.description}".strip() if name.is_cut else found.description
        sections = self._sections(found.sections, place)
        related = self._sections(found.related_sections, place)
        return found._replace(
            path=path,
            number=name.number,
            title=name.title,
            description=self._text(whole, place),
            start_fiscal_year=self._checked(found.start_fiscal_year, _is_year, "開始年度", place),
            due=self._checked(found.due, _is_month, "完了予定", place),
            note=self._text(found.note, place),
            sections=sections,
            related_sections=tuple(each for each in related if each not in sections),
            lines=tuple(line for each in found.lines if (line := self._line(each))),
            outlooks=self._outlooks(found.outlooks),
            relisted=self._relisted(found.relisted, path),
        )

    def _path(self, path: Path) -> Path:
        """Return a path of fitting names; what stands nowhere stands under the plan's title."""
        if path not in self._paths:
            if len(path) > self._deepest:
                raise RefusedError(
                    f"見出しが{len(path)}段になる行がありますが、階層の設定では見出しは"
                    f"{self._deepest}段までです。何も取り込んでいません。階層を増やしてください。"
                )
            names = (_fitting_name(number, title) for number, title in path)
            self._paths[path] = tuple(name[:2] for name in names) or (("", self.title),)
        return self._paths[path]

    def _relisted(self, found: Iterable[FoundPlacement], home: Path) -> tuple[FoundPlacement, ...]:
        kept: dict[Path, FoundPlacement] = {}
        for each in found:
            path = self._path(each.path)
            if path != home and path not in kept:
                kept[path] = each._replace(path=path, number=_fitting_name(each.number, "再")[0])
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
        kept = self._kept(_short_line(name, SECTION_LIMIT, "担当課名"), name, place)
        return self._section_names.setdefault(key(kept), kept)

    def _round(self, found: FoundRound) -> FoundRound:
        name = self._kept(_short_line(found.name, ROUND_LIMIT, "調査名"), found.name)
        year, _ = checked_years(found.fiscal_year, found.fiscal_year, "調査の年度")
        day = checked_day(found.as_of, "基準日")
        return found._replace(name=name or fiscal_year_label(year), as_of=day)

    def _round_name(self, name: str) -> str:
        known = self.rounds.get(name)
        return known.name if known else self._newest

    def _text(self, text: str, place: CellPlace) -> str:
        if len(text) <= TEXT_LIMIT and text.isprintable():
            return text
        return self._kept(_fitting_text(text), text, place)

    def _checked(self, value: Any, fits: Any, what: str, place: CellPlace) -> Any:
        if value is None or fits(value):
            return value
        self._tell(f"{what}として使えない値のため、取り込んでいません。", str(value), place)
        return None

    def _kept(self, fitted: _Text, text: str, place: CellPlace = _NOWHERE) -> str:
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
    mark = _short_line(found.mark, MARK_LIMIT, "").text
    if not mark:
        return None
    return found._replace(
        mark=mark,
        label=_short_line(found.label, LABEL_LIMIT, "").text or mark,
        definition=_fitting_text(found.definition).text,
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


class _Text(NamedTuple):
    """A text as a field takes it; `reason` is empty where it is the text itself."""

    text: str
    reason: str = ""


class _Name(NamedTuple):
    """A number and a title as they can be kept."""

    number: str
    title: str
    reason: str = ""

    @property
    def is_cut(self) -> bool:
        """Tell whether a part of the title is missing."""
        return self.reason == _TITLE_CUT


def _fitting_name(number: str, title: str) -> _Name:
    """Return number and title on one line each, no longer than their fields."""
    shown, words = _one_line(number), _one_line(title)
    reason = shown.reason or words.reason
    if len(shown.text) > NUMBER_LIMIT:
        shown, words = _Text(""), _Text(f"{shown.text} {words.text}".strip())
        reason = _NUMBER_MOVED
    if not words.text:
        return _Name(shown.text, _NAMELESS, _NO_TITLE)
    if len(words.text) > TITLE_LIMIT:
        return _Name(shown.text, f"{words.text[: TITLE_LIMIT - 1]}…", _TITLE_CUT)
    return _Name(shown.text, words.text, reason)


def _one_line(text: str) -> _Text:
    """Return the text on one line, without space around it."""
    if text.isprintable():
        return _Text(text.strip())
    plain = with_plain_ends(text)
    kept = UNFIT.sub("", plain)
    reason = "" if kept == plain else _UNFIT_DROPPED
    return _Text(" ".join(kept.split("\n")).strip(), reason)


def _short_line(text: str, limit: int, what: str) -> _Text:
    """Return a name of at most `limit` characters; `what` it is, is told where it is cut."""
    line = _one_line(text)
    if CONTROLS.search(line.text):
        line = _Text(CONTROLS.sub("", line.text), _UNFIT_DROPPED)
    if len(line.text) <= limit:
        return line
    return _Text(
        line.text[:limit], f"{what}が{limit}文字を超えるため、初めの部分だけを使いました。"
    )


def _fitting_text(text: str) -> _Text:
    """Return a text of several lines, no longer than a field."""
    plain = text if text.isprintable() else with_plain_ends(text)
    kept = plain if plain.isprintable() else UNFIT.sub("", plain)
    reason = "" if kept == plain else _UNFIT_DROPPED
    if len(kept) <= TEXT_LIMIT:
        return _Text(kept, reason)
    missing = len(kept) - TEXT_LIMIT
    return _Text(
        kept[:TEXT_LIMIT],
        f"{TEXT_LIMIT:,}文字を超えるため、終わりの{missing:,}文字を取り込んでいません。",
    )
