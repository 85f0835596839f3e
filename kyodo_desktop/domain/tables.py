"""The tables of a plan's file, described once: their values, their order, their words.

The values themselves are written out in `domain/plan.py`, the rules of the database in
`store/tables/rows.py`; tests compare both with what is said here. Reading, refreshing and
writing a plan, CSV, JSON and workbooks, and the words of the history follow from it.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Any, NamedTuple

from kyodo_desktop.domain import action_fields, field_types, plan
from kyodo_desktop.domain.field_types import INTERNAL, PUBLIC, Column


class Index(Enum):
    """How an outline keeps the rows of a table."""

    ONLY = auto()
    """There is one row."""
    LISTED = auto()
    ID = auto()
    """By id, in their order."""
    ID_UNORDERED = auto()
    """By id; the tree has their order."""
    ACTION = auto()
    """By action, which can have several, in their order."""
    ONE_AN_ACTION = auto()


class Table(NamedTuple):
    """A table.

    `word` is what CSV and workbooks call one of its rows (種別), `label` what the history does.
    What is in one that is not `is_public` stays in the city hall, all of it. Its `columns` are
    without `id`. An outline keeps the rows in its `field`, `indexed_by` what;
    what is read a round at a time, or not as part of the plan, has none. `order` are the columns
    by which rows are in order. Rows with a `name` column are called by it in CSV, not by ids.
    """

    kind: Any
    word: str
    label: str
    is_public: bool
    columns: tuple[Column, ...]
    field: str = ""
    indexed_by: Index = Index.ID
    order: tuple[str, ...] = ("id",)
    name: str = ""


_TEXT_TYPE, _YEAR_TYPE = field_types.Text(), field_types.FiscalYear()
_PRINTED = ("position", "id")


def _text(name: str, heading: str, is_public: bool, label: str = "") -> Column:
    return Column(name, heading, _TEXT_TYPE, is_public, label)


def _late_text(name: str, heading: str, is_public: bool) -> Column:
    """Return a column of texts that earlier exports have not."""
    return _text(name, heading, is_public, heading)._replace(earlier="")


def _maybe(
    name: str,
    heading: str,
    type_: field_types.FieldType[Any],
    is_public: bool,
    label: str = "",
) -> Column:
    return Column(name, heading, type_, is_public, label, optional=True)


def _moment(name: str, heading: str, label: str) -> Column:
    """Return a column of moments, at which somebody in the city hall did something."""
    return _maybe(name, heading, field_types.Moment(), INTERNAL, label)


def _internal(*columns: Column) -> tuple[Column, ...]:
    """Return columns that other tables have as well, as a table has them that stays inside."""
    return tuple(each._replace(is_public=INTERNAL) for each in columns)


_CARRIED = Column(
    "carried",
    "前回のまま",
    field_types.Flag("前回のまま", "確認済み"),
    INTERNAL,
    "確認",
    earlier=0,
)
_POSITION = Column("position", "順番", field_types.Place(), PUBLIC, "並び順")
_NAME = _text("name", "名前", PUBLIC, "名称")
_TEXT = _text("text", "文", PUBLIC, "文")
_NUMBER = _text("number", "番号", PUBLIC, "番号")
_YEARS = (
    Column("first_fiscal_year", "開始年度", _YEAR_TYPE, PUBLIC, "開始年度"),
    Column("last_fiscal_year", "終了年度", _YEAR_TYPE, PUBLIC, "終了年度"),
)
_TERM = Column("term_id", "期キー", field_types.TERM, PUBLIC)
_ROUND = Column("round_id", "調査", field_types.ROUND, PUBLIC)
_ACTION = Column("action_id", "実行計画キー", field_types.ACTION, PUBLIC)
_SECTION = Column("section_id", "担当課", field_types.SECTION, PUBLIC, "担当課")
_OPERATION = Column("operation_id", "操作キー", field_types.OPERATION, INTERNAL)
_RULE = _text("rule", "点検項目", INTERNAL)
_WORDS: dict[str, str] = {}  # of the tables, which are to come
_TARGET = (
    Column("table_name", "対象の種別", field_types.Code(_WORDS), INTERNAL),
    Column("row_id", "対象キー", field_types.Number(), INTERNAL),
)

TABLES: dict[str, Table] = {
    "plan": Table(
        plan.Plan,
        "計画",
        "計画",
        PUBLIC,
        (
            _text("title", "名前", PUBLIC, "名称"),
            _text("ordinance", "根拠", PUBLIC, "条例"),
            _text("definition", "定義", PUBLIC, "定義"),
            _text("policy", "基本方針", PUBLIC, "方針"),
            *_YEARS,
            _late_text("contact_section", "照会元の課", INTERNAL),
            _late_text("contact_person", "照会元の担当者", INTERNAL),
            _late_text("contact_telephone", "照会元の電話", INTERNAL),
            _late_text("municipality", "市町村名", PUBLIC),
        ),
        field="plan",
        indexed_by=Index.ONLY,
    ),
    "level": Table(
        plan.Level,
        "階層",
        "階層",
        PUBLIC,
        (_POSITION, _NAME, _text("numbering", "番号の形式", PUBLIC, "番号の形式")),
        field="levels",
        indexed_by=Index.LISTED,
        order=_PRINTED,
    ),
    "principle": Table(
        plan.Principle,
        "基本原則",
        "基本原則",
        PUBLIC,
        (_POSITION, _NUMBER, _TEXT),
        field="principles",
        order=_PRINTED,
    ),
    "actor": Table(
        plan.Actor,
        "主体",
        "主体",
        PUBLIC,
        (_POSITION, _NAME),
        field="actors",
        order=_PRINTED,
    ),
    "term": Table(
        plan.Term,
        "期",
        "期",
        PUBLIC,
        (
            _POSITION,
            _text("name", "期", PUBLIC, "名称"),
            *_YEARS,
            _maybe("continues_id", "継続元キー", field_types.TERM, INTERNAL, "引き継ぐもの"),
        ),
        field="terms",
        order=_PRINTED,
    ),
    "heading": Table(
        plan.Heading,
        "見出し",
        "見出し",
        PUBLIC,
        (
            _TERM,
            _maybe("parent_id", "上の見出しキー", field_types.HEADING, PUBLIC, "上の見出し"),
            _POSITION,
            _text("title", "名前", PUBLIC, "名称"),
            _NUMBER,
        ),
        field="headings",
        indexed_by=Index.ID_UNORDERED,
        order=_PRINTED,
    ),
    "section": Table(
        plan.Section,
        "担当課",
        "担当課",
        PUBLIC,
        (_POSITION, _text("name", "担当課", PUBLIC, "名称")),
        field="sections",
        order=_PRINTED,
        name="name",
    ),
    "status": Table(
        plan.Status,
        "状態",
        "状態の区分",
        PUBLIC,
        (
            _POSITION,
            _text("mark", "状態", PUBLIC, "記号"),
            _text("label", "名前", PUBLIC, "名称"),
            _text("definition", "定義", PUBLIC, "定義"),
            Column("kind", "区分", field_types.code_of(plan.StatusKind), PUBLIC, "意味"),
            _text("colour", "色", PUBLIC, "色"),
            Column("counted", "集計に含める", field_types.Flag("する", "しない"), PUBLIC, "集計"),
        ),
        field="statuses",
        order=_PRINTED,
        name="mark",
    ),
    "direction": Table(
        plan.Direction,
        "方向性",
        "方向性の区分",
        PUBLIC,
        (_POSITION, _text("label", "方向性", PUBLIC, "名称")),
        field="directions",
        order=_PRINTED,
        name="label",
    ),
    "round": Table(
        plan.Round,
        "調査",
        "調査",
        PUBLIC,
        (
            _text("name", "調査", PUBLIC, "名称"),
            Column("fiscal_year", "年度", _YEAR_TYPE, PUBLIC, "年度"),
            Column("as_of", "時点", field_types.Day(), PUBLIC, "基準日"),
            _moment("closed_at", "確定日時", "確定"),
        ),
        field="rounds",
        order=("fiscal_year", "as_of", "id"),
        name="name",
    ),
    "action": Table(
        plan.Action,
        "実行計画",
        "実行計画",
        PUBLIC,
        (_TERM, *action_fields.columns(action_fields.Scope.ACTION)),
        field="actions",
        indexed_by=Index.ID_UNORDERED,
    ),
    "placement": Table(
        plan.Placement,
        "掲載",
        "掲載",
        PUBLIC,
        (
            Column("heading_id", "見出しキー", field_types.HEADING, PUBLIC, "掲載先"),
            _POSITION,
            _ACTION,
            _NUMBER,
        ),
        field="placements",
        indexed_by=Index.ID_UNORDERED,
        order=_PRINTED,
    ),
    "assignment": Table(
        plan.Assignment,
        "担当",
        "担当",
        PUBLIC,
        (
            _ACTION,
            _SECTION,
            Column("role", "役割", field_types.code_of(plan.Role), PUBLIC, "役割"),
        ),
        field="assignments",
        indexed_by=Index.ACTION,
    ),
    "prerequisite": Table(
        plan.Prerequisite,
        "先に終える実行計画",
        "先に終える実行計画",
        INTERNAL,
        (
            *_internal(_ACTION),
            Column(
                "required_id",
                "先に終える実行計画キー",
                field_types.ACTION,
                INTERNAL,
                "先に終える実行計画",
            ),
        ),
        field="prerequisites",
        indexed_by=Index.ACTION,
    ),
    "action_actor": Table(
        plan.ActionActor,
        "計画の主体",
        "主体の割当て",
        INTERNAL,
        (*_internal(_ACTION), Column("actor_id", "主体キー", field_types.ACTOR, INTERNAL, "主体")),
        field="action_actors",
        indexed_by=Index.ACTION,
    ),
    "action_principle": Table(
        plan.ActionPrinciple,
        "計画の基本原則",
        "基本原則の割当て",
        INTERNAL,
        (
            *_internal(_ACTION),
            Column("principle_id", "基本原則キー", field_types.PRINCIPLE, INTERNAL, "基本原則"),
        ),
        field="action_principles",
        indexed_by=Index.ACTION,
    ),
    "progress": Table(
        plan.Progress,
        "進捗状況",
        "進捗状況",
        PUBLIC,
        (_ROUND, _ACTION, _POSITION, *action_fields.columns(action_fields.Scope.LINE), _CARRIED),
    ),
    "outlook": Table(
        plan.Outlook,
        "今後の方向性",
        "今後の方向性",
        PUBLIC,
        (_ROUND, _ACTION, *action_fields.columns(action_fields.Scope.ROUND), _CARRIED),
    ),
    "opinion": Table(
        plan.Opinion,
        "委員会意見",
        "委員会意見",
        PUBLIC,
        (
            _ROUND,
            _maybe("heading_id", "見出しキー", field_types.HEADING, PUBLIC, "掲載先"),
            _TEXT,
            _late_text("response", "市の対応", PUBLIC),
        ),
    ),
    "inquiry": Table(
        plan.Inquiry,
        "照会",
        "照会",
        INTERNAL,
        (
            *_internal(_ROUND, _SECTION),
            _moment("sent_at", "送付日時", "発送"),
            _moment("answered_at", "回答日時", "回答"),
            _text("answer_file", "回答ファイル", INTERNAL, "回答のファイル"),
            _text("answer_hash", "回答の照合値", INTERNAL),
            _maybe("due_on", "回答期限", field_types.Day(), INTERNAL, "回答期限")._replace(
                earlier=None
            ),
            _moment("accepted_at", "取込日時", "取込")._replace(earlier=None),
            _text("covering", "文", INTERNAL, "依頼文")._replace(earlier=""),
            _late_text("answered_by", "回答者", INTERNAL),
            _late_text("extension", "内線", INTERNAL),
            _late_text("manager_confirmed", "課長確認", INTERNAL),
            _text("answer_saved_at", "回答の保存日時", INTERNAL)._replace(earlier=""),
            _text("taken_cells", "取り込んだ欄", INTERNAL)._replace(earlier=""),
            Column(
                "addressee",
                "宛先",
                field_types.code_of(plan.Addressee),
                INTERNAL,
                "宛先",
                earlier=plan.Addressee.SECTION,
            ),
        ),
    ),
    "import_mapping": Table(
        plan.ImportMapping,
        "取込の対応",
        "取込の対応表",
        INTERNAL,
        (*_internal(_NAME), Column("body", "対応の内容", field_types.Json(), INTERNAL)),
    ),
    "report_choice": Table(
        plan.ReportChoice,
        "出力の設定",
        "出力の設定",
        INTERNAL,
        (*_internal(_NAME), Column("body", "設定の内容", field_types.Json(), INTERNAL)),
    ),
    "confirmation": Table(
        plan.Confirmation,
        "点検の確認",
        "点検の確認",
        INTERNAL,
        (
            *_internal(_ROUND),
            _RULE,
            _text("subject", "対象", INTERNAL),
            _text("note", "備考", INTERNAL, "備考"),
        ),
    ),
    "muted_rule": Table(
        plan.MutedRule,
        "使わない点検",
        "使わない点検",
        INTERNAL,
        (_RULE,),
        field="muted_rules",
    ),
    "joining": Table(
        plan.Joining,
        "まとめ",
        "実行計画の統合",
        INTERNAL,
        (
            *_internal(_ACTION),
            Column("into_id", "まとめ先キー", field_types.ACTION, INTERNAL, "まとめた先"),
        ),
        field="joinings",
        indexed_by=Index.ONE_AN_ACTION,
    ),
    "succession": Table(
        plan.Succession,
        "次期への扱い",
        "次期への引継ぎ",
        INTERNAL,
        (
            *_internal(_ACTION),
            _maybe("successor_id", "後継キー", field_types.ACTION, INTERNAL, "引継ぎ先"),
            Column("choice", "扱い", field_types.code_of(plan.Choice), INTERNAL, "扱い"),
        ),
        field="successions",
        indexed_by=Index.ONE_AN_ACTION,
    ),
    "operation": Table(
        None,
        "操作",
        "",
        INTERNAL,
        (
            _text("at", "日時", INTERNAL),
            _text("author", "操作者", INTERNAL),
            _text("label", "操作", INTERNAL),
            _maybe("reverses_id", "戻した操作キー", field_types.OPERATION, INTERNAL),
        ),
    ),
    "revision": Table(
        plan.Revision,
        "見直し",
        "見直し",
        PUBLIC,
        (
            _NAME,
            Column("decided_on", "決定日", field_types.Day(), PUBLIC, "決定日"),
            _text("reason", "文", PUBLIC, "理由"),
            _OPERATION,
        ),
        field="revisions",
        order=("decided_on", "id"),
    ),
    "revision_reason": Table(
        plan.RevisionReason,
        "見直しの理由",
        "見直しの理由",
        PUBLIC,
        (Column("revision_id", "見直しキー", field_types.REVISION, PUBLIC), *_TARGET, _TEXT),
        field="revision_reasons",
    ),
    "change": Table(
        None,
        "変更",
        "",
        INTERNAL,
        (
            _OPERATION,
            *_TARGET,
            _maybe("action_id", "実行計画キー", field_types.Number(), INTERNAL),
            _maybe("before", "変更前", field_types.Json(), INTERNAL),
            _maybe("after", "変更後", field_types.Json(), INTERNAL),
        ),
    ),
}
"""All tables, those that refer to others behind them as far as it can be."""

_WORDS |= {name: table.word for name, table in TABLES.items()}

EARLIER_WORDS = {
    "前提": "先に終える実行計画",
    "前提キー": "先に終える実行計画キー",
    "確認済みの指摘": "点検の確認",
    "次の期への扱い": "次期への扱い",
    "完了として外す": "引き継がない（完了・廃止）",
}
"""Kinds, headings and choices as exports of earlier versions call them, by the words of now."""

OF_PLAN = {name: table for name, table in TABLES.items() if table.field}
"""Those that an outline keeps whatever its round."""

OF_ROUND = {name: TABLES[name] for name in ("progress", "outlook", "opinion")}
"""Those that say what a round says."""

HISTORY = ("operation", "change")
"""Those of the history itself, whose rows no history has."""

NAMES = {name: table.name for name, table in TABLES.items() if table.name}
"""Rows which other rows call by their name in CSV, of which no two are the same."""

_NAMES_OF_KINDS = {table.kind: name for name, table in TABLES.items() if table.kind}


def table_of(kind: type[Any]) -> str:
    """Return the name of the table with these values."""
    return _NAMES_OF_KINDS[kind]
