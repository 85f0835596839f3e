"""The fields of an action, of its own and in a round: the one list from which all others follow.

Every place that shows, reads, writes or compares actions takes its fields from here:

    for field in taking_part(Use.FORM):
        value = field.of(outline, action_id)          # what the database holds, see the type
        text = field.type.format(value, outline)      # what people read
        value = field.type.parse(text, OutlineNames(outline), field.label)

* A field of scope ACTION is a column of the action's row, or, with a `Links` type, rows of
  their own. One of scope ROUND is a column of the action's outlook in a round: `of` gives the
  empty value where there is none. One of scope LINE is a column of each line of 進捗状況 and
  read by `of_line`.
* To treat one kind of value in a way of its own, ask for the field's type
  (`isinstance(field.type, Month)`, `field.type.is_running_text`), never for its name. Code that
  is about one field says so: `action_fields.NOTE`, or `action.note` for its value.
* Places that put several fields together (進捗状況 with its mark, 今後の方向性 with its choice)
  name those, and take the others from `taking_part`.
* A field of its own kind of value needs a type in `domain/field_types.py`. A further field that
  people type or choose (`Text`, `Number`, `Count`, `FiscalYear`, `Month`, `Code`, `Reference`), of
  scope ACTION or ROUND, is one line in `FIELDS`, its column in `domain/plan.py` and
  `store/tables/rows.py`, and a migration; a test compares these. That line says
  whether it is published, and what earlier exports mean:
  `_field("basis", "根拠法令", field_types.Text(), PUBLIC, earlier="")`.
* One of `Links` needs more: a table of its own (`domain/plan.py`, `domain/tables.py`,
  `store/tables/rows.py`, a migration), its rows in `Outline`, a place in both forms of the editor,
  and its rows in each service that copies, joins, continues or deletes actions; all that names
  `ActionActor` or `ACTORS` shows where. A further field of LINE is named by what shows lines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

from kyodo_desktop.domain import field_types, plan
from kyodo_desktop.domain.comparing.kinds import ChangeKind
from kyodo_desktop.domain.field_types import INTERNAL, PUBLIC

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline

T = TypeVar("T")


class Scope(Enum):
    """What has a value of a field, and in which table of the file its column is."""

    ACTION = "action"
    ROUND = "outlook"
    """An action in a round."""
    LINE = "progress"
    """Each line of 進捗状況 of an action in a round."""


class Use(Enum):
    """What a field takes part in. Its own column is in CSV, JSON and the history anyway."""

    EDITOR = auto()
    SEARCH = auto()
    TREE = auto()
    """The list of the plan in the window, as a column that people can choose."""
    LIST = auto()
    """進捗状況一覧, as a column of its own."""
    DATA = auto()
    """データ, from which a plan is read back."""
    FORM = auto()
    """回答票 and the answers in it."""
    PASTE = auto()
    """Rows in the clipboard, both ways."""
    COMPARISON = auto()
    JOINING = auto()
    """重複をまとめる: one of two values is chosen."""
    NEXT_TERM = auto()
    """An action that continues one of the term before begins with its value."""


EVERYWHERE = frozenset(Use)


class FormCell(NamedTuple):
    """How a field stands in 回答票: what the form calls it, and the same with its line ends.

    Cells with a lower `group` come first.
    """

    label: str
    heading: str
    width: field_types.WidthRange
    group: int


@dataclass(frozen=True, slots=True, eq=False)
class Field(Generic[T]):
    """One field; two of them are never the same.

    `label` is what people read where it stands for itself; データ and the clipboard call it by
    its `heading`. `column` is its own one in the table of its scope, `earlier` what is meant where
    データ has no such column yet, see `field_types.Column`. A field that is not
    `is_public` is left out of what a city hall publishes. `data_width` is in em; `words` are
    further headings by which the clipboard knows it (an import has lists of its own); `change`
    is how 前回との比較 counts it.
    """

    name: str
    label: str
    type: field_types.FieldType[T]
    scope: Scope
    uses: frozenset[Use]
    is_public: bool
    heading: str
    column: field_types.Column | None
    earlier: Any
    change: ChangeKind
    data_width: float
    form: FormCell
    words: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<field {self.name}>"

    @property
    def is_later(self) -> bool:
        """Whether there are reports without the field."""
        return self.earlier is not field_types.ALWAYS_THERE

    def of(self, outline: Outline, action_id: int) -> T:
        """Return what an action says, in the round that is shown; not for a field of lines."""
        if isinstance(self.type, field_types.Links):
            return cast("T", self.type.of(outline, action_id))
        assert self.column is not None
        if self.scope is Scope.ACTION:
            return cast("T", getattr(outline.actions[action_id], self.column.name))
        assert self.scope is Scope.ROUND
        return self.of_outlook(outline.outlooks.get(action_id))

    def of_outlook(self, outlook: plan.Outlook | None) -> T:
        """Return what an outlook says; without one the field is empty."""
        assert self.column is not None
        return self.type.empty if outlook is None else getattr(outlook, self.column.name)

    def of_line(self, line: plan.Progress) -> T:
        """Return what a line of 進捗状況 says."""
        assert self.column is not None
        return cast("T", getattr(line, self.column.name))

    def format(self, outline: Outline, action_id: int) -> str:
        """Return what people read of an action."""
        return self.type.format(self.of(outline, action_id), outline)


def _field(
    name: str,
    label: str,
    type_: field_types.FieldType[T],
    is_public: bool,
    scope: Scope = Scope.ACTION,
    *,
    column: tuple[str, str, str] | None = None,
    earlier: Any = field_types.ALWAYS_THERE,
) -> Field[T]:
    """Return a field that takes part everywhere, with no more to say.

    `column` are the name, heading and label of its column where those are others.
    """
    is_own = not isinstance(type_, field_types.Links)
    column_name, heading, column_label = column or (name, label, label)
    own = field_types.Column(
        column_name,
        heading,
        type_,
        is_public,
        column_label,
        optional=type_.empty is None,
        earlier=earlier,
    )
    return Field(
        name=name,
        label=label,
        type=type_,
        scope=scope,
        uses=EVERYWHERE,
        is_public=is_public,
        heading=label,
        column=own if is_own else None,
        earlier=earlier,
        change=ChangeKind.OTHER,
        data_width=type_.width.best,
        form=FormCell(label, label, type_.width, _LAST),
        words=(),
    )


_LAST = 3
_COMBINED = Use.COMPARISON, Use.LIST
"""Where fields stand together with another one: that place names them itself."""


TITLE = replace(
    _field("title", "名称", field_types.Title(), PUBLIC, column=("title", "実行計画", "名称")),
    uses=EVERYWHERE - {Use.LIST, Use.DATA, Use.FORM, Use.NEXT_TERM},
    heading="実行計画",
    change=ChangeKind.REWORDED,
    words=("取組", "取組名", "取組内容", "事業", "事業名", "施策名", "項目"),
)
DESCRIPTION = replace(
    _field("description", "内容", field_types.Text(), PUBLIC),
    uses=EVERYWHERE - {Use.LIST, Use.FORM, Use.PASTE},
    change=ChangeKind.REWORDED,
    data_width=20,
)
STATUS = replace(
    _field(
        "status",
        "状態",
        field_types.STATUS,
        PUBLIC,
        Scope.LINE,
        column=("status_id", "状態", "状態"),
    ),
    uses=EVERYWHERE - {*_COMBINED, Use.SEARCH, Use.JOINING},
    data_width=5,
    form=FormCell("状態", "状態", field_types.WidthRange(2.6, 3), 0),
    words=("評価", "達成度", "進捗", "区分"),
)
PROGRESS = replace(
    _field(
        "text", "進捗状況", field_types.Text(), PUBLIC, Scope.LINE, column=("text", "文", "文")
    ),
    uses=EVERYWHERE - {*_COMBINED, Use.JOINING},
    data_width=40,
    form=FormCell("進捗状況", "進捗状況", field_types.WidthRange(13.6, 40), 0),
    words=("実績", "取組状況", "実施状況", "内容"),
)
LINE_SECTION = replace(
    _field(
        "line_section",
        "記入課",
        field_types.SECTION,
        PUBLIC,
        Scope.LINE,
        column=("section_id", "担当課", "担当課"),
    ),
    uses=EVERYWHERE - {*_COMBINED, Use.TREE, Use.SEARCH, Use.FORM, Use.PASTE, Use.JOINING},
    data_width=10,
)
DIRECTION = replace(
    _field(
        "direction",
        "今後の方向性",
        field_types.DIRECTION,
        PUBLIC,
        Scope.ROUND,
        column=("direction_id", "方向性", "方向性"),
    ),
    uses=EVERYWHERE - {*_COMBINED, Use.SEARCH},
    heading="方向性",
    data_width=7,
    form=FormCell("今後の方向性", "今後の\n方向性", field_types.WidthRange(4.2, 5.6), 2),
)
OUTLOOK = replace(
    _field(
        "outlook",
        "今後の方向性",
        field_types.Text(),
        PUBLIC,
        Scope.ROUND,
        column=("text", "文", "文"),
    ),
    uses=EVERYWHERE - {*_COMBINED, Use.TREE},  # whose column is the one of DIRECTION
    data_width=30,
    form=FormCell(
        "今後の方向性（内容）", "今後の方向性\n（内容）", field_types.WidthRange(6.4, 16), 2
    ),
    words=("今後の取組", "次年度の取組", "課題"),
)
START = replace(
    _field("start_fiscal_year", "開始年度", field_types.FiscalYear(), INTERNAL),
    uses=EVERYWHERE - {Use.LIST, Use.SEARCH, Use.FORM, Use.PASTE},
    data_width=7,
)
DUE = replace(
    _field("due", "完了予定", field_types.Month(), PUBLIC),
    uses=EVERYWHERE - {Use.SEARCH},
    change=ChangeKind.DUE,
    data_width=7,
    form=FormCell("完了予定", "完了予定", field_types.WidthRange(6.3, 6.8), 1),
    words=("期限", "完了時期", "達成時期"),
)
LEAD = replace(
    _field("lead", plan.Role.LEAD.label, field_types.Sections(plan.Role.LEAD), PUBLIC),
    uses=EVERYWHERE - {Use.LIST, Use.FORM, Use.PASTE, Use.NEXT_TERM},
    change=ChangeKind.SECTION,
    data_width=12,
    words=("担当課", "担当", "所管課", "所管", "主管課", "担当部署"),
)
RELATED = replace(
    _field("related", plan.Role.RELATED.label, field_types.Sections(plan.Role.RELATED), PUBLIC),
    uses=EVERYWHERE - {Use.LIST, Use.FORM, Use.PASTE, Use.JOINING, Use.NEXT_TERM},
    change=ChangeKind.SECTION,
    data_width=12,
)
PREREQUISITES = replace(
    _field(
        "prerequisites",
        "先に終える実行計画",
        field_types.Links("prerequisite", "prerequisites", "required_id", field_types.ACTION),
        INTERNAL,
    ),
    uses=frozenset((Use.EDITOR, Use.COMPARISON)),
)
ACTORS = replace(
    _field(
        "actors",
        "主体",
        field_types.Links("action_actor", "action_actors", "actor_id", field_types.ACTOR),
        INTERNAL,
    ),
    uses=frozenset((Use.EDITOR, Use.SEARCH, Use.TREE, Use.DATA, Use.COMPARISON)),
    data_width=12,
)
PRINCIPLES = replace(
    _field(
        "principles",
        "基本原則",
        field_types.Links(
            "action_principle", "action_principles", "principle_id", field_types.PRINCIPLE
        ),
        INTERNAL,
    ),
    uses=frozenset((Use.EDITOR, Use.SEARCH, Use.TREE, Use.DATA, Use.COMPARISON)),
    data_width=16,
)
NOTE = replace(
    _field("note", "備考", field_types.Text(), INTERNAL),
    uses=EVERYWHERE - {Use.LIST, Use.PASTE},
    data_width=16,
    form=FormCell("備考", "備考", field_types.WidthRange(3.8, 10), _LAST),
)
CONTINUES = replace(
    _field(
        "continues",
        "継続元キー",
        field_types.ACTION,
        INTERNAL,
        column=("continues_id", "継続元キー", "引き継ぐもの"),
    ),
    uses=frozenset((Use.DATA,)),
    data_width=7,
)
FIELDS: tuple[Field[Any], ...] = (
    TITLE,
    DESCRIPTION,
    STATUS,
    PROGRESS,
    LINE_SECTION,
    DIRECTION,
    OUTLOOK,
    START,
    DUE,
    LEAD,
    RELATED,
    PREREQUISITES,
    ACTORS,
    PRINCIPLES,
    NOTE,
    CONTINUES,
)
"""All fields, in the order in which people read them."""


def taking_part(use: Use, *scopes: Scope) -> tuple[Field[Any], ...]:
    """Return the fields that take part, in their order; with scopes only those of them."""
    return tuple(
        field for field in FIELDS if use in field.uses and field.scope in (scopes or Scope)
    )


def columns(scope: Scope) -> tuple[field_types.Column, ...]:
    """Return the columns that the fields of a scope have in its table."""
    return tuple(field.column for field in FIELDS if field.scope is scope and field.column)


def form_fields() -> tuple[Field[Any], ...]:
    """Return the fields of 回答票 from left to right."""
    return tuple(sorted(taking_part(Use.FORM), key=lambda field: field.form.group))


def is_empty_outlook(outlook: Any) -> bool:
    """Tell whether all fields of an outlook are empty: there need not be one."""
    return all(getattr(outlook, each.name) == each.type.empty for each in columns(Scope.ROUND))
