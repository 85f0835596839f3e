"""The tables of a plan's file, described once: their values, their order, their words.

The values themselves are written out in `domain/plan.py`, the rules of the database in
`store/tables/rows.py`; tests compare both with what is said here. Reading, refreshing and
writing a plan, CSV, JSON and workbooks, and the words of the history follow from it.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import Any, NamedTuple

from kyodo_desktop.domain import action_fields, field_types, plan


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
    Its `columns` are without `id`. An outline keeps the rows in its `field`, `indexed_by` what;
    what is read a round at a time, or not as part of the plan, has none. `order` are the columns
    by which rows are in order. Rows with a `name` column are called by it in CSV, not by ids.
    """

    kind: Any
    word: str
    label: str
    columns: tuple[field_types.Column, ...]
    field: str = ""
    indexed_by: Index = Index.ID
    order: tuple[str, ...] = ("id",)
    name: str = ""


_TEXT_TYPE, _YEAR_TYPE = field_types.Text(), field_types.FiscalYear()
_PRINTED = ("position", "id")


def _text(name: str, heading: str, label: str = "") -> field_types.Column:
    return field_types.Column(name, heading, _TEXT_TYPE, label)


def _late_text(name: str, heading: str) -> field_types.Column:
    """Return a column of texts that earlier exports have not."""
    return _text(name, heading, heading)._replace(earlier="")


def _key(
    name: str, heading: str, type_: field_types.FieldType[Any], label: str = ""
) -> field_types.Column:
    return field_types.Column(name, heading, type_, label)


def _maybe(
    name: str, heading: str, type_: field_types.FieldType[Any], label: str = ""
) -> field_types.Column:
    return field_types.Column(name, heading, type_, label, optional=True)


def _moment(name: str, heading: str, label: str) -> field_types.Column:
    return _maybe(name, heading, field_types.Moment(), label)


_CARRIED = field_types.Column(
    "carried", "前回のまま", field_types.Flag("前回のまま", "確認済み"), "確認", earlier=0
)
_POSITION = field_types.Column("position", "順番", field_types.Place(), "並び順")
_NAME = _text("name", "名前", "名称")
_TEXT = _text("text", "文", "文")
_NUMBER = _text("number", "番号", "番号")
_YEARS = (
    field_types.Column("first_fiscal_year", "開始年度", _YEAR_TYPE, "開始年度"),
    field_types.Column("last_fiscal_year", "終了年度", _YEAR_TYPE, "終了年度"),
)
_TERM = _key("term_id", "期キー", field_types.TERM)
_ROUND = _key("round_id", "調査", field_types.ROUND)
_ACTION = _key("action_id", "実行計画キー", field_types.ACTION)
_SECTION = _key("section_id", "担当課", field_types.SECTION, "担当課")
_OPERATION = _key("operation_id", "操作キー", field_types.OPERATION)
_RULE = _text("rule", "点検項目")
_WORDS: dict[str, str] = {}  # of the tables, which are to come
_TARGET = (
    field_types.Column("table_name", "対象の種別", field_types.Code(_WORDS)),
    field_types.Column("row_id", "対象キー", field_types.Number()),
)

