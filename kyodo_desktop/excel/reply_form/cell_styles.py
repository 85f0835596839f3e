"""How the cells of a 回答票 look: what may be filled in is pale yellow, all else is locked."""

from __future__ import annotations

from kyodo_desktop.excel import styles
from kyodo_desktop.excel.styles import HEADER_GROUND, QUIET, Look

SIZE = 11.0
"""Points of the text."""

TITLE, SECTION, DUE, COVERING = "票の表題", "宛先", "回答期限", "照会文"
STEP, STEP_NUMBER, SMALL = "手順", "手順の番号", "欄の説明"
KEPT, KEPT_CENTRED, REPEATED, REPEATED_CENTRED, LAST = (
    *("固定", "固定の中央", "固定の繰返し", "固定の繰返しの中央"),
    "前回の回答",
)
OPEN, OPEN_CENTRED, OPEN_HEADER, SHUT = "記入欄", "記入欄の中央", "記入欄の見出し", "記入なし"
KEY = "照合用"

OPEN_GROUND, OPEN_HEADER_GROUND, SHUT_GROUND = "FFFBE6", "F7E8B0", "E4E7EB"
_SOFT = "52606D"

LOOKS = {
    TITLE: Look(size=5, bold=True, framed=False),
    SECTION: Look(size=3, framed=False),
    DUE: Look(size=5, bold=True, horizontal="right", framed=False),
    COVERING: Look(vertical="top", framed=False),
    STEP: Look(vertical="top", framed=False),
    STEP_NUMBER: Look(vertical="top", horizontal="center", bold=True, framed=False),
    SMALL: Look(size=-1, ink=_SOFT, framed=False),
    styles.CAPTION: styles.LOOKS[styles.CAPTION],
    styles.HEADER: Look(bold=True, ground=HEADER_GROUND, horizontal="center"),
    KEPT: Look(),
    KEPT_CENTRED: Look(horizontal="center"),
    REPEATED: Look(ink=QUIET),
    REPEATED_CENTRED: Look(ink=QUIET, horizontal="center"),
    LAST: Look(ink=_SOFT),
    OPEN: Look(ground=OPEN_GROUND, locked=False),
    OPEN_CENTRED: Look(ground=OPEN_GROUND, horizontal="center", locked=False),
    OPEN_HEADER: Look(bold=True, ground=OPEN_HEADER_GROUND, horizontal="center"),
    SHUT: Look(ground=SHUT_GROUND),
    KEY: Look(wrap=False, framed=False),
}
