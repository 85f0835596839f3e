"""置換: where a text stands in the names and texts of a plan, and what would stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kyodo_desktop.domain import action_fields, errors, inputs, nodes
from kyodo_desktop.domain.search import letters, search_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyodo_desktop.domain.outline import Outline

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TextReplacement:
    """What is looked for and what takes its place.

    Where it is not `exact`, width, kana and case make no difference.
    """

    find: str
    put: str
    exact: bool = False

    def spans(self, text: str) -> list[Span]:
        """Return where the text stands in another one, from the left and without overlaps."""
        if not self.find:
            return []
        if self.exact:
            return list(_occurrences(text, self.find))
        if search_key(self.find) not in search_key(text):  # which is soon known
            return []
        found_letters = list(letters(text))
        folded = "".join(key for key, _, _ in found_letters)
        places = [place for place, (key, _, _) in enumerate(found_letters) for _ in key]
        found: list[Span] = []
        for start, end in _occurrences(folded, search_key(self.find)):
            first, last = found_letters[places[start]], found_letters[places[end - 1]]
            if not found or first[1] >= found[-1][1]:
                found.append((first[1], last[2]))
        return found

    def applied(self, text: str) -> tuple[str, list[Span]]:
        """Return the text with the other one in each place, and where that stands in it."""
        parts, placed, done = [], [], 0
        length = 0
        for start, end in self.spans(text):
            parts += [text[done:start], self.put]
            length += start - done
            placed.append((length, length + len(self.put)))
            length += len(self.put)
            done = end
        return "".join([*parts, text[done:]]), placed


def _occurrences(text: str, part: str) -> Iterator[Span]:
    at = text.find(part)
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + len(part))


@dataclass(frozen=True, slots=True, eq=False)
class TextKind:
    """A kind of text in which can be replaced: a name, a field of actions, one of opinions.

    `tables` are those whose column holds it.
    """

    label: str
    is_of_round: bool
    tables: tuple[str, ...]
    column: str
    is_name: bool = False


def _of_field(field: action_fields.Field[Any]) -> TextKind:
    assert field.column is not None
    return TextKind(
        field.label,
        field.scope is not action_fields.Scope.ACTION,
        (field.scope.value,),
        field.column.name,
    )


NAMES = TextKind("名称", False, ("heading", "action"), "title", is_name=True)
OPINIONS = (
    TextKind("委員会意見", True, ("opinion",), "text"),
    TextKind("市の対応", True, ("opinion",), "response"),
)
KINDS = (
    NAMES,
    *(
        _of_field(field)
        for field in action_fields.taking_part(action_fields.Use.EDITOR)
        if field.type.is_running_text and field is not action_fields.TITLE
    ),
    *OPINIONS,
)
"""All kinds, as people read them."""


class TextPlace(NamedTuple):
    """A text of the plan: its kind, its row, the node where it stands, and what it says."""

    kind: TextKind
    table: str
    row_id: int
    node: int
    text: str


class Hit(NamedTuple):
    """A text that would become another one; with a `problem` it cannot."""

    place: TextPlace
    after: str
    spans: list[Span]
    spans_after: list[Span]
    problem: str


def places(
    outline: Outline, kinds: Sequence[TextKind], chosen: Sequence[int] | None = None
) -> Iterator[TextPlace]:
    """Yield the texts of these kinds in printed order, each once.

    With `chosen` only those at and below these nodes.
    """
    seen: set[int] = set()
    for node in _nodes(outline, outline.roots if chosen is None else chosen):
        if nodes.is_placement(node):
            action_id = outline.action_id_at(node)
            if action_id not in seen:
                seen.add(action_id)
                for kind in kinds:
                    yield from _of_action(outline, kind, action_id, node)
        else:
            for kind in kinds:
                yield from _of_heading(outline, kind, node)


def hits(
    outline: Outline,
    replacement: TextReplacement,
    kinds: Sequence[TextKind],
    chosen: Sequence[int] | None = None,
) -> Iterator[Hit]:
    """Yield what would be replaced."""
    for place in places(outline, kinds, chosen):
        spans = replacement.spans(place.text)
        if spans:
            after, spans_after = replacement.applied(place.text)
            yield Hit(place, after, spans, spans_after, _problem(place, after))


def checked(kind: TextKind, text: str) -> str:
    """Return a text as it is stored. Raises InvalidInputError where it cannot be."""
    return (inputs.checked_title if kind.is_name else inputs.checked_text)(text, kind.label)


def _problem(place: TextPlace, after: str) -> str:
    try:
        checked(place.kind, after)
    except errors.InvalidInputError as error:
        return error.message
    return ""


def _nodes(outline: Outline, chosen: Sequence[int]) -> Iterator[int]:
    """Yield the chosen nodes with all below them, each once."""
    seen: set[int] = set()
    for root in chosen:
        for node in (root, *outline.below(root)):
            if node not in seen:
                seen.add(node)
                yield node


def _of_heading(outline: Outline, kind: TextKind, node: int) -> Iterator[TextPlace]:
    if kind is NAMES and nodes.is_heading(node):
        yield TextPlace(kind, "heading", nodes.row_id(node), node, outline.title(node))
    if kind in OPINIONS:
        opinion = outline.opinions.get(nodes.row_id(node) if nodes.is_heading(node) else None)
        if opinion is not None and (nodes.is_heading(node) or node == outline.roots[0]):
            yield TextPlace(kind, "opinion", opinion.id, node, getattr(opinion, kind.column))


def _of_action(outline: Outline, kind: TextKind, action_id: int, node: int) -> Iterator[TextPlace]:
    table = kind.tables[-1]
    if table == action_fields.Scope.ACTION.value:
        text = getattr(outline.actions[action_id], kind.column)
        yield TextPlace(kind, table, action_id, node, text)
    elif table == action_fields.Scope.ROUND.value and action_id in outline.outlooks:
        outlook = outline.outlooks[action_id]
        yield TextPlace(kind, table, outlook.id, node, getattr(outlook, kind.column))
    elif table == action_fields.Scope.LINE.value:
        for line in outline.lines.get(action_id, ()):
            yield TextPlace(kind, table, line.id, node, getattr(line, kind.column))
