"""Finds the encoding of a text by what it would say in each."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("cp932", "euc_jis_2004")
_JIS_SHIFT = (b"\x1b$B", b"\x1b$@", b"\x1b(J")
_SAMPLE = 200_000
_LEAST_SENSE = 0.5
_KANA_AND_KANJI = ((0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xFF01, 0xFF5E), (0x3000, 0x301F))
_HALF_WIDTH_KANA = (0xFF61, 0xFF9F)


def decoded(content: bytes) -> str | None:
    """Return the text; bytes that fit in no way are U+FFFD. None is no text at all."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff")
    if b"\0" in content:
        return _wide(content)
    if content.startswith(_JIS_SHIFT) or any(shift in content for shift in _JIS_SHIFT):
        return _strict(content, "iso2022_jp_ext") or content.decode("cp932", "replace")
    text = _strict(content, "utf-8")
    if text is not None:
        return text if _is_text(text) else None
    texts = [text for each in _CANDIDATES if (text := _strict(content, each)) is not None]
    if not texts:
        texts = [content.decode(each, "replace") for each in ("utf-8", *_CANDIDATES)]
    best = max(texts, key=_sense)
    return best if _is_text(best) and _sense(best) >= _LEAST_SENSE else None


def is_unicode(content: bytes) -> bool:
    """Tell a text in a code that has every character from one that has those of Japan alone."""
    return content.startswith(tuple(mark for mark, _ in _MARKS)) or (
        b"\0" in content or _strict(content, "utf-8") is not None
    )


def _wide(content: bytes) -> str | None:
    """Read UTF-16 without a mark; the ends of lines tell which half comes first."""
    texts = [
        text
        for each in ("utf-16-le", "utf-16-be")
        if (text := _strict(content, each)) is not None and _is_text(text)
    ]
    best = max(texts, key=_sense, default=None)
    return best if best is not None and _sense(best) >= _LEAST_SENSE else None


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    return "\0" not in sample and sum(_is_control(each) for each in sample) * 20 <= len(sample)


def _is_control(character: str) -> bool:
    return character < " " and character not in "\t\n\r\f\v"


def _sense(text: str) -> float:
    """Return the share of characters that a Japanese table is likely to have."""
    sample = text[:_SAMPLE]
    if not sample:
        return 0
    good = sum(_is_usual(ord(each)) for each in sample)
    odd = sum(_HALF_WIDTH_KANA[0] <= ord(each) <= _HALF_WIDTH_KANA[1] for each in sample)
    return (good + 0.3 * odd) / len(sample)


def _is_usual(code: int) -> bool:
    if code < 0x7F:  # noqa: PLR2004  ASCII
        return code >= ord(" ") or code in {9, 10, 13}
    return any(first <= code <= last for first, last in _KANA_AND_KANJI)
