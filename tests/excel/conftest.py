"""How the tests of the workbook write one and read it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kyodo_desktop.domain.outline import Outline
from kyodo_desktop.domain.reporting import Extras
from kyodo_desktop.excel.report import write_workbook
from kyodo_desktop.pages.options import ReportOptions
from kyodo_desktop.pages.report import laid_report

FONT = "ＭＳ ゴシック"  # known without a file, so that the tests are alike on every PC


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Workbook]:
    """Write a report with some options and load it again."""

    def write(outline: Outline, *, extras: Extras = Extras(), **options: object) -> Workbook:  # noqa: B008
        path = tmp_path / "報告書.xlsx"
        chosen = ReportOptions(font=FONT, **options)
        write_workbook(laid_report(outline, chosen, extras=extras, made_on="2015-11-02"), path)
        return load_workbook(path)

    return write