TABLES: dict[str, Table] = {
    "plan": Table(
        plan.Plan,
        "計画",
        "計画",
        (
            _text("title", "名前", "名称"),
            _text("ordinance", "根拠", "条例"),
            _text("definition", "定義", "定義"),
            _text("policy", "基本方針", "方針"),
            *_YEARS,
            _late_text("contact_section", "照会元の課"),
            _late_text("contact_person", "照会元の担当者"),
            _late_text("contact_telephone", "照会元の電話"),
            _late_text("municipality", "市町村名"),
        ),
        field="plan",
        indexed_by=Index.ONLY,
    ),
    "level": Table(
        plan.Level,
        "階層",
        "階層",
        (_POSITION, _NAME, _text("numbering", "番号の形式", "番号の形式")),
        field="levels",
        indexed_by=Index.LISTED,
        order=_PRINTED,
    ),
    "principle": Table(
        plan.Principle,
        "基本原則",
        "基本原則",
        (_POSITION, _NUMBER, _TEXT),
        field="principles",
        order=_PRINTED,
    ),
    "actor": Table(plan.Actor, "主体", "主体", (_POSITION, _NAME), field="actors", order=_PRINTED),
    "term": Table(
        plan.Term,
        "期",
        "期",
        (
            _POSITION,
            _text("name", "期", "名称"),
            *_YEARS,
            _maybe("continues_id", "継続元キー", field_types.TERM, "引き継ぐもの"),
        ),
        field="terms",
        order=_PRINTED,
    ),
    "heading": Table(
        plan.Heading,
        "見出し",
        "見出し",
        (
            _TERM,
            _maybe("parent_id", "上の見出しキー", field_types.HEADING, "上の見出し"),
            _POSITION,
            _text("title", "名前", "名称"),
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
        (_POSITION, _text("name", "担当課", "名称")),
        field="sections",
        order=_PRINTED,
        name="name",
    ),
    "status": Table(
        plan.Status,
        "状態",
        "状態の区分",
        (
            _POSITION,
            _text("mark", "状態", "記号"),
            _text("label", "名前", "名称"),
            _text("definition", "定義", "定義"),
            field_types.Column("kind", "区分", field_types.code_of(plan.StatusKind), "意味"),
            _text("colour", "色", "色"),
            field_types.Column(
                "counted", "集計に含める", field_types.Flag("する", "しない"), "集計"
            ),
        ),
        field="statuses",
        order=_PRINTED,
        name="mark",
    ),
    "direction": Table(
        plan.Direction,
        "方向性",
        "方向性の区分",
        (_POSITION, _text("label", "方向性", "名称")),
        field="directions",
        order=_PRINTED,
        name="label",
    ),
    "round": Table(
        plan.Round,
        "調査",
        "調査",
        (
            _text("name", "調査", "名称"),
            field_types.Column("fiscal_year", "年度", _YEAR_TYPE, "年度"),
            field_types.Column("as_of", "時点", field_types.Day(), "基準日"),
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
        (_TERM, *action_fields.columns(action_fields.Scope.ACTION)),
        field="actions",
        indexed_by=Index.ID_UNORDERED,
    ),
    "placement": Table(
        plan.Placement,
        "掲載",
        "掲載",
        (
            _key("heading_id", "見出しキー", field_types.HEADING, "掲載先"),
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
        (
            _ACTION,
            _SECTION,
            field_types.Column("role", "役割", field_types.code_of(plan.Role), "役割"),
        ),
        field="assignments",
        indexed_by=Index.ACTION,
    ),
    "prerequisite": Table(
        plan.Prerequisite,
        "先に終える実行計画",
        "先に終える実行計画",
        (
            _ACTION,
            _key(
                "required_id",
                "先に終える実行計画キー",
                field_types.ACTION,
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
        (_ACTION, _key("actor_id", "主体キー", field_types.ACTOR, "主体")),
        field="action_actors",
        indexed_by=Index.ACTION,
    ),
    "action_principle": Table(
        plan.ActionPrinciple,
        "計画の基本原則",
        "基本原則の割当て",
        (_ACTION, _key("principle_id", "基本原則キー", field_types.PRINCIPLE, "基本原則")),
        field="action_principles",
        indexed_by=Index.ACTION,
    ),
    "progress": Table(
        plan.Progress,
        "進捗状況",
        "進捗状況",
        (_ROUND, _ACTION, _POSITION, *action_fields.columns(action_fields.Scope.LINE), _CARRIED),
    ),
    "outlook": Table(
        plan.Outlook,
        "今後の方向性",
        "今後の方向性",
        (_ROUND, _ACTION, *action_fields.columns(action_fields.Scope.ROUND), _CARRIED),
    ),
    "opinion": Table(
        plan.Opinion,
        "委員会意見",
        "委員会意見",
        (
            _ROUND,
            _maybe("heading_id", "見出しキー", field_types.HEADING, "掲載先"),
            _TEXT,
            _late_text("response", "市の対応"),
        ),
    ),
    "inquiry": Table(
        plan.Inquiry,
        "照会",
        "照会",
        (
            _ROUND,
            _SECTION,
            _moment("sent_at", "送付日時", "発送"),
            _moment("answered_at", "回答日時", "回答"),
            _text("answer_file", "回答ファイル", "回答のファイル"),
            _text("answer_hash", "回答の照合値"),
            _maybe("due_on", "回答期限", field_types.Day(), "回答期限")._replace(earlier=None),
            _moment("accepted_at", "取込日時", "取込")._replace(earlier=None),
            _text("covering", "文", "依頼文")._replace(earlier=""),
            _late_text("answered_by", "回答者"),
            _late_text("extension", "内線"),
            _late_text("manager_confirmed", "課長確認"),
            _text("answer_saved_at", "回答の保存日時")._replace(earlier=""),
            _text("taken_cells", "取り込んだ欄")._replace(earlier=""),
            field_types.Column(
                "addressee",
                "宛先",
                field_types.code_of(plan.Addressee),
                "宛先",
                earlier=plan.Addressee.SECTION,
            ),
        ),
    ),
    "import_mapping": Table(
        plan.ImportMapping,
        "取込の対応",
        "取込の対応表",
        (_NAME, field_types.Column("body", "対応の内容", field_types.Json())),
    ),
    "report_choice": Table(
        plan.ReportChoice,
        "出力の設定",
        "出力の設定",
        (_NAME, field_types.Column("body", "設定の内容", field_types.Json())),
    ),
    "confirmation": Table(
        plan.Confirmation,
        "点検の確認",
        "点検の確認",
        (_ROUND, _RULE, _text("subject", "対象"), _text("note", "備考", "備考")),
    ),
    "muted_rule": Table(
        plan.MutedRule, "使わない点検", "使わない点検", (_RULE,), field="muted_rules"
    ),
    "joining": Table(
        plan.Joining,
        "まとめ",
        "実行計画の統合",
        (_ACTION, _key("into_id", "まとめ先キー", field_types.ACTION, "まとめた先")),
        field="joinings",
        indexed_by=Index.ONE_AN_ACTION,
    ),
    "succession": Table(
        plan.Succession,
        "次期への扱い",
        "次期への引継ぎ",
        (
            _ACTION,
            _maybe("successor_id", "後継キー", field_types.ACTION, "引継ぎ先"),
            field_types.Column("choice", "扱い", field_types.code_of(plan.Choice), "扱い"),
        ),
        field="successions",
        indexed_by=Index.ONE_AN_ACTION,
    ),
    "operation": Table(
        None,
        "操作",
        "",
        (
            _text("at", "日時"),
            _text("author", "操作者"),
            _text("label", "操作"),
            _maybe("reverses_id", "戻した操作キー", field_types.OPERATION),
        ),
    ),
    "revision": Table(
        plan.Revision,
        "見直し",
        "見直し",
        (
            _NAME,
            field_types.Column("decided_on", "決定日", field_types.Day(), "決定日"),
            _text("reason", "文", "理由"),
            _OPERATION,
        ),
        field="revisions",
        order=("decided_on", "id"),
    ),
    "revision_reason": Table(
        plan.RevisionReason,
        "見直しの理由",
        "見直しの理由",
        (_key("revision_id", "見直しキー", field_types.REVISION), *_TARGET, _TEXT),
        field="revision_reasons",
    ),
    "change": Table(
        None,
        "変更",
        "",
        (
            _OPERATION,
            *_TARGET,
            _maybe("action_id", "実行計画キー", field_types.Number()),
            _maybe("before", "変更前", field_types.Json()),
            _maybe("after", "変更後", field_types.Json()),
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
