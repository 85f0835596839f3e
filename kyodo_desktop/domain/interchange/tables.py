"""The tables of a plan's file and their columns, with the words for both that people read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain import action_fields
from kyodo_desktop.domain.action_fields import Scope
from kyodo_desktop.domain.field_types import Reference, Storage
from kyodo_desktop.domain.plan import Choice, Role, StatusKind

if TYPE_CHECKING:
    from collections.abc import Mapping


class Field(NamedTuple):
    """A column of the database and its heading in CSV and workbook.

    `refers` is the table whose rows it names: by key, or by name where that table is in
    `NAMES`. `words` are the Japanese words for the codes that it holds.
    """

    column: str
    heading: str
    kind: Storage = Storage.TEXT
    optional: bool = False
    refers: str = ""
    words: Mapping[str, str] = {}


class Table(NamedTuple):
    """A table: the word for one of its rows (種別), and its columns without `id`."""

    word: str
    fields: tuple[Field, ...]


def _number(column: str, heading: str, *, optional: bool = False) -> Field:
    return Field(column, heading, Storage.NUMBER, optional)


def _maybe(column: str, heading: str) -> Field:
    return Field(column, heading, optional=True)


def _refers(column: str, heading: str, table: str) -> Field:
    return Field(column, heading, Storage.NUMBER, refers=table)


def _may_refer(column: str, heading: str, table: str) -> Field:
    return Field(column, heading, Storage.NUMBER, optional=True, refers=table)


def _said(scope: Scope) -> tuple[Field, ...]:
    """Return the columns that the fields of an action have in the table of a scope."""
    return tuple(
        Field(
            column.name,
            column.heading,
            column.type.storage,
            column.optional,
            column.type.table if isinstance(column.type, Reference) else "",
        )
        for column in action_fields.columns(scope)
    )


NAMES = {"round": "name", "status": "mark", "section": "name", "direction": "label"}
"""Rows which other rows call by their name, of which no two are the same."""

_POSITION = _number("position", "順番")
_NAME = Field("name", "名前")
_TEXT = Field("text", "文")
_NUMBER = Field("number", "番号")
_YEARS = (_number("first_fiscal_year", "開始年度"), _number("last_fiscal_year", "終了年度"))
_ROUND = _refers("round_id", "調査", "round")
_ACTION = _refers("action_id", "実行計画キー", "action")
_CARRIED = _number("carried", "前回のまま")
_RULE = Field("rule", "点検項目")
_TARGET = (Field("table_name", "対象の種別"), _number("row_id", "対象キー"))

TABLES: dict[str, Table] = {
    "plan": Table(
        "計画",
        (
            Field("title", "名前"),
            Field("ordinance", "根拠"),
            Field("definition", "定義"),
            Field("policy", "基本方針"),
            *_YEARS,
        ),
    ),
    "level": Table("階層", (_POSITION, _NAME, Field("numbering", "番号の形式"))),
    "principle": Table("基本原則", (_POSITION, _NUMBER, _TEXT)),
    "actor": Table("主体", (_POSITION, _NAME)),
    "term": Table(
        "期",
        (
            _POSITION,
            Field("name", "期"),
            *_YEARS,
            _may_refer("continues_id", "継続元キー", "term"),
        ),
    ),
    "heading": Table(
        "見出し",
        (
            _refers("term_id", "期キー", "term"),
            _may_refer("parent_id", "上の見出しキー", "heading"),
            _POSITION,
            Field("title", "名前"),
            _NUMBER,
        ),
    ),
    "section": Table("担当課", (_POSITION, Field("name", "担当課"))),
    "status": Table(
        "状態",
        (
            _POSITION,
            Field("mark", "状態"),
            Field("label", "名前"),
            Field("definition", "定義"),
            Field("kind", "区分", words={each.value: each.label for each in StatusKind}),
            Field("colour", "色"),
            _number("counted", "集計に含める"),
        ),
    ),
    "direction": Table("方向性", (_POSITION, Field("label", "方向性"))),
    "round": Table(
        "調査",
        (
            Field("name", "調査"),
            _number("fiscal_year", "年度"),
            Field("as_of", "時点", Storage.DAY),
            _maybe("closed_at", "確定日時"),
        ),
    ),
    "action": Table(
        "実行計画",
        (
            _refers("term_id", "期キー", "term"),
            *_said(Scope.ACTION),
        ),
    ),
    "placement": Table(
        "掲載", (_refers("heading_id", "見出しキー", "heading"), _POSITION, _ACTION, _NUMBER)
    ),
    "assignment": Table(
        "担当",
        (
            _ACTION,
            _refers("section_id", "担当課", "section"),
            Field("role", "役割", words={each.value: each.label for each in Role}),
        ),
    ),
    "prerequisite": Table("前提", (_ACTION, _refers("required_id", "前提キー", "action"))),
    "action_actor": Table("計画の主体", (_ACTION, _refers("actor_id", "主体キー", "actor"))),
    "action_principle": Table(
        "計画の基本原則", (_ACTION, _refers("principle_id", "基本原則キー", "principle"))
    ),
    "progress": Table(
        "進捗状況",
        (
            _ROUND,
            _ACTION,
            _POSITION,
            *_said(Scope.LINE),
            _CARRIED,
        ),
    ),
    "outlook": Table(
        "今後の方向性",
        (_ROUND, _ACTION, *_said(Scope.ROUND), _CARRIED),
    ),
    "opinion": Table(
        "委員会意見", (_ROUND, _may_refer("heading_id", "見出しキー", "heading"), _TEXT)
    ),
    "inquiry": Table(
        "照会",
        (
            _ROUND,
            _refers("section_id", "担当課", "section"),
            _maybe("sent_at", "送付日時"),
            _maybe("answered_at", "回答日時"),
            Field("answer_file", "回答ファイル"),
            Field("answer_hash", "回答の照合値"),
            Field("due_on", "回答期限", Storage.DAY, optional=True),
            _maybe("accepted_at", "取込日時"),
            Field("covering", "文"),
        ),
    ),
    "import_mapping": Table("取込の対応", (_NAME, Field("body", "対応の内容", Storage.JSON))),
    "confirmation": Table(
        "確認済みの指摘", (_ROUND, _RULE, Field("subject", "対象"), Field("note", "備考"))
    ),
    "muted_rule": Table("使わない点検", (_RULE,)),
    "joining": Table("まとめ", (_ACTION, _refers("into_id", "まとめ先キー", "action"))),
    "succession": Table(
        "次の期への扱い",
        (
            _ACTION,
            _may_refer("successor_id", "後継キー", "action"),
            Field("choice", "扱い", words={each.value: each.label for each in Choice}),
        ),
    ),
    "operation": Table(
        "操作",
        (
            Field("at", "日時"),
            Field("author", "操作者"),
            Field("label", "操作"),
            _may_refer("reverses_id", "戻した操作キー", "operation"),
        ),
    ),
    "revision": Table(
        "見直し",
        (
            _NAME,
            Field("decided_on", "決定日", Storage.DAY),
            Field("reason", "文"),
            _refers("operation_id", "操作キー", "operation"),
        ),
    ),
    "revision_reason": Table(
        "見直しの理由", (_refers("revision_id", "見直しキー", "revision"), *_TARGET, _TEXT)
    ),
    "change": Table(
        "変更",
        (
            _refers("operation_id", "操作キー", "operation"),
            *_TARGET,
            _number("action_id", "実行計画キー", optional=True),
            Field("before", "変更前", Storage.JSON, optional=True),
            Field("after", "変更後", Storage.JSON, optional=True),
        ),
    ),
}
"""All tables, those that refer to others behind them as far as it can be."""
