"""The words of the program are those of a city hall: what was found odd is shown nowhere."""

from __future__ import annotations

import ast
import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from kyodo_desktop.domain.tables import EARLIER_WORDS
from kyodo_desktop.excel.data_book import read_export, write_export
from kyodo_desktop.excel.report import write_workbook
from kyodo_desktop.pages.options import ReportOptions
from kyodo_desktop.pages.report import laid_report
from kyodo_desktop.services.interchange import whole_plan
from kyodo_desktop.services.report_extras import gathered, reported
from tests.builders import Clock, opened
from tests.excel.reply_form import forms
from tests.imports import ROOT, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.same_everywhere("reads the source, and workbooks made in the same way")

ODD = {
    "差分": "変更",
    "はい → いいえ": "前回のまま → 確認済み",
    "進み具合": "進捗の集計",
    "延べ": "掲載数（再掲を含む）",
    "実質": "実行計画数",
    "文字の種類": "フォント",
    r"(?<![ぁ-ん])いま(?![すせしま])": "現在の内容",
    "催促": "再依頼",
    "使う点検": "点検項目の設定",
    "指摘": "要確認",
    "次の期": "次期計画",
    "完了として外す": "引き継がない（完了・廃止）",
    "個人の設定": "環境設定",
    "記録（ログ）|詳しい記録": "ログ",
    "(新し|古)い版|(今|現在|お使い|最新)の版|この版": "新しいバージョン",
    "に落と[すし]|を落と[すし]": "ドラッグ＆ドロップする",
    "データのブック": "データ一式（Excel）",
    "調査を開(く|い[たて])|調査を開始|」を開始": "調査を始める",
    "すべて開く|すべて閉じる": "すべて展開、すべて折りたたむ",
    "同じ実行計画としてまとめ": "重複をまとめる（再掲にする）",
    "大きさ": "サイズ",
    "読み取り方": "取込設定",
    "前提": "先に終える実行計画",
    "控えを(今作る|保存|作って)": "今すぐバックアップ、名前を付けてコピーを保存",
    "ツリー": "一覧",
    "窓(?!口)": "ウィンドウ",
    "複写": "コピー",
    "まとめる先": "統合先",
    "(始|終)わりの年度": "開始年度、終了年度",
}
"""What a reader at a city hall stumbled over, and what it is called instead."""

# Where an odd word stands all the same, and why.
ALLOWED = {
    ("domain/tables.py", "前提"): "read from exports of earlier versions",
    ("domain/tables.py", "前提キー"): "read from exports of earlier versions",
    ("domain/tables.py", "確認済みの指摘"): "read from exports of earlier versions",
    ("domain/tables.py", "次の期への扱い"): "read from exports of earlier versions",
    ("domain/tables.py", "完了として外す"): "read from exports of earlier versions",
    (
        "domain/importing/header_words.py",
        r".*(?:備考|摘要|特記|意見|指摘|参考|biko|note|remark|memo"
        "|メモ).*|その他",
    ): "a heading in the tables of offices",
    (
        "domain/importing/kept_inside.py",
        "(?:コメント|意見|所見|講評|提言|指摘|見解|助言)(?:事項|内容)?(?:等|など|欄)?",
    ): "a heading in the tables of offices",
    (
        "domain/importing/kept_inside.py",
        ".*(?:長|者|事務局|職員|上司|管理職|企画|財政|人事)(?:課|部|室|係|担当)*(?:から)?(?:の|による)?"
        "(?P<what>コメント|意見|所見|講評|見解|指摘|指示)(?:事項|内容)?(?:等|欄)?",
    ): "a heading in the tables of offices",
    (
        "excel/reply_form/sheets.py",
        "講座を4回開き、延べ45人が参加した",
    ): "an answer as people write it",
}


def odd_words(text: str) -> list[str]:
    return [word for word in ODD if re.search(word, text)]


def shown_texts(path: Path) -> Iterator[str]:
    """Yield every string of a module but the docstrings of its parts."""
    tree = parsed(path)
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


def test_no_label_and_no_message_of_the_program_says_them():
    found = set()
    for path in sorted((ROOT / "kyodo_desktop").rglob("*.py")):
        module = path.relative_to(ROOT / "kyodo_desktop").as_posix()
        found |= {(module, text) for text in shown_texts(path) if odd_words(text)}
    assert found == set(ALLOWED)


PAGES = [
    ROOT / "README.md",
    *(ROOT / "resources").rglob("*.html"),
    *(ROOT / "resources").rglob("*.ns[ih]"),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_says_them(page):
    lines = page.read_text(encoding="utf-8").splitlines()
    assert [(line, odd_words(line)) for line in lines if odd_words(line)] == []


def cells(path: Path) -> Iterator[str]:
    for sheet in load_workbook(path):
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield from (value for value in row if isinstance(value, str))


def test_no_sheet_says_them(full_master, tmp_path):
    report, book = tmp_path / "報告書.xlsx", tmp_path / "データ.xlsx"
    write_export(whole_plan(full_master), book)
    with closing(opened(full_master, Clock(), read_only=True)) as plan:
        options = ReportOptions()
        extras = gathered(plan.workspace, options.extras)
        outline = reported(plan.workspace)
    write_workbook(laid_report(outline, options, extras=extras, made_on="2015-11-02"), report)
    said = {text for path in (report, book, forms.written(tmp_path)) for text in cells(path)}
    allowed = {text for _, text in ALLOWED}
    assert {text for text in said if odd_words(text)} <= {
        f"・{text}" for text in allowed
    } | allowed


def test_exports_with_the_earlier_words_are_still_read(full_master, tmp_path):
    file = tmp_path / "全部.csv"
    whole = whole_plan(full_master)
    write_export(whole, file)
    text = file.read_text(encoding="utf-8-sig")
    for earlier, now in EARLIER_WORDS.items():
        assert f",{now}" in f",{text}"
        text = re.sub(f'(^|[,"\n]){re.escape(now)}(?=[,"\r\n])', rf"\g<1>{earlier}", text)
    assert not any(f",{now}," in text for now in EARLIER_WORDS.values())
    file.write_text(text, encoding="utf-8-sig", newline="")
    read = read_export(file).tables
    assert {
        name: sorted(rows, key=lambda row: row["id"]) for name, rows in read.items()
    } == whole.tables
