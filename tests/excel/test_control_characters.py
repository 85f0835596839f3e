"""In no workbook does a character turn a line around, end it or break it."""

from __future__ import annotations

import re
import zipfile
from contextlib import closing

import pytest

from kyodo_desktop.domain.text_version import text_version
from kyodo_desktop.domain.texts import CONTROLS
from kyodo_desktop.excel.data_book import write_export
from kyodo_desktop.excel.reply_form.writing import write_reply_forms
from kyodo_desktop.excel.report import write_workbook
from kyodo_desktop.pages.options import PARTS, ReportOptions
from kyodo_desktop.pages.report import laid_report
from kyodo_desktop.pages.report_columns import REPORT_COLUMNS
from kyodo_desktop.pages.text_files import write_text_version
from kyodo_desktop.services.inquiries.asking import askable_sections, reply_forms
from kyodo_desktop.services.interchange import whole_plan
from kyodo_desktop.services.report_extras import gathered
from tests.builders import Clock, opened
from tests.excel.conftest import FONT
from tests.hostile import hostile_copy

SIGN = "〔U+202E〕"
REFERENCE = re.compile("&#(?:x([0-9A-Fa-f]+)|([0-9]+));")


@pytest.fixture(scope="module")
def file(full_master, tmp_path_factory):
    return hostile_copy(full_master, tmp_path_factory.mktemp("hostile") / "a.kyodo")


@pytest.fixture(scope="module")
def workspace(file):
    with closing(opened(file, Clock(), read_only=True)) as plan:
        yield plan.workspace


def parts(book):
    """Return the texts of a workbook's parts by their names; a CR LF there is none of a cell."""
    with zipfile.ZipFile(book) as package:
        found = {
            name: package.read(name).decode().replace("\r\n", "\n")
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }
    return {
        name: REFERENCE.sub(lambda each: chr(int(each[1] or "0", 16) or int(each[2])), text)
        for name, text in found.items()
    }


def unseen(texts):
    return {name for name, text in texts.items() if CONTROLS.search(text)}


def test_a_report_shows_signs_on_each_sheet(workspace, tmp_path):
    options = ReportOptions(parts=PARTS, columns=tuple(REPORT_COLUMNS), font=FONT)
    extras = gathered(workspace, options.extras)
    laid = laid_report(workspace.outline, options, extras=extras, made_on="2015-11-02T09:00")
    result = write_workbook(laid, tmp_path / "報告書.xlsx")
    found = parts(result.path)
    assert unseen(found) == set()
    assert SIGN in found["docProps/core.xml"]
    sheets = {name: text for name, text in found.items() if "worksheets/sheet" in name}
    assert len(sheets) == len(laid.parts)
    assert [name for name, text in sheets.items() if SIGN not in text] == []
    assert not result.replaced


def test_the_forms_and_their_names_show_signs(workspace, tmp_path):
    ids = [each.section.id for each in askable_sections(workspace)]
    forms = reply_forms(workspace, ids, "2026-12-07", "依頼\u202e", "2026-11-23T18:00:00")
    for book in write_reply_forms(forms, tmp_path, font=FONT):
        found = parts(book)
        assert unseen(found) == set()
        assert SIGN in "".join(found.values())
        assert not CONTROLS.search(book.name)


def test_what_goes_out_as_text_or_data_shows_signs(workspace, file, tmp_path):
    book, table, text = (tmp_path / f"a{suffix}" for suffix in (".xlsx", ".csv", ".txt"))
    write_export(whole_plan(file), book)
    write_export(whole_plan(file), table)
    write_text_version(text_version(workspace.outline), text)
    assert unseen(parts(book)) == set()
    for path in (table, text):
        shown = path.read_text(encoding="utf-8-sig")
        assert SIGN in shown
        assert not CONTROLS.search(shown)
