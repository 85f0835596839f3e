"""テキスト版: the plan's progress as plain lines, in the order in which they are read aloud.

No tables, no signs that say something by their shape alone: each line begins with the word
for what it says, so that a screen reader, or a search, needs nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import action_fields, fiscal_year, nodes, report_summary, terms
from kyodo_desktop.domain.overview import NOT_FILLED_IN
from kyodo_desktop.domain.totals import TermTotals, term_totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyodo_desktop.domain.comparing.comparison import Comparison
    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.domain.plan import Action, Status
    from kyodo_desktop.domain.report_summary import ListedAction

_FIRST = (action_fields.DESCRIPTION, action_fields.LEAD, action_fields.RELATED)
_LAST = [
    field
    for scope in (action_fields.Scope.ROUND, action_fields.Scope.ACTION)
    for field in action_fields.FIELDS
    if field.is_public and field.scope is scope and field not in (action_fields.TITLE, *_FIRST)
]


def text_version(
    outline: Outline,
    about: str = "",
    *,
    comparison: Comparison | None = None,
    this_month: str = "",
) -> Iterator[str]:
    """Yield the lines, without their ends; an empty one stands between parts.

    `about` is the line that says what of the plan the outline has, `comparison` is with the
    round before, and `this_month` (YYYY-MM) is that of a plan without a round.
    """
    totals = term_totals(outline)
    yield from _front(outline, about)
    yield from _legend(outline)
    yield from _contents(outline, totals)
    yield from _counts(outline, totals)
    yield from _lists(outline, comparison, terms.reported_month(outline, this_month))
    for each in totals:
        yield from _part(outline, each.term)
    yield from ("", "以上で終わりです。")


def _front(outline: Outline, about: str) -> Iterator[str]:
    plan, shown = outline.plan, outline.round
    yield from _lines("計画名", plan.title)
    yield from _lines("市町村名", plan.municipality)
    yield "テキスト版"
    if shown is not None:
        yield from _lines("調査", shown.name)
        yield f"時点：{fiscal_year.day_label(shown.as_of)}現在"
    if about:
        yield about
    yield f"計画期間：{_period(plan.first_fiscal_year, plan.last_fiscal_year)}"
    for word, text in (
        ("根拠", plan.ordinance),
        ("定義", plan.definition),
        ("基本方針", plan.policy),
    ):
        yield from _lines(word, text)


def _legend(outline: Outline) -> Iterator[str]:
    yield from ("", "凡例", f"状態の区分は、次の{len(outline.statuses)}つです。")
    for status in outline.statuses.values():
        words = status_in_words(status)
        if status.definition in ("", status.label, status.mark):
            yield words
        else:
            yield from _lines(words, status.definition)


def _contents(outline: Outline, totals: tuple[TermTotals, ...]) -> Iterator[str]:
    yield from ("", "目次")
    for each in totals:
        yield _term(outline, each.term)
        for row in each.net.rows:
            assert row.node is not None, "each row of a term is a heading"
            count = row.now.total()
            yield f"{_heading(outline, row.node)}、{outline.levels[-1].name}{count:,}件"


def _counts(outline: Outline, totals: tuple[TermTotals, ...]) -> Iterator[str]:
    """Yield the totals of each term by itself."""
    yield from ("", "集計")
    for each in totals:
        if totals[1:]:
            yield _term(outline, each.term)
        yield from _counts_of_term(outline, each)
    if not totals:
        yield f"{outline.levels[-1].name}の数：0件"
    opinion = outline.opinions.get(None)
    if opinion is not None:
        yield from (
            "",
            *_lines("委員会意見の総括", opinion.text),
            *_lines("総括への市の対応", opinion.response),
        )


def _counts_of_term(outline: Outline, totals: TermTotals) -> Iterator[str]:
    yield f"{outline.levels[-1].name}の数：{totals.actions:,}件"
    yield f"再掲を含む掲載の数：{totals.placements:,}件"
    found = totals.net.total.now
    for status in totals.columns.counted:
        count = found[None if status is None else status.id]
        yield f"{status_in_words(status)}：{count:,}件"
    for status in totals.columns.apart:
        yield f"{status_in_words(status)}、集計に含めない：{found[status.id]:,}件"


def _lists(outline: Outline, comparison: Comparison | None, month: str) -> Iterator[str]:
    """Yield what a listener would have to gather: what changed, what is late, what is due."""
    if comparison is not None:
        yield from ("", "前回からの変更")
        for name, count in report_summary.changed_actions(outline, comparison).in_words:
            yield f"{name}：{count:,}件"
        done = report_summary.done_actions(outline, comparison)
        yield from _list("完了したもの", done)
        redirected = report_summary.redirected_actions(outline, comparison)
        yield from _list("方針が変わったもの", redirected)
    if month and not report_summary.knows_late(outline):
        yield from ("", "期限超過のもの、期限が近いもの：完了予定がないため、数えていません")
    elif month:
        label = fiscal_year.month_label(month)
        late = report_summary.overdue_actions(outline, month)
        yield from _list(f"{label}現在で期限超過のもの", late, "超過：")
        soon = report_summary.actions_due_soon(outline, month)
        yield from _list(f"{label}現在で期限が近いもの", soon, "残り：")


def _list(name: str, actions: Iterable[ListedAction], before: str = "") -> Iterator[str]:
    """Yield a line an action; `before` stands before what is said of it."""
    found = list(actions)
    yield from ("", f"{name}：{len(found):,}件")
    for each in found:
        due = fiscal_year.month_label(each.due) if each.due and before else ""
        words = [f"{each.place}　{each.title}".strip()]
        for field, text in ((action_fields.LEAD, each.section), (action_fields.DUE, due)):
            words += [f"{field.label}：{text}"] if text else []
        yield "、".join((*words, before + each.what.replace(report_summary.ARROW, "から")))


def _part(outline: Outline, node: int) -> Iterator[str]:
    """Yield a term or a heading with all below it."""
    yield ""
    if nodes.is_term(node):
        yield _term(outline, node)
    else:
        yield _heading(outline, node)
        opinion = outline.opinions.get(nodes.row_id(node))
        if opinion is not None:
            yield from _lines("委員会意見", opinion.text)
            yield from _lines("市の対応", opinion.response)
    for child in outline.children.get(node, ()):
        if nodes.is_placement(child):
            yield from ("", *_placement(outline, child))
        else:
            yield from _part(outline, child)


def _placement(outline: Outline, node: int) -> Iterator[str]:
    action = outline.action_at(node)
    assert action is not None
    yield _heading(outline, node)
    if outline.is_relisted(node):
        yield f"再掲：内容は「{_heading(outline, outline.home(action.id))}」にあります。"
        yield f"状態：{status_in_words(outline.status(action.id))}"
        return
    yield from _of_action(outline, action)


def _of_action(outline: Outline, action: Action) -> Iterator[str]:
    for field in _FIRST:
        yield from _lines(field.label, field.format(outline, action.id))
    yield f"状態：{status_in_words(outline.status(action.id))}"
    lines = outline.lines.get(action.id, ())
    for number, line in enumerate(lines, start=1):
        if len(lines) > 1:
            status = None if line.status_id is None else outline.statuses[line.status_id]
            yield f"進捗状況の{number}番目、状態：{status_in_words(status)}"
        if line.section_id is not None:
            yield from _lines("記入した課", outline.sections[line.section_id].name)
        yield from _lines("進捗状況", line.text)
    for field in _LAST:
        yield from _lines(field.heading, field.format(outline, action.id))


def status_in_words(status: Status | None) -> str:
    """Return the word of a status, and its mark behind it: 完了（✓）."""
    if status is None:
        return NOT_FILLED_IN
    return f"{status.label}（{status.mark}）" if status.label else status.mark


def _term(outline: Outline, term: int) -> str:
    found = outline.terms[nodes.row_id(term)]
    return f"{found.name}、{_period(found.first_fiscal_year, found.last_fiscal_year)}"


def _period(first: int, last: int) -> str:
    """Return a span of years in words: 平成23年度から32年度まで."""
    return fiscal_year.period_label(first, last).replace("～", "年度から") + "まで"


def _heading(outline: Outline, node: int) -> str:
    """Return a title behind the word for its level and its number: 施策 1-(1)　活動拠点の整備."""
    number = outline.path_number(node)
    level = outline.level_of(node).name
    return (
        f"{level} {number}　{outline.title(node)}" if number else f"{level}　{outline.title(node)}"
    )


def _lines(word: str, text: str) -> Iterator[str]:
    """Yield a text behind its word; without a text nothing."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if lines:
        yield f"{word}：{lines[0]}"
        yield from lines[1:]
