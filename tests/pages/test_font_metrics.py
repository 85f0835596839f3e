"""How wide characters are, with the font's file and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from kyodo_desktop.pages import text_metrics
from kyodo_desktop.pages.text_metrics import Face, find_face, metrics_of


def font(family: str, japanese: str, weight: int = 400) -> TTFont:
    """Make a font with two letters: A of 0.6 em and あ of 1 em."""
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "A", "hiragana"])
    builder.setupCharacterMap({ord("A"): "A", ord("あ"): "hiragana"})
    builder.setupGlyf({name: Glyph() for name in (".notdef", "A", "hiragana")})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (600, 0), "hiragana": (1000, 0)})
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": {"en": family, "ja": japanese}, "styleName": "Regular"})
    builder.setupOS2(usWeightClass=weight, usWinAscent=1000, usWinDescent=200)
    builder.setupPost()
    return builder.font


@pytest.mark.parametrize("name", ["City Gothic", "シティ ゴシック", "ＣＩＴＹ　Gothic"])
def test_a_font_is_found_by_either_name_in_any_width(tmp_path, name):
    font("City Gothic", "シティ ゴシック").save(tmp_path / "city.ttf")
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    assert find_face(name, sorted(tmp_path.iterdir())) == Face(tmp_path / "city.ttf", -1)


def test_a_collection_is_searched_face_by_face(tmp_path):
    collection = TTCollection()
    collection.fonts = [font("City Gothic", "甲"), font("City PGothic", "乙")]
    collection.save(tmp_path / "city.ttc")
    assert find_face("乙", [tmp_path / "city.ttc"]) == Face(tmp_path / "city.ttc", 1)


def test_the_regular_weight_is_taken_before_the_bold(tmp_path):
    font("City Gothic", "甲", weight=700).save(tmp_path / "a.ttf")
    font("City Gothic", "甲").save(tmp_path / "b.ttf")
    assert find_face("甲", sorted(tmp_path.iterdir())) == Face(tmp_path / "b.ttf", -1)


def test_an_unknown_font_is_not_found(tmp_path):
    assert find_face("どこにもない書体", [tmp_path / "missing.ttf"]) is None


def test_widths_come_from_the_font_and_guesses_fill_what_it_lacks(tmp_path, monkeypatch):
    font("City Gothic", "甲").save(tmp_path / "city.ttf")
    monkeypatch.setattr(text_metrics, "font_files", lambda: (Path(tmp_path / "city.ttf"),))
    metrics = metrics_of("City Gothic")
    assert [metrics.advances[letter] for letter in "Aあ漢"] == [0.6, 1.0, 1.0]
    assert metrics.advances["\n"] == 0.0
    assert metrics.line > 1.2
    metrics_of.cache_clear()


def test_a_fixed_pitch_font_needs_no_file():
    advances = metrics_of("ＭＳ ゴシック").advances
    assert [advances[letter] for letter in "あA1ｱ・①"] == [1.0, 0.5, 0.5, 0.5, 1.0, 1.0]
