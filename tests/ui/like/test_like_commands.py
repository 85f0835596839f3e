"""元の表の形で出力 from the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QRadioButton

from kyodo_desktop.domain.nodes import is_placement
from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services.rounds import edit_round
from tests.ui import hearing
from tests.ui.driving import choose_file, dialog, outline, run

HEADINGS = ("番号", "推進項目", "施策", "実行計画", "担当課", "状態", "進捗状況")


@pytest.fixture
def table(window, tmp_path):
    """A table of the plan that is open; its first status and its last action are others."""
    path, plan = tmp_path / "進行管理表.xlsx", outline(window)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"{plan.plan.title}　進行管理表（{plan.round.name}）"])
    sheet.append(
        [f"※ {'　'.join(f'{each.mark}：{each.label}' for each in plan.statuses.values())}"]
    )
    sheet.append(HEADINGS)
    for node in plan.below(plan.roots[0]):
        if is_placement(node) and not plan.is_relisted(node):
            sheet.append(row_of(plan, node))
    sheet["F4"] = "◇" if sheet["F4"].value == "✓" else "✓"
    sheet.cell(sheet.max_row, 4).value = "計画にない事業の例"
    book.save(path)
    return path


def row_of(plan, node):
    above = [plan.label(each) for each in plan.ancestors(node)][-2::-1]
    lines = plan.lines.get(plan.action_id_at(node), ())
    first = lines[0] if lines else None
    mark = plan.statuses[first.status_id].mark if first and first.status_id else ""
    sections = "、".join(plan.section_names(plan.action_id_at(node), Role.LEAD))
    text = first.text if first else ""
    return [plan.number(node), above[0], above[-1], plan.title(node), sections, mark, text]


def shown(window, qtbot, table):
    """Choose the table, and return the dialog that asks for the cells."""
    run(window, "export_like")
    with qtbot.waitSignal(window.features.like.asked):
        choose_file(window, table)
    return dialog(window)


def test_the_dialogs_lead_from_a_table_to_its_copy_and_tell_what_to_look_at(
    window, qtbot, table, tmp_path
):
    before, out = table.read_bytes(), tmp_path / "写し.xlsx"
    asked = shown(window, qtbot, table)
    assert not asked.findChild(QRadioButton, "replace").isEnabled(), "it is of the same round"
    asked.accept()
    dialog(window).reject()
    assert dialog(window) is asked, "no place was chosen"
    asked.accept()
    with qtbot.waitSignal(window.features.like.ended):
        choose_file(window, out)
    result = dialog(window)
    assert "1件あります" in result.text()
    assert "計画にない事業の例" in result.detailedText()
    plan, sheet = outline(window), openpyxl.load_workbook(out).active
    first = next(each for each in plan.below(plan.roots[0]) if is_placement(each))
    assert sheet["F4"].value == plan.status(plan.action_id_at(first)).mark
    assert table.read_bytes() == before


def test_a_table_without_cells_for_the_round_lets_its_newest_be_replaced(window, qtbot, table):
    book = openpyxl.load_workbook(table)
    book.active["A1"] = "進行管理表（平成26年度）"
    book.save(table)
    asked = shown(window, qtbot, table)
    assert not asked.findChild(QRadioButton, "own").isEnabled()
    assert asked.findChild(QRadioButton, "replace").isChecked()
    assert "平成26年度" in asked.findChild(QRadioButton, "replace").text()


def test_a_name_is_offered_whatever_the_round_is_called(window, qtbot, table):
    edit_round(window.plan.workspace, 1, "平成27年度 1/2", 2015, "2015-10-31")
    shown(window, qtbot, table).accept()
    asked = dialog(window)
    (suggested,) = map(Path, asked.selectedFiles())
    assert suggested == table.with_name("進行管理表_平成27年度 1／2.xlsx")


def test_what_is_no_workbook_is_refused_with_the_way_out(window, qtbot, tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("番号,実行計画\n", encoding="utf-8")
    run(window, "export_like")
    with qtbot.waitSignal(window.features.like.ended):
        choose_file(window, path)
    assert "名前を付けて保存" in dialog(window).text()


def test_the_table_itself_is_not_written_over_and_another_name_is_offered(window, qtbot, table):
    before = table.read_bytes()
    asked = shown(window, qtbot, table)
    asked.accept()
    with qtbot.waitSignal(window.features.like.ended):
        choose_file(window, table)
    assert "元の表そのもの" in dialog(window).informativeText()
    assert table.read_bytes() == before
    dialog(window).findChild(QPushButton, "other_name").click()
    dialog(window).reject()
    assert dialog(window) is asked, "no other place was chosen"


def test_both_dialogs_can_be_heard_read_and_walked_through(window, qtbot, table, tmp_path):
    looks = (
        hearing.unheard,
        hearing.lost_on_the_way,
        partial(hearing.without_ring, known=set()),
        partial(hearing.illegible, known=set()),
    )
    asked = shown(window, qtbot, table)
    assert set().union(*(look(asked) for look in looks)) == set()
    assert asked.findChild(QDialogButtonBox) is not None
    asked.accept()
    with qtbot.waitSignal(window.features.like.ended):
        choose_file(window, tmp_path / "写し.xlsx")
    assert "出力しました" in dialog(window).text()
    assert set().union(*(look(dialog(window)) for look in looks)) == set()
