"""How the cells of a 回答票 look: what may be filled in is pale yellow, all else is locked."""

from __future__ import annotations

from kyodo_desktop.pages import looks

SIZE = 11.0
"""Points of the text."""

TITLE, SECTION, DUE, COVERING = "票の表題", "宛先", "回答期限", "照会文"
STEP, STEP_NUMBER, SMALL = "手順", "手順の番号", "欄の説明"
KEPT, KEPT_CENTRED, REPEATED, REPEATED_CENTRED, LAST = (
    *("固定", "固定の中央", "固定の繰返し", "固定の繰返しの中央"),
    "前回の回答",
)
OPEN, OPEN_CENTRED, OPEN_HEADER, SHUT = "記入欄", "記入欄の中央", "記入欄の見出し", "記入なし"
KEY, CONTACT = "照合用", "照会元"

OPEN_GROUND, OPEN_HEADER_GROUND, SHUT_GROUND = "FFFBE6", "F7E8B0", "E4E7EB"
_SOFT = "52606D"

LOOKS = {
    TITLE: looks.Look(size=5, bold=True, framed=False),
    SECTION: looks.Look(size=3, framed=False),
    DUE: looks.Look(size=5, bold=True, horizontal="right", framed=False),
    COVERING: looks.Look(vertical="top", framed=False),
    STEP: looks.Look(vertical="top", framed=False),
    STEP_NUMBER: looks.Look(vertical="top", horizontal="center", bold=True, framed=False),
    SMALL: looks.Look(size=-1, ink=_SOFT, framed=False),
    looks.CAPTION: looks.LOOKS[looks.CAPTION],
    looks.HEADER: looks.Look(bold=True, ground=looks.HEADER_GROUND, horizontal="center"),
    CONTACT: looks.Look(size=-1, horizontal="right", framed=False),
    KEPT: looks.Look(),
    KEPT_CENTRED: looks.Look(horizontal="center"),
    REPEATED: looks.Look(ink=looks.QUIET),
    REPEATED_CENTRED: looks.Look(ink=looks.QUIET, horizontal="center"),
    LAST: looks.Look(ink=_SOFT),
    OPEN: looks.Look(ground=OPEN_GROUND, locked=False),
    OPEN_CENTRED: looks.Look(ground=OPEN_GROUND, horizontal="center", locked=False),
    OPEN_HEADER: looks.Look(bold=True, ground=OPEN_HEADER_GROUND, horizontal="center"),
    SHUT: looks.Look(ground=SHUT_GROUND),
    KEY: looks.Look(wrap=False, framed=False),
}
