"""Plans as text, as the programs that read them out or take them in like it best."""

from __future__ import annotations

import csv

import pytest

from kyodo_desktop.domain.errors import CancelledError
from kyodo_desktop.domain.job_control import JobControl
from kyodo_desktop.domain.open_data import open_data
from kyodo_desktop.domain.text_version import text_version
from kyodo_desktop.pages.text_files import write_open_data, write_text_version
from tests.outlines import DONE, outline_of_rows

OUTLINE = outline_of_rows(
    ("環境", "拠点", 'ブース"の"設置', [(DONE, "一行目、\r\n二行目, 終わり")]),
    ("環境", "拠点", "=1+1", [(None, "")]),
    ("体制", "庁内", "=1+1", []),
)


def test_open_data_are_a_line_an_action_that_excel_and_others_read_alike(tmp_path):
    path = tmp_path / "公開.csv"
    write_open_data(OUTLINE, path)
    data = path.read_bytes()
    assert data.startswith("\ufeff市町村名,計画,".encode())
    assert data.count(b"\n") == data.count(b"\r\n") == 3
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)] == list(open_data(OUTLINE))
    assert '"一行目、／二行目, 終わり"' in data.decode()


@pytest.mark.parametrize(
    ("write", "told", "name"),
    [(write_open_data, OUTLINE, "a.csv"), (write_text_version, text_version(OUTLINE), "a.txt")],
)
def test_who_cancels_keeps_what_was_there(tmp_path, write, told, name):
    (tmp_path / name).write_bytes(b"mine")
    control = JobControl()
    control.cancel()
    with pytest.raises(CancelledError):
        write(told, tmp_path / name, control)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [(name, b"mine")]
