"""What a change of the plan's own words affects is said before it is done."""

from __future__ import annotations

from dataclasses import replace

from kyodo_desktop.domain.plan import StatusKind
from kyodo_desktop.domain.vocabulary import (
    NameEntry,
    StatusEntry,
    UseCount,
    effects,
    level_effects,
)
from tests.outlines import noted

DONE = StatusEntry("✓", "完了", "", StatusKind.DONE, "#2e7d4f", id=1)
NEAR = StatusEntry("◇", "完了の目途", "", StatusKind.NEAR, "#c98a00", id=2)
USES = {1: UseCount(35, 6, ("平成26年度",)), 2: UseCount(7)}


def told(after, replaced_by=None):
    return list(effects([DONE, NEAR], after, USES, replaced_by or {}, "進捗状況{:,}行"))


def test_what_stays_as_it_is_affects_nothing():
    assert told([DONE, NEAR]) == []


def test_a_new_word_shows_on_its_lines_those_of_closed_rounds_too():
    assert told([DONE._replace(mark="済"), NEAR]) == [
        "「✓ 完了」→「済 完了」：進捗状況35行（うち確定済みの調査 6）の表示が変わります。"
    ]


def test_meaning_totals_colour_and_definition_have_a_sentence_each():
    changed = NEAR._replace(
        kind=StatusKind.ONGOING, counted=False, colour="#3b6fb6", definition="新しい説明"
    )
    sentences = told([DONE, changed])
    assert len(sentences) == 4
    assert "「完了の目途」から「継続中」に" in sentences[0]
    assert "集計に数えなくなります：進捗状況7行" in sentences[1]


def test_what_is_deleted_names_its_replacement_and_what_is_new_is_named():
    assert told([NEAR, StatusEntry("×", "中止", "", StatusKind.STOPPED, "#a4505f")], {1: 2}) == [
        "「× 中止」を追加します。",
        "「✓ 完了」を削除します。進捗状況35行（うち確定済みの調査 6）は"
        "「◇ 完了の目途」に変わります。",
    ]


def test_another_order_and_a_name_that_nothing_uses():
    before = [NameEntry("継続", 1), NameEntry("拡充", 2)]
    after = [NameEntry("拡大", 2), NameEntry("継続", 1)]
    assert list(effects(before, after, {}, {}, "{}件")) == [
        "「拡充」→「拡大」：使っている所はまだありません。",
        "並び順が変わります（選択肢と凡例の順番も変わります）。",
    ]


def test_another_numbering_shows_an_example_and_spares_numbers_that_were_typed():
    outline = noted("""
前期
  環境
    ブース: ✓
    研修: ・
""")
    typed = outline.placements[2]._replace(number="甲")
    outline = replace(outline, placements={**outline.placements, 2: typed})
    levels = (("推進項目", "1"), ("施策", "(1)"), ("取組", "ア"))
    assert list(level_effects(outline, levels)) == [
        "「実行計画」→「取組」：画面とExcelの見出しが変わります。",
        "取組の番号1か所が変わります。例：「① ブース」→「ア ブース」",
    ]
