"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kyodo_desktop.domain.importing.months import (
    NO_ERA,
    NO_MONTH,
    ONLY_OUTDATED,
    OUTDATED,
    SEVERAL,
    read_months,
)
from kyodo_desktop.domain.importing.numbers import is_number
from kyodo_desktop.domain.importing.plain import is_nothing, is_same, squeezed, status_key

_SECTION = re.compile(
    r"(?:課|室|局|係|部|署|センター|グループ|班|チーム|委員会|事務局|協議会|会議|審議会|部会|公民館|図書館|博物館|資料館"
    r"|保健所|支所|出張所|学校|幼稚園|保育所|保育園|病院|機構|公社|事業団|財団|各課等?|全庁|全課等?|(?<=[一-龠ぁ-んァ-ヶー])g)"
    r"(?:\(.*\)|（.*）|ほか|他|等)?"
)
_NO_SECTIONS = frozenset(("一部", "全部", "内部", "外部", "大部", "細部"))
_DATE = re.compile(
    r"(?:令和|平成|昭和|[rhs]|西暦)?\.?(?:元|[0-9]{1,4})(?:年(?![生間目次]|度(?:[版分]|予算|決算|実績|計画|目標))度?|[./-](?=[0-9]))(?:[0-9]{1,2}(?:月|[./-]|$))?.{0,8}"
)
_MEASURED = re.compile("[0-9０-９][%％]|[0-9０-９](?:人|件|歩|円|回|箇所|か所|ha|kg|t|㎡|世帯)")
_MARKS = "○◎△×✕✖✓✔◇◆□■●▲▼☆★・※→↑↓⇒-〇◯〼レ"
MARK = re.compile(rf"[{_MARKS}](?![0-9])|[✅☑️]+")
_DATED = re.compile(r"[0-9元)]年|[rhs][.]?[0-9元]|^['’][0-9]{2}")
_UNDECIDED = (NO_MONTH, NO_ERA, SEVERAL, ONLY_OUTDATED)
_ANY_YEAR, _LONGEST_DATES = 2015, 30
_PAST = re.compile(r"(?:た|済み?|中|である|ない|なし|増|減)[。．）)]?\s*$")
_PROSE, _SHORT = 25, 14
_LONGEST_NAME, _LONGEST_MARK = 20, 2
_FEWEST_GRADES, _MOST_GRADES, _MOST_CHOICES = 3, 6, 12
_MOST_OF, _MOSTLY = 0.5, 0.8


class SheetContents(NamedTuple):
    """Shares (0 to 1) of the cells with a text; `filled` is the share of rows that have one."""

    filled_cells: int = 0
    filled: float = 0.0
    length: float = 0.0
    distinct: float = 0.0
    kinds: int = 0
    numbers: float = 0.0
    digits: float = 0.0
    sections: float = 0.0
    marks: float = 0.0
    dates: float = 0.0
    prose: float = 0.0
    short: float = 0.0
    led: float = 0.0
    past: float = 0.0
    shares: float = 0.0

    @property
    def is_choice(self) -> bool:
        """Tell whether the cells are a few short words that come again and again."""
        again = self.distinct < (_MOSTLY if self.kinds <= _MOST_GRADES else _MOST_OF)
        few = self.kinds <= _FEWEST_GRADES or (again and self.kinds <= _MOST_CHOICES)
        return self.filled_cells > 0 and self.short > _MOSTLY and few


@lru_cache(1 << 15)
def is_section(text: str) -> bool:
    """Tell whether a text is the name of a section, or several of them."""
    parts = re.split(r"[、，,\n／/;；・]|\s", text.strip())
    named = [part.strip("○◎●・()（） ") for part in parts if part.strip()]
    if not named or any(len(part) > _LONGEST_NAME or "。" in part for part in named):
        return False
    hits = sum(1 for part in named if _SECTION.search(squeezed(part)[-9:]) and _ends(part))
    return hits * 2 >= len(named)


