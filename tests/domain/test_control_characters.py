"""A character that nobody sees is shown as a sign; what a text needs stays."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.texts import with_signs


@pytest.mark.parametrize(
    "unseen",
    [
        *("\0", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9f"),
        *("\u061c", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e"),
        *("\u2066", "\u2067", "\u2068", "\u2069", "\u2028", "\u2029"),
        *("\ud800", "\udfff", "\ufffe", "\uffff"),
    ],
)
def test_a_character_that_nobody_sees_is_named(unseen):
    assert with_signs(f"市民{unseen}活動{unseen}") == (
        f"市民〔U+{ord(unseen):04X}〕活動〔U+{ord(unseen):04X}〕"
    )


@pytest.mark.parametrize(
    "text",
    [
        "一行目\n二行目\r\n三行目\tx",
        "葛\U000e0100城市 辻\U000e0101さん",
        "👨\u200d👩\u200d👧 ☎\ufe0e न\u200cह",
        "\u3000全角　と\u00a0半角\u2009空白",
        "\u200e2015/\u200e11/\u200e02",
        "عربي العربية שלום",
    ],
)
def test_what_a_text_needs_stays(text):
    assert with_signs(text) == text
