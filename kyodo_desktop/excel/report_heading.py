"""What stands above the tables of a report: title, legend of marks, as-of date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain import fiscal_year, nodes, terms

if TYPE_CHECKING:
    from kyodo_desktop.domain.outline import Outline

TITLE_HEIGHT = 27.0


def report_title(outline: Outline, sheet: str) -> str:
    """Return the title of a sheet: the plan, what is shown, and the round."""
    title = f"{outline.plan.title}　{sheet}"
    return f"{title}（{outline.round.name}）" if outline.round else title


def as_of(outline: Outline) -> str:
    """Return the day that the round shows the plan on: 平成27年10月31日現在."""
    return f"{fiscal_year.day_label(outline.round.as_of)}現在" if outline.round else ""


def legend(outline: Outline) -> str:
    """Return what each mark means, in the plan's own words."""
    meanings = (
        f"{each.mark} ＝ {each.meaning}" if each.meaning else each.mark
        for each in outline.statuses.values()
    )
    return "マークの意味　　" + "　　".join(meanings)


def shown_terms(outline: Outline) -> list[int]:
    """Return the terms to print: those with an action that are not over in the round."""
    return [nodes.term_node(each) for each in terms.current_terms(outline)]


def term_label(outline: Outline, term: int) -> str:
    """Return a term with its years: 前期（平成23～27年度）."""
    name, first, last = outline.terms[nodes.row_id(term)][2:5]
    return f"{name}（{fiscal_year.period_label(first, last)}）"