def _ends(part: str) -> bool:
    key = squeezed(part)
    if key in _NO_SECTIONS:
        return False
    found = list(_SECTION.finditer(key))
    if not found or found[-1].end() != len(key):
        return False
    return found[-1].start() > 0 or len(key) > _LONGEST_MARK or key[0] in "各全"


@lru_cache(1 << 15)
def is_mark(text: str) -> bool:
    """Tell whether a text is a mark: a sign, a letter, a digit, one of a few single words."""
    key = status_key(text)
    return len(key) <= _LONGEST_MARK and (
        MARK.fullmatch(key) is not None
        or re.fullmatch(r"[a-z][+-]?|[0-9]|[完終済未継中新廃実検統]", key) is not None
    )


@lru_cache(1 << 15)
def is_date(text: str) -> bool:
    """Tell whether a text is a year, a month or a day in any form; 6.8% and 8,500歩 are none."""
    if _MEASURED.search(text):
        return False
    key = squeezed(text)
    return (
        len(key) <= _LONGEST_NAME and not key.isdecimal() and _DATE.fullmatch(key) is not None
    ) or bool(
        re.fullmatch("(?:19|20)[0-9]{2}|[rhs][.]?(?:元|[0-9]{1,2})", key)
        or _tells_dates(text, key)
    )


def _tells_dates(text: str, key: str) -> bool:
    """Tell whether a short text says of dates only: 令和8年3月（当初：R6.3）, R5～R7, R7夏頃."""
    if len(key) > _LONGEST_DATES or not _DATED.search(key):
        return False
    found = read_months(text, _ANY_YEAR)
    says = found.start is not None or found.due is not None
    return found.why in _UNDECIDED or (says and found.why in ("", OUTDATED))


def _are_marks(text: str) -> bool:
    """Tell whether a cell holds a mark, or one in each of its lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    return any(map(is_mark, lines)) and all(is_mark(line) or is_nothing(line) for line in lines)


def contents_of(texts: list[str], rows: int) -> SheetContents:
    """Look at the cells with a text of a column of so many rows."""
    cells = [text for text in texts if not is_nothing(text) and not is_same(text)]
    count = len(cells)
    if not count:
        return SheetContents(filled=len(texts) / rows if rows else 0.0)
    keys = [squeezed(text) for text in cells]
    kinds = len(set(keys))
    lengths = list(map(len, keys))
    return SheetContents(
        filled_cells=count,
        filled=min(len(texts) / rows, 1.0) if rows else 0.0,
        length=sum(lengths) / count,
        distinct=kinds / count,
        kinds=kinds,
        numbers=sum(map(is_number, cells)) / count,
        digits=sum(1 for key in keys if re.fullmatch(r"[0-9.,%]+", key)) / count,
        sections=sum(map(is_section, cells)) / count,
        marks=sum(map(_are_marks, cells)) / count,
        dates=sum(map(is_date, cells)) / count,
        prose=sum(1 for key in keys if len(key) > _PROSE or "。" in key) / count,
        short=sum(1 for length in lengths if length <= _SHORT) / count,
        led=sum(1 for text in cells if MARK.match(text) and len(text) > _LONGEST_MARK) / count,
        past=sum(1 for text in cells if _PAST.search(text)) / count,
        shares=sum(1 for key in keys if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]+)?%", key)) / count,
    )


def pooled_contents(parts: list[SheetContents], texts: tuple[str, ...]) -> SheetContents:
    """Return what cells look like that stand in several tables; `texts` are those of all.

    A few kinds are a choice among them; other texts may come again in a table of another year.
    """
    filled = sum(part.filled_cells for part in parts)
    if not filled:
        return parts[0]
    weighed = [
        sum(value * part.filled_cells for value, part in zip(values, parts, strict=True)) / filled
        for values in zip(*parts, strict=True)
    ]
    kinds = len({squeezed(text) for text in texts if not is_nothing(text) and not is_same(text)})
    pooled = SheetContents(*weighed)._replace(filled_cells=filled, kinds=kinds)
    return pooled._replace(distinct=kinds / filled) if kinds <= _MOST_GRADES else pooled
