"""What can be printed, each as a report of some of the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import errors, nodes, reporting
from kyodo_desktop.domain.narrowing import (
    WHOLE_PLAN,
    WHOLE_SCOPE,
    in_full,
    narrowed,
    with_placements,
)
from kyodo_desktop.pages import options
from kyodo_desktop.pages.options import Edition, HeadingStyle, ReportOptions
from kyodo_desktop.services.report_extras import gathered, reported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.services.workspace import Workspace

_NOTHING_LEFT = "当てはまる実行計画がありません。印刷するものを選び直してください。"
_NOTHING_SHOWN = "表示している実行計画がありません。検索や絞り込みを解除してから印刷してください。"

_LONGEST_SCOPE = 24


class Content(Enum):
    """The kinds of what can be printed."""

    SHOWN = auto()
    SHEETS = auto()
    SECTION = auto()
    REPORT = auto()
    CHANGES = auto()
    BEFORE_AFTER = auto()


class PrintSource(NamedTuple):
    """What a report is made from; `about` says what of the plan the outline has."""

    outline: Outline
    options: ReportOptions
    extras: reporting.Extras
    about: str = ""


@dataclass(frozen=True, slots=True)
class Printable:
    """Something to be printed; `name` stands in the name of a file.

    `read` gives what it is made from, in a thread, of the section with the name that it is given
    where it is `of_section`. It raises PlanError where there is nothing to print.
    """

    content: Content
    label: str
    name: str
    read: Callable[[Workspace, str], PrintSource]
    of_section: bool = False


class Printables:
    """All that can be printed of a plan as it is shown now.

    `remembered` are the choices of the last report; `shown` are the placements that are left by a
    search, None for all; `chosen` are the actions that are chosen.
    """

    def __init__(
        self,
        workspace: Workspace,
        remembered: ReportOptions,
        shown: Iterable[int] | None,
        chosen: Iterable[int],
    ) -> None:
        self._outline, self._remembered = reported(workspace), remembered
        self._shown = None if shown is None else tuple(shown)
        self._chosen = tuple(chosen)
        assigned = self._outline.assignments.values()
        busy = {each.section_id for found in assigned for each in found}
        known = self._outline.sections.values()
        self.sections = tuple(each.name for each in known if each.id in busy)

    def offered(self) -> Iterator[Printable]:
        """Yield those that the plan has something for."""
        shown = "紙面" if self._shown is None else f"紙面（表示中の{len(self._shown)}件）"
        yield Printable(Content.SHOWN, shown, options.LISTING, self._read_shown)
        if self._chosen:
            count = f"（{len(self._chosen)}件）" if len(self._chosen) > 1 else ""
            label = f"{self._outline.action_word}の個票{count}"
            yield Printable(Content.SHEETS, label, "個票", self._read_sheets)
        if self.sections:
            name = "担当課の一覧"
            yield Printable(Content.SECTION, name, name, self._read_section, of_section=True)
        yield Printable(Content.REPORT, self._report_label, "報告書", self._read_whole)
        outline = self._outline
        if outline.previous is not None:
            yield self._part(Content.CHANGES, options.CHANGES)
        if outline.revisions or len({each.term_id for each in outline.headings.values()}) > 1:
            yield self._part(Content.BEFORE_AFTER, options.BEFORE_AFTER)

    def given(
        self, content: Content, part: str, extras: reporting.Extras, outline: Outline
    ) -> Printable:
        """Return a part that somebody looks at already, with what it shows."""
        source = PrintSource(outline, replace(self._internal, parts=(part,)), extras)
        return Printable(content, part, part, lambda _workspace, _section: source)

    @property
    def section(self) -> str:
        """The section of the first chosen action, or the first of all."""
        outline = self._outline
        assigned = (
            each for action in self._chosen for each in outline.assignments.get(action, ())
        )
        first = next((outline.sections[each.section_id].name for each in assigned), "")
        return first or next(iter(self.sections), "")

    @property
    def _report_label(self) -> str:
        scope = self._remembered.narrowing.scope_line or WHOLE_SCOPE
        if len(scope) > _LONGEST_SCOPE:
            scope = f"{scope[:_LONGEST_SCOPE]}…"
        return f"報告書（{self._remembered.edition.label}、前回の出力と同じ内容）　{scope}"

    @property
    def _internal(self) -> ReportOptions:
        """The paper and the font of last time, for what the window itself shows."""
        return replace(self._remembered, edition=Edition.INTERNAL, narrowing=WHOLE_PLAN)

    def _read_shown(self, workspace: Workspace, _section: str) -> PrintSource:
        """Return the table as the city publishes it: nothing in it is internal."""
        chosen = replace(
            self._internal,
            edition=Edition.PUBLIC,
            parts=(options.LISTING,),
            headings=HeadingStyle.COLUMNS,
            columns=options.PUBLISHED_COLUMNS,
        )
        outline = reported(workspace)
        if self._shown is None:
            return PrintSource(outline, chosen, reporting.Extras())
        left = [each for each in self._shown if outline.exists(each)]
        if not left:
            raise errors.NothingToExportError(outline.worded(_NOTHING_SHOWN))
        about = f"対象：表示中の{len(left)}件"
        return PrintSource(with_placements(outline, left), chosen, reporting.Extras(), about)

    def _read_sheets(self, workspace: Workspace, _section: str) -> PrintSource:
        chosen = self._internal.for_action()
        outline = reported(workspace)
        placed = [row_id for each in self._chosen for row_id in outline.placed.get(each, ())]
        places = [*map(nodes.placement_node, placed)]
        if not places:  # they were added since the round was closed
            raise errors.NothingToExportError(outline.worded(_NOTHING_LEFT))
        extras = gathered(workspace, chosen.extras)
        return PrintSource(with_placements(outline, places), chosen, extras)

    def _read_section(self, workspace: Workspace, section: str) -> PrintSource:
        return _read(workspace, self._internal.for_section(section))

    def _read_whole(self, workspace: Workspace, _section: str) -> PrintSource:
        return _read(workspace, self._remembered)

    def _part(self, content: Content, part: str) -> Printable:
        chosen = replace(self._internal, parts=(part,))
        return Printable(content, part, part, lambda workspace, _section: _read(workspace, chosen))


def _read(workspace: Workspace, chosen: ReportOptions) -> PrintSource:
    only_public = chosen.edition is Edition.PUBLIC
    whole = reported(workspace)
    outline = narrowed(whole, chosen.narrowing)
    if chosen.narrowing and not outline.placements:
        raise errors.NothingToExportError(outline.worded(_NOTHING_LEFT))
    extras = gathered(workspace, chosen.extras, chosen.narrowing, only_public=only_public)
    chosen = replace(chosen, narrowing=in_full(whole, chosen.narrowing))
    return PrintSource(outline, chosen, extras)
