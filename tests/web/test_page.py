"""The page for the city's site says what the report says, to all readers, and nothing else."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace

import pytest

from kyodo_desktop import __version__
from kyodo_desktop.domain.errors import CancelledError, ExportError
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.narrowing import narrowed
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.domain.texts import CONTROLS, with_signs
from kyodo_desktop.pages import looks
from kyodo_desktop.pages.content import PageOf, RowRole
from kyodo_desktop.pages.options import (
    CONTENTS,
    COVER,
    LISTING,
    PARTS,
    Edition,
    HeadingStyle,
    ReportOptions,
    SheetUnit,
)
from kyodo_desktop.pages.report import make_report
from kyodo_desktop.services.report_extras import gathered, reported
from kyodo_desktop.web.page import write_page
from tests.builders import Clock, opened
from tests.effort import note_seed, seeds
from tests.generated_plans import generated_plan, narrowing_somehow
from tests.hostile import hostile_copy
from tests.web.reader import faults, read

DAY = "2026-11-23"
OPTIONS = [
    ReportOptions(edition=Edition.INTERNAL, parts=PARTS),
    ReportOptions(edition=Edition.PUBLIC, parts=PARTS, headings=HeadingStyle.COLUMNS),
    ReportOptions(edition=Edition.PUBLIC, parts=PARTS, unit=SheetUnit.ACTION),
]


def report_of(path, options):
    with closing(opened(path, Clock())) as plan:
        extras = gathered(plan.workspace, options.extras)
        return make_report(reported(plan.workspace), options, extras=extras, made_on=DAY)


def written(report, folder):
    write_page(report, folder / "報告書.html")
    return (folder / "報告書.html").read_bytes().decode("utf-8")


def plain(text):
    return "".join(text.split())


def said_by(report, part):
    """Return all texts of a part in their order, but those of pages and of boxes to be signed."""
    rows = [*part.top, *part.header, *part.rows]
    if part.name == COVER:
        rows = [row for row in rows if row.kind in (RowRole.TITLE, RowRole.TEXT)]
    else:
        rows = [row for row in rows if row.kind is not RowRole.TITLE]
    pages = [n for n, row in enumerate(rows) if any(type(c.value) is PageOf for c in row.cells)]
    if pages:
        first = max(n for n in range(pages[0]) if rows[n].kind is RowRole.CAPTION)
        rows = rows[:first] + rows[pages[-1] + 1 :]
    found, above = [], {}
    for row in rows:
        column, here = 0, {}
        for cell in row.cells:
            here[column] = cell.run, cell.columns
            if cell.run is None or above.get(column) != here[column]:
                found.append(shown(report, cell))
            column += cell.columns
        above = here
    return plain("".join(found))


def shown(report, cell):
    if isinstance(cell.value, int | float):
        return looks.number_text(cell.value, report.looks[cell.look].format)
    return with_signs(cell.text)


def assert_page(report, page):
    """The page is sound, and its sections say what the parts say."""
    html = read(page)
    assert faults(html) == []
    assert CONTROLS.search(page) is None
    parts = [part for part in report.parts if part.name != COVER]
    sections = list(html.all("section"))
    apart = ("form", "nav", "figure", "unseen")
    for part, section in zip(parts, sections, strict=True):
        said = plain(section.text(apart))
        assert said == plain(with_signs(part.title)) + said_by(report, part)
    (header,) = html.all("header")
    for part in report.parts:
        if part.name == COVER:
            cover = said_by(report, part)
            unsaid = [each for each in report.notices if each not in cover]
            assert plain(header.text()) == "".join(unsaid) + cover
    return html


@pytest.mark.parametrize("options", OPTIONS, ids=["internal", "merged", "sheets"])
def test_a_page_says_what_the_parts_say_in_tables_that_can_be_heard(
    full_master, tmp_path, options
):
    report = report_of(full_master, options)
    page = written(report, tmp_path)
    html = assert_page(report, page)
    assert page == written(report, tmp_path)
    linked = [each.text() for nav in html.all("nav") for each in nav.all("a")]
    titles = [each.title for each in report.parts if each.name not in (COVER, CONTENTS)]
    assert linked == titles * (len(titles) > 1)
    assert report.notice in html.text(("script", "style", "section"))


@pytest.mark.deep
@seeds(quick=20, deep=2_000, each=5)
def test_a_page_of_any_plan_is_sound(seeds, tmp_path):
    for seed in seeds:
        with note_seed(seed):
            outline = generated_plan(seed)
            options = OPTIONS[seed % len(OPTIONS)]
            try:
                if seed % 4 == 0:
                    outline = narrowed(outline, narrowing_somehow(outline, seed))
                report = make_report(outline, options, extras=Extras(), made_on=DAY)
            except ExportError:
                continue
            assert_page(report, written(report, tmp_path))


def test_a_hostile_plan_stays_text(full_master, tmp_path):
    path = hostile_copy(full_master, tmp_path / "敵意.kyodo")
    words = "</script><script>alert(1)</script></style><style>\u2028<!--]]>\r\n\" onload='x'"
    hostile_copy(path, tmp_path / "敵意2.kyodo", words)
    report = report_of(tmp_path / "敵意2.kyodo", OPTIONS[0])
    page = written(report, tmp_path)
    html = assert_page(report, page)
    assert "alert" in html.text(("script",))
    (script,) = html.all("script")
    assert "alert" not in script.text()
    for each in html.all():
        assert not {"src", "style", "action", "onload"} & set(each.attributes)


def test_the_page_may_run_and_ask_for_nothing_else(full_master, tmp_path):
    page = written(report_of(full_master, OPTIONS[1]), tmp_path)
    (policy,) = (
        each.attributes["content"]
        for each in read(page).all("meta")
        if "http-equiv" in each.attributes
    )
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; script-src 'sha256-[\w+/=]{44}'; "
        "base-uri 'none'; form-action 'none'",
        policy,
    )
    assert "://" not in page
    assert "@import" not in page


def test_only_a_page_of_the_house_asks_search_engines_to_pass_by(full_master, tmp_path):
    internal, public = (written(report_of(full_master, each), tmp_path) for each in OPTIONS[:2])
    assert '<meta name="robots" content="noindex">' in internal
    assert not [word for word in ("robots", __version__, str(tmp_path)) if word in public]


def test_each_row_of_an_action_says_by_numbers_what_it_can_be_found_by(full_master, tmp_path):
    report = report_of(full_master, OPTIONS[0])
    html = read(written(report, tmp_path))
    facets = [row.facets for part in report.parts for row in part.rows if row.facets]
    found = []
    for section in html.all("section"):
        words = {
            select.attributes["name"]: {
                option.attributes["value"]: option.text() for option in select.all("option")
            }
            for select in section.all("select")
        }
        for row in section.all("tr"):
            if "data-status" in row.attributes:
                heading, sections, status = (
                    [words[key][each] for each in row.attributes[f"data-{key}"].split()]
                    for key in ("heading", "section", "status")
                )
                found.append(("".join(heading), tuple(sections), "".join(status)))
        assert all("hidden" in form.attributes for form in section.all("form"))
    assert found == [tuple(each) for each in facets]
    assert len(found) > 10


@pytest.mark.parametrize("parts", [PARTS, (LISTING,)])
def test_no_line_of_the_title_ends_behind_the_first_letter_of_a_number(
    full_master, tmp_path, parts
):
    report = report_of(full_master, replace(OPTIONS[1], parts=parts))
    title = "富里市第２次総合計画第3期計画と第三者の意見"
    cover = [
        replace(
            part,
            rows=tuple(
                replace(row, cells=(row.cells[0]._replace(value=title),))
                if row.kind is RowRole.TITLE
                else row
                for row in part.rows
            ),
        )
        if part.name == COVER
        else part
        for part in report.parts
    ]
    html = read(written(replace(report, title=title, parts=tuple(cover)), tmp_path))
    (heading,) = html.all("h1")
    assert heading.text() == title
    assert [each.text() for each in heading.all("span")] == ["第２次", "第3期", "第三"]


def test_where_nothing_is_found_the_way_out_is_said(full_master, tmp_path):
    html = read(written(report_of(full_master, OPTIONS[1]), tmp_path))
    for form in html.all("form"):
        (button,) = form.all("button")
        (none,) = (each for each in form.all("span") if each.attributes["class"] == "none")
        assert "hidden" in none.attributes
        assert f"「{button.text()}」を押してください" in none.text()


def test_letters_that_would_be_too_pale_are_in_the_ink_of_the_others(full_master, tmp_path):
    page = written(report_of(full_master, OPTIONS[0]), tmp_path)
    assert f"color:#{looks.QUIET}" not in page
    assert looks.LOOKS[looks.UNFILLED].ink == looks.QUIET


def test_a_page_is_written_whole_or_not_at_all(full_master, tmp_path):
    report = report_of(full_master, OPTIONS[0])
    target = tmp_path / "前の.html"
    target.write_text("前の", encoding="utf-8")
    control = JobControl()
    control.cancel()
    with pytest.raises(CancelledError):
        write_page(report, target, control)
    with pytest.raises(ExportError, match=r"\.html"):
        write_page(report, tmp_path / "報告書.xlsx")
    assert [each.name for each in tmp_path.iterdir()] == ["前の.html"]
    assert target.read_text(encoding="utf-8") == "前の"
    done = []
    write_page(
        replace(report, author="富里市"), target, JobControl(lambda *each: done.append(each))
    )
    assert '<meta name="author" content="富里市">' in target.read_text(encoding="utf-8")
