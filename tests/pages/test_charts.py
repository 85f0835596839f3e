"""Figures are read without colours, and nothing in them lies on something else."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from kyodo_desktop.pages import charts
from kyodo_desktop.pages.content import Series
from kyodo_desktop.pages.laid import whole_pixels
from kyodo_desktop.pages.text_metrics import metrics_of

pytestmark = pytest.mark.same_everywhere("arithmetic")

COLOURS = ("2E7D4F", "C98A00", "3B6FB6", "7A7F87", "000000", "FFFFFF", "FF0000", "FFFF00")
TONES = range(charts.BLANK + 1)
ADVANCES = metrics_of("ＭＳ ゴシック").advances


def test_bars_are_told_apart_in_grey_whatever_their_colours_are():
    for (one, first), (other, second) in product(product(COLOURS, TONES), repeat=2):
        if first != second:
            here, there = charts.fill(one, first), charts.fill(other, second)
            step = abs(charts.lightness(here.ground) - charts.lightness(there.ground))
            assert step >= 0.2 or here.hatch is not there.hatch


def test_what_stands_on_a_bar_or_its_plate_reads_well():
    for colour, tone in product(COLOURS, TONES):
        found = charts.fill(colour, tone)
        assert charts.contrast(found.ink, found.ground) >= 4.5
        assert charts.contrast(charts.EDGE, charts.WHITE) >= 4.5


def test_a_bar_keeps_the_hue_of_its_status():
    green, blue = charts.fill("2E7D4F", 0).ground, charts.fill("3B6FB6", 2).ground
    assert (green, blue) == ("1F5536", "AFC4E1")


def boxes(figure):
    """Return the corners of all that is drawn: bars, and the lines of text."""
    for each in figure.bars:
        yield each.x, each.y, each.x + each.width, each.y + each.height
    for each in figure.words:
        length = sum(ADVANCES[letter] for letter in each.text) * charts.SIZE
        left = each.x - (length if each.anchor == "end" else 0)
        yield left, each.y - charts.SIZE / 2, left + length, each.y + charts.SIZE / 2


@pytest.mark.parametrize("width", [370, 522, 1150])
def test_nothing_lies_on_another_thing_or_beyond_the_edge(width):
    long = "市民活動を支える相談と情報のしくみづくり" * 3
    names = ["拠点の整備", long, *(f"柱{n}" for n in range(31))]
    series = [
        Series(f"{'長い' * tone}状態", "C98A00", tone, tuple((n * tone) % 9000 for n in range(33)))
        for tone in TONES
    ]
    made = list(charts.charts_of("推進項目ごと", names, series, (4, 0, (1, 3, 5, 7, 9, 11))))
    assert made[0].title == f"推進項目ごと（1～{len(made[0].categories)}）"
    assert [name for each in made for name in each.categories] == names
    assert [each.table[0] for each in made][:2] == [4, 4 + len(made[0].categories)]
    for chart in made:
        assert whole_pixels(chart.height) < 409.5  # where Excel's rows end
        found_chart = charts.drawn(chart, width, ADVANCES)
        found = list(boxes(found_chart))
        for left, top, right, bottom in found:
            assert min(left, top) >= 0
            assert right <= width
            assert bottom <= chart.height + 0.01
        for one, other in combinations(found, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert across < 0.01 or down < 0.01
        totals = [sum(column) for column in zip(*(s.counts for s in chart.series), strict=True)]
        ends = [each.text for each in found_chart.words if each.anchor == "start"]
        assert ends[: len(totals)] == [f"{each:,}" for each in totals]


def test_a_figure_of_a_single_bar_has_one_number():
    one = [Series("完了", "2E7D4F", 0, (1, 2, 3))]
    names = ["柱", "とても長い名前" * 90, "次の柱"]
    assert [each.title for each in charts.charts_of("状態", names, one, None)] == [
        *("状態（1）", "状態（2）", "状態（3）")
    ]


def test_a_count_stands_on_its_bar_where_there_is_room():
    two = [Series("完了", "2E7D4F", 0, (999, 0)), Series("未記入", "9AA5B1", charts.BLANK, (1, 0))]
    (chart,) = charts.charts_of("状態", ["柱", "空の柱"], two, (0, 0, (1, 2)))
    assert [each.label for each in charts.drawn(chart, 400, ADVANCES).bars[:2]] == ["999", ""]
