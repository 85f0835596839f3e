"""What goes out, in all forms at once: nothing internal in 公開用, whatever is chosen."""

from __future__ import annotations

import html
import re
import zipfile
from contextlib import closing

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from kyodo_desktop import outputs
from kyodo_desktop.domain.errors import CancelledError, ExportError, NothingToExportError
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.narrowing import Narrowing
from kyodo_desktop.pages.options import (
    PARTS,
    SUMMARY,
    Edition,
    Paper,
    ReportOptions,
    SheetUnit,
)
from kyodo_desktop.pages.report_columns import REPORT_COLUMNS
from kyodo_desktop.pages.saved_options import from_values
from kyodo_desktop.services import new_plan
from tests.builders import Clock, opened

MADE_ON = "2015-11-02T09:00:00+09:00"


def written(file, folder, options, *, forms=outputs.FORMS, control=None):
    """Write the forms of a plan into a folder; return what became of each."""
    with closing(opened(file, Clock(), read_only=True)) as plan:
        source = outputs.gather(plan.workspace, file, options, forms, made_on=MADE_ON)
    wanted = [outputs.Wanted(folder / f"報告{each.ending}", each) for each in forms]
    return outputs.write_outputs(source, wanted, control)


def texts_in(path):
    """Yield all that a file holds as text: with its tags, and as it is read."""
    if path.suffix == ".pdf":
        yield from of_pdf(path)
        return
    members = [path.read_bytes()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            members = [package.read(name) for name in package.namelist()]
            yield " ".join(package.namelist())
    for member in members:
        text = member.decode("utf-8", "replace")
        yield html.unescape(text)
        yield html.unescape(re.sub("<[^>]+>", "", text))


def of_pdf(path):
    reader = PdfReader(path)
    yield from (page.extract_text() for page in reader.pages)
    yield str(reader.metadata)
    yield str(reader.xmp_metadata and reader.xmp_metadata.rdf_root.toxml())
    yield " ".join(str(each) for each in reader.outline)


@pytest.mark.parametrize("unit", SheetUnit)
def test_no_form_of_the_public_edition_holds_anything_internal(marked, tmp_path, unit):
    """Whoever adds a part, a field or a form finds here what leaves the house with it."""
    file, markers = marked
    everything = ReportOptions(Edition.PUBLIC, PARTS, columns=tuple(REPORT_COLUMNS), unit=unit)
    for outcome in written(file, tmp_path, everything):
        assert outcome.error is None
        found = "\n".join(texts_in(outcome.path))
        assert markers.internal_in(found) == [], outcome.path.suffix
        assert len(markers.public_missing_in(found, "action", "progress")) < len(markers.public)


@pytest.mark.same_everywhere("proof_programs.py prints with a font that Windows has")
@pytest.mark.parametrize("edition", Edition)
def test_every_page_of_the_house_says_so_and_none_of_what_goes_out(marked, tmp_path, edition):
    file, _ = marked
    paths = [each.path for each in written(file, tmp_path, ReportOptions(edition, PARTS))]
    book, pdf, page = paths[:3]
    said = "確定前" if edition is Edition.PUBLIC else "庁内用　確定前"
    for sheet in load_workbook(book):
        assert sheet.oddHeader.right.text == said, sheet.title
    pages = [each.extract_text() for each in PdfReader(pdf).pages]
    assert {edition is Edition.INTERNAL} == {"庁内用" in each for each in pages}
    assert all("確定前" in each for each in pages)
    text = page.read_text(encoding="utf-8")
    assert f'@top-right {{ content: "{said}"' in text
    shown = re.findall('<p class="notice">(.*?)</p>', text)
    assert shown == said.split("　"), "beside the cover, which does not say for whom it is"


def test_what_is_printed_of_the_whole_plan_is_of_the_house(sample_file, tmp_path):
    form = outputs.form_of(".xlsx", whole=True)
    (done,) = written(sample_file, tmp_path, ReportOptions(), forms=(form,))
    assert {each.oddHeader.right.text for each in load_workbook(done.path)} == {"庁内用"}


def test_the_whole_plan_is_never_public_and_holds_all_that_is_internal(marked, tmp_path):
    file, markers = marked
    options = ReportOptions(Edition.PUBLIC)
    for outcome in written(file, tmp_path, options, forms=outputs.WHOLE_FORMS):
        assert "公開用では出力できません" in outcome.error.message
        assert not outcome.path.exists()
    (done,) = written(file, tmp_path, ReportOptions(), forms=outputs.WHOLE_FORMS[:1])
    found = "\n".join(texts_in(done.path))
    assert len(markers.internal_in(found)) > 10, "the search would find what it looks for"


def test_the_progress_rises_through_all_files_and_ends_them_when_cancelled(
    sample_master, tmp_path
):
    heard = []
    written(
        sample_master, tmp_path, ReportOptions(), control=JobControl(lambda *e: heard.append(e))
    )
    assert heard == sorted(heard)
    assert len({total for _, total in heard}) == 1
    assert heard[-1][0] >= heard[-1][1] * (len(outputs.FORMS) - 1) / (len(outputs.FORMS) + 1)
    control = JobControl(lambda *_: control.cancel())
    (tmp_path / "空").mkdir()
    with pytest.raises(CancelledError):
        written(sample_master, tmp_path / "空", ReportOptions(), control=control)
    assert list((tmp_path / "空").iterdir()) == []


def test_what_nothing_answers_to_is_told(sample_master, tmp_path):
    chosen = from_values({"statuses": ["完了"], "changed_only": False, "tops": ["1"], "x": 1})
    assert all(each.error is None for each in written(sample_master, tmp_path, chosen))
    none = from_values({"statuses": ["未記入"], "tops": ["1"]})
    with pytest.raises(ExportError, match="選んだ条件に当てはまる"):
        written(sample_master, tmp_path, none)


@pytest.mark.parametrize("form", outputs.FORMS, ids=lambda form: form.ending)
def test_a_plan_without_actions_is_refused_in_every_form_of_a_report(tmp_path, form):
    path = tmp_path / "空.kyodo"
    plan = new_plan.default_plan(Clock()().date(), "空の計画")
    new_plan.create_plan(path, plan, author="市民 花子", now=Clock()())
    with pytest.raises(NothingToExportError, match="実行計画がまだ1件もないため"):
        written(path, tmp_path, ReportOptions(), forms=[form])
    (whole,) = written(path, tmp_path, ReportOptions(), forms=outputs.WHOLE_FORMS[:1])
    assert whole.error is None


@pytest.mark.parametrize(
    "values", [{}, {"parts": 3, "font": " ", "columns": ["x"]}, {"paper": []}]
)
def test_choices_that_cannot_be_read_are_the_usual_ones(values):
    assert from_values(values) == ReportOptions()


def test_the_lists_of_a_web_page_stand_below_each_other_whatever_the_paper(
    sample_master, tmp_path
):
    page = next(each for each in outputs.FORMS if each.ending == ".html")
    options = ReportOptions(parts=(SUMMARY,), paper=Paper.A4_LANDSCAPE)
    (done,) = written(sample_master, tmp_path, options, forms=(page,))
    text = done.path.read_text(encoding="utf-8")
    names = [re.sub("<[^>]+>", "", each) for each in re.findall("<th.*?</th>", text)]
    lists = [each for each in names if each.startswith(("完了したもの", "方針が変わったもの"))]
    assert len(lists) == 2
    assert names[names.index(lists[0]) + 1] == "主担当"


@pytest.mark.parametrize("edition", Edition)
def test_what_is_foreseen_to_be_left_out_is_what_is_left_out(sample_file, tmp_path, edition):
    options = ReportOptions(edition, PARTS)
    with closing(opened(sample_file, Clock(), read_only=True)) as plan:
        foreseen = outputs.foresee(plan.workspace, options, MADE_ON)
    for outcome in written(sample_file, tmp_path, options, forms=outputs.FORMS[:3]):
        assert outcome.written.left_out == foreseen.silent != ()


def test_nothing_is_said_to_be_missing_from_a_report_of_which_nothing_is_left(sample_file):
    narrowing = Narrowing(headings=("4",), statuses=("完了",))
    with closing(opened(sample_file, Clock(), read_only=True)) as plan:
        options = ReportOptions(narrowing=narrowing)
        assert outputs.foresee(plan.workspace, options, MADE_ON).silent == ()
        with pytest.raises(NothingToExportError, match="当てはまる"):
            outputs.gather(plan.workspace, sample_file, options, outputs.FORMS, made_on=MADE_ON)
