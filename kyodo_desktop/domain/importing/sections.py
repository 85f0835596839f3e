"""Splits a cell that names several sections, and finds the one of a whole sheet."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kyodo_desktop.domain.importing.cell_words import is_section
from kyodo_desktop.domain.importing.mapping import ColumnRole
from kyodo_desktop.domain.importing.plain import is_nothing
from kyodo_desktop.domain.importing.renamed import Renamed, without_old_names

if TYPE_CHECKING:
    from kyodo_desktop.domain.importing.mapping import SheetChoice
    from kyodo_desktop.domain.importing.sheet_view import SheetView


_ENDS = "課室所署局部係班会館園校ー"
_SURE = re.compile(
    r"[、，,､；;／/]|(?<=\S)\s*[・･]\s+|(?<=[)）】])\s*[・･]"
    rf"|(?<=[{_ENDS}])(?:\s*(?=[◎○●◯][^◎○●◯])|(?:及び|および|並びに)(?=.{{2}}))"
)
_LINE = re.compile(r"\s*\n\s*")
_WEAK = re.compile(r"[ 　]+|[・･]")
_AFTER_SECTION = re.compile("(?<=[課室])[・･]")
_ROLE_SIGNS = "◎○●◯〇・･■□※*－- 　"
_LEADING = "◎"
_LEAD_WORDS = "主担当課?|主管課?|主務課?|主幹課?|主体|主|正"
_RELATED_WORDS = "副担当課?|副|従|関係課?|関連課?|協力課?|連携課?|補助"
_LABEL = re.compile(
    rf"(?:[（(【\[]\s*)?(?:(?P<lead>{_LEAD_WORDS})|{_RELATED_WORDS})\s*(?:[)）】\]]\s*)?[:：]\s*"
)
_ADDED = re.compile(rf"[（(]\s*(?P<said>(?:{_RELATED_WORDS})\s*[:：][^（）()]+)[)）]")
_MARKED = re.compile(rf"[（(【\[]\s*(?:(?P<lead>{_LEAD_WORDS})|{_RELATED_WORDS})\s*[)）】\]]")
_CUT = re.compile("[一-龠々ぁ-んァ-ヶー・]{1,9}")  # what may be the beginning of a name
_WHOLE = re.compile("(?:法人|協会|団体|大学|組合|連合|会議所|市民|事業者|農協|警察|会)$|法人")
_RANKS = tuple(
    map(
        re.compile,
        (
            "(?:部|(?<!事務)局)$|委員会(?:事務局)?$",
            "[課室所署]$|センター$|事務局$",
            "[係班]$|グループ$|担当$|チーム$",
        ),
    )
)
_OFFICE = "事務局"  # by itself it names nobody
_PARENT = re.compile(r"(?:教育委員会(?:事務局)?|[^、\s]{1,8}(?:部|(?<!事務)局))$")


class _Part(IntEnum):
    RELATED, UNTOLD, LEAD = range(3)


_PARTS = (_Part.RELATED, _Part.LEAD)


class SectionsRead(NamedTuple):
    """The sections that a cell names, in order and each once; `led` are those in the lead.

    All are, where the cell makes no difference between them.
    """

    names: tuple[str, ...]
    led: tuple[str, ...]
    renamed: tuple[Renamed, ...] = ()

    @property
    def related(self) -> tuple[str, ...]:
        """Those that only take part."""
        return tuple(name for name in self.names if name not in self.led)


@lru_cache(1 << 14)
def read_sections(text: str) -> SectionsRead:
    """Return the sections that a cell names, with their parts and the names they had before."""
    text, renamed = without_old_names(text)
    text = "\n".join(map(_parted, _ADDED.sub(r"\n\g<said>", text).splitlines()))
    found: dict[str, _Part] = {}
    for line in _lines(text):
        own = _Part.UNTOLD
        for part in _split_outside(_SURE, line):
            own, name_part, names = _told_part(part.strip(), own)
            for name in _weakly_split(names):
                clean = name.strip(_ROLE_SIGNS)
                if clean and not is_nothing(clean):
                    found.setdefault(clean, name_part)
    least = _Part.LEAD if _Part.LEAD in found.values() else _Part.UNTOLD
    led = tuple(name for name, part in found.items() if part >= least) or tuple(found)
    return SectionsRead(tuple(found), led, renamed)


def _parted(line: str) -> str:
    """Return the line with a comma between the names that only marks keep apart."""
    ahead = _MARKED.match(line.lstrip())
    return _MARKED.sub(r"、\g<0>" if ahead else r"\g<0>、", line)


def sections_in(text: str) -> tuple[str, ...]:
    """Return the names, in order and each once."""
    return read_sections(text).names


def _told_part(text: str, own: _Part) -> tuple[_Part, _Part, str]:
    """Return the part that a label gives to the rest of its line, that of this name, the name."""
    label = _LABEL.match(text)
    if label is not None:
        own = _PARTS[label["lead"] is not None]
        text = text[label.end() :]
    mark = _MARKED.search(text)
    if mark is not None:
        name = text[: mark.start()] + text[mark.end() :]
        return own, _PARTS[mark["lead"] is not None], name.strip(_ROLE_SIGNS)
    sign = text.lstrip("・･　 ")[:1]
    part = _Part.LEAD if sign in _LEADING and sign else own
    return own, part, text.strip(_ROLE_SIGNS)


def _lines(text: str) -> list[str]:
    """Return the lines, with those joined that are one name broken in two."""
    lines: list[str] = []
    for line in filter(None, _LINE.split(text.strip())):
        whole = lines and (_SURE.search(lines[-1][-1:]) or is_section(lines[-1]))
        if not lines or (whole and line != _OFFICE and not _PARENT.search(lines[-1])):
            lines.append(line)
        elif line == _OFFICE or line.startswith(("（", "(")) or _goes_on(lines[-1], line):
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def _goes_on(above: str, line: str) -> bool:
    if _PARENT.search(above):
        return is_section(line) and not _PARENT.search(line)
    cut = _CUT.fullmatch(above) is not None and not _WHOLE.search(above)
    return cut and is_section(above + line) and not _SURE.search(line)


def _weakly_split(part: str) -> list[str]:
    """Split at a space or ・ where all that comes of it are names of sections."""
    pieces = [piece for piece in _split_outside(_WEAK, part) if piece]
    if pieces[1:] == [_OFFICE]:
        return ["".join(pieces)]
    if len(pieces) > 1 and all(is_section(piece) and len(piece) > 1 for piece in pieces):
        if "・" not in part and "･" not in part and _are_nested(pieces):
            return ["".join(pieces)]
        above, *below = pieces
        of_parent = _PARENT.search(above) and not any(map(_PARENT.search, below))
        if of_parent and len(below) == 1 and "・" not in part:
            return ["".join(pieces)]
        return pieces
    return _whole_names(part)


def _whole_names(part: str) -> list[str]:
    """Split where ・ also stands inside names: 学校教育課・幼児教育・保育課 are two."""
    names = _split_outside(_AFTER_SECTION, part)
    return names if all(is_section(name) and name[-1] in _ENDS for name in names) else [part]


def _split_outside(signs: re.Pattern[str], text: str) -> list[str]:
    """Split a text at signs, but for those in brackets: 市（交通政策課・道路課） is one."""
    pieces = [""]
    end = 0
    for sign in signs.finditer(text):
        before = text[end : sign.start()]
        pieces[-1] += before
        opened, closed = (sum(map(pieces[-1].count, each)) for each in ("（(", "）)"))
        if opened > closed and re.search("[）)]", text[sign.end() :]):
            pieces[-1] += sign[0]
        else:
            pieces.append("")
        end = sign.end()
    pieces[-1] += text[end:]
    return pieces


def _are_nested(names: list[str]) -> bool:
    """Tell whether each name is of a part of the one before it: 福祉部 高齢福祉課 介護予防係."""
    ranks = [
        next((rank for rank, ends in enumerate(_RANKS) if ends.search(name)), -1) for name in names
    ]
    return -1 not in ranks and all(left < right for left, right in pairwise(ranks))


_IN_CHARGE = re.compile(
    r"[（(【]?\s*(?:担当|所管|主管)\s*(?:課|部|部署|部局|所属)?名?\s*(?:[:：】]\s*(?P<name>.*?)[)）]?)?"
)
_NO_NAME = re.compile("全部|内部|外部")


def section_of(view: SheetView, choice: SheetChoice) -> tuple[str, ...]:
    """Return the sections in charge of all that a sheet holds."""
    if any(each.role is ColumnRole.SECTION for each in choice.columns):
        return ()
    for row in range(1, choice.first_heading_row):
        texts = list(view.row(row).values())
        for label, beside in pairwise([*texts, ""]):
            found = _IN_CHARGE.fullmatch(label)
            name = "" if found is None else found["name"] or beside
            if is_section(name):
                return sections_in(name)
    return sections_in(view.sheet) if is_named_by_section(view) else ()


def is_named_by_section(view: SheetView) -> bool:
    """Tell whether a sheet has the name of a section."""
    return is_section(view.sheet) and not _NO_NAME.fullmatch(view.sheet.strip())
