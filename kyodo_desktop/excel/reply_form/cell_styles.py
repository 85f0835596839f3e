"""How the cells of a 回答票 look: what may be filled in is pale yellow, all else is locked."""

from __future__ import annotations

from kyodo_desktop.excel import styles

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
    TITLE: styles.Look(size=5, bold=True, framed=False),
    SECTION: styles.Look(size=3, framed=False),
    DUE: styles.Look(size=5, bold=True, horizontal="right", framed=False),
    COVERING: styles.Look(vertical="top", framed=False),
    STEP: styles.Look(vertical="top", framed=False),
    STEP_NUMBER: styles.Look(vertical="top", horizontal="center", bold=True, framed=False),
    SMALL: styles.Look(size=-1, ink=_SOFT, framed=False),
    styles.CAPTION: styles.LOOKS[styles.CAPTION],
    styles.HEADER: styles.Look(bold=True, ground=styles.HEADER_GROUND, horizontal="center"),
    CONTACT: styles.Look(size=-1, horizontal="right", framed=False),
    KEPT: styles.Look(),
    KEPT_CENTRED: styles.Look(horizontal="center"),
    REPEATED: styles.Look(ink=styles.QUIET),
    REPEATED_CENTRED: styles.Look(ink=styles.QUIET, horizontal="center"),
    LAST: styles.Look(ink=_SOFT),
    OPEN: styles.Look(ground=OPEN_GROUND, locked=False),
    OPEN_CENTRED: styles.Look(ground=OPEN_GROUND, horizontal="center", locked=False),
    OPEN_HEADER: styles.Look(bold=True, ground=OPEN_HEADER_GROUND, horizontal="center"),
    SHUT: styles.Look(ground=SHUT_GROUND),
    KEY: styles.Look(wrap=False, framed=False),
}
