"""Several marked lines in one cell are several lines; a list of bullets is one text."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.replies.answers import AnswerParser, marked_lines
from tests.outlines import noted

WORDS = AnswerParser(noted("前期\n  ブース: ✓"))

SEVERAL = {
    "✓ 開設した\n・ 周知を続ける": [("✓", "開設した"), ("・", "周知を続ける")],
    "✔開設した\n\n･周知を続ける": [("✓", "開設した"), ("・", "周知を続ける")],
    "✓ 開設した\n　４月から\n◇ 講座": [("✓", "開設した\n　４月から"), ("◇", "講座")],
    "✔\ufe0f 一つ\n✔\ufe0f二つ": [("✓", "一つ"), ("✓", "二つ")],
    "✓ 一つ\n✓ 二つ": [("✓", "一つ"), ("✓", "二つ")],
    "x 中止\n✓ 完了": [("×", "中止"), ("✓", "完了")],
}
ONE = (
    "",
    "✓ 開設した",
    "・会議を開いた\n・広報に載せた",
    "◇ 一つ\n◇ 二つ",
    "次のとおり\n✓ 開設した\n・ 続ける",
    "xylophone\nofficeで",
    "レンタルを始めた\n・ 続ける",
)


@pytest.mark.parametrize("text", SEVERAL)
def test_marked_lines_are_taken_apart(text):
    assert marked_lines(text, WORDS) == SEVERAL[text]


@pytest.mark.parametrize("text", ONE)
def test_a_list_or_a_plain_text_stays_whole(text):
    assert marked_lines(text, WORDS) == []
