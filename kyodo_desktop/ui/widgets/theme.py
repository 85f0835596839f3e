"""The one look of the program: colours, sizes and the style sheet, as the system asks for them.

Light and dark are tables of our own; in a high contrast the system's palette is taken as it is.
Both follow the system while the program runs, and so does the size of its text.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from kyodo_desktop.paths import bundled

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS = (80, 90, 100, 110, 125, 150, 175, 200)
"""The percents that the user can choose from."""

BODY = 13  # px at 100 %
_SYSTEM_BODY = 12  # px that Windows has at 100 % for its own
_SEMIBOLD = 600
_DARK_BELOW = 128  # of 255


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours, by what they are for."""

    window: QColor
    base: QColor
    band: QColor  # heading rows
    header: QColor
    row: QColor  # the line below a row
    line: QColor
    border: QColor  # around controls
    ink: QColor
    ink2: QColor
    ink3: QColor  # disabled
    accent: QColor
    accent_hover: QColor
    on_accent: QColor
    sel: QColor
    sel_idle: QColor  # selected, while the keys go elsewhere
    soft: QColor  # under the pointer
    done: QColor
    on_done: QColor
    near: QColor
    near_line: QColor
    on_near: QColor
    going: QColor
    going_line: QColor
    on_going: QColor
    bar_done: QColor
    bar_near: QColor
    bar_going: QColor
    bar_empty: QColor
    on_bar: QColor
    danger: QColor
    hit: QColor
    focus: QColor
    toast: QColor
    on_toast: QColor
    toast_link: QColor
    desk: QColor
    is_dark: bool = False
    is_high_contrast: bool = False


_LIGHT = """
window F3F5F4 base FFFFFF band F5F8F7 header ECEFEE row EAEEEC line DCE1DF border 7F8A86
ink 1B2321 ink2 535E5B ink3 8B9693 accent 1B6964 accent_hover 155450 on_accent FFFFFF
sel CDE5E1 sel_idle E3E8E6 soft E4F0EE done 1B6964 on_done FFFFFF
near F6DA94 near_line 8A6100 on_near 4A3300 going FFFFFF going_line 6B7673 on_going 3D4845
bar_done 1B6964 bar_near DDA03A bar_going E2E8E6 bar_empty FFFFFF on_bar 1B2321
danger B3261E hit FFE08A focus 1B6964 toast 24302D on_toast FFFFFF toast_link 8FE0D4 desk E4E8E6
"""
_DARK = """
window 1C2120 base 232928 band 29302F header 2A3130 row 2F3735 line 3A4341 border 7D8986
ink E8EDEB ink2 B4BFBC ink3 75817D accent 63BDB2 accent_hover 8AD8CE on_accent 08211E
sel 1F4F4A sel_idle 36403E soft 26403C done 63BDB2 on_done 08211E
near 5A4515 near_line E9B44C on_near F9DFA3 going 232928 going_line 8E9A97 on_going C9D3D0
bar_done 86D3C9 bar_near B0822A bar_going 3B4543 bar_empty 232928 on_bar 0B0F0E
danger FF9C91 hit 6B5514 focus 8AD8CE toast E8EDEB on_toast 1B2321 toast_link 1B6964 desk 161A19
"""
_IN_INK = (
    *("line", "border", "ink", "ink2", "near_line", "on_near", "going_line", "on_going"),
    *("done", "bar_done", "danger", "focus", "toast"),
)
"""What is drawn in the colour of the text where the contrast is high."""
_COLOURS = tuple(field.name for field in fields(Tokens) if not field.name.startswith("is_"))


class _Notifier(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.zoom = 100
        self.tokens = _of_table(_LIGHT, is_dark=False)
        self.system_font = QFont()

    @Slot()
    def follow(self) -> None:
        """Apply what the system or the user has changed, and let everybody know."""
        if is_high_contrast():
            QApplication.setPalette(QPalette())  # the system's
            dress(of_palette(QApplication.palette()), QPalette())
        else:
            hints = QGuiApplication.styleHints()
            colours = of_scheme(is_dark=hints.colorScheme() == Qt.ColorScheme.Dark)
            dress(colours, palette_of(colours))


@cache
def notifier() -> _Notifier:
    """Return what emits `changed` when colours or sizes are others."""
    return _Notifier()


def tokens() -> Tokens:
    """Return the present colours."""
    return notifier().tokens


def zoom() -> int:
    """Return the size that the user has chosen, in percent."""
    return notifier().zoom


def set_zoom(percent: int) -> None:
    """Show everything in another size, one of `STEPS` or the nearest of them."""
    nearest = min(STEPS, key=lambda step: abs(step - percent))
    if nearest != notifier().zoom:
        notifier().zoom = nearest
        notifier().follow()


def px(length: float) -> int:
    """Return a length of the design, in logical pixels at 100 %, as it is at present."""
    return round(length * _factor(notifier()))


def font(size: float = BODY, *, bold: bool = False) -> QFont:
    """Return the font of the screen in a size of the design (px at 100 %)."""
    made = QFont(QApplication.font())
    made.setPixelSize(px(size))
    made.setWeight(QFont.Weight(_SEMIBOLD) if bold else QFont.Weight.Normal)
    return made


def apply(application: QApplication) -> None:
    """Dress the application, whose font is the one of the system, and follow the system."""
    QDir.setSearchPaths("controls", [str(bundled("resources", "icons", "controls"))])
    shared = notifier()
    shared.system_font = application.font()
    application.setStyle("Fusion")
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(shared.follow)
    hints.accessibility().contrastPreferenceChanged.connect(shared.follow)
    shared.follow()


def is_high_contrast() -> bool:
    """Tell whether the system asks for a high contrast."""
    hints = QGuiApplication.styleHints()  # held: what it gives goes with it
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def of_scheme(*, is_dark: bool) -> Tokens:
    """Return the colours of the light or the dark table."""
    return _of_table(_DARK if is_dark else _LIGHT, is_dark=is_dark)


def of_palette(palette: QPalette) -> Tokens:
    """Return the system's own colours in the place of ours, for a high contrast."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    ground, ink = palette.color(role.Base), palette.color(role.Text)
    chosen, on_chosen = palette.color(role.Highlight), palette.color(role.HighlightedText)
    named: dict[str, Any] = dict.fromkeys(_COLOURS, ground) | dict.fromkeys(_IN_INK, ink)
    named |= {name: palette.color(role.Window) for name in ("window", "header", "desk")}
    named |= dict.fromkeys(("accent", "accent_hover", "sel", "hit"), chosen)
    named |= dict.fromkeys(("on_accent",), on_chosen)
    named |= {"ink3": palette.color(group.Disabled, role.Text), "sel_idle": chosen}
    return Tokens(**named, is_dark=ground.lightness() < _DARK_BELOW, is_high_contrast=True)


def palette_of(colours: Tokens) -> QPalette:
    """Return the palette for everything that Qt paints itself."""
    palette = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for where, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.ink),
        (role.Base, colours.base),
        (role.AlternateBase, colours.band),
        (role.Text, colours.ink),
        (role.Button, colours.base),
        (role.ButtonText, colours.ink),
        (role.BrightText, colours.danger),
        (role.PlaceholderText, colours.ink2),
        (role.Highlight, colours.sel),
        (role.HighlightedText, colours.ink),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.ToolTipBase, colours.base),
        (role.ToolTipText, colours.ink),
        (role.Light, colours.base),
        (role.Midlight, colours.row),
        (role.Mid, colours.line),
        (role.Dark, colours.border),
        (role.Shadow, colours.border),
    ):
        palette.setColor(where, colour)
    for where in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, where, colours.ink3)
    palette.setColor(group.Inactive, role.Highlight, colours.sel_idle)
    return palette


def style_sheet(colours: Tokens) -> str:
    """Return the rules of `resources/app.qss`, with `@name` and `px(n)` filled in."""
    words = {name: getattr(colours, name).name() for name in _COLOURS}
    words["shade"] = "dark" if colours.is_dark else "light"
    return _filled(_rules(), words)


def dress(colours: Tokens, palette: QPalette) -> None:
    """Show the application in these colours, until the system asks for others."""
    application = QApplication.instance()
    assert isinstance(application, QApplication), "there is something to dress"
    shared = notifier()
    shared.tokens = colours
    application.setPalette(palette)
    body = QFont(shared.system_font)
    body.setPixelSize(px(BODY))
    application.setFont(body)
    application.setStyleSheet(style_sheet(colours))
    shared.changed.emit()


def _factor(shared: _Notifier) -> float:
    if sys.platform != "win32":  # said first: the key below takes its time, and rows ask often
        return shared.zoom / 100
    return shared.zoom / 100 * _text_factor(shared.system_font.key())


@lru_cache(maxsize=2)
def _text_factor(system_font: str) -> float:
    """Return how much larger than usual the user has let Windows set all text."""
    font = QFont()
    font.fromString(system_font)
    return max(1, QFontInfo(font).pixelSize() / _SYSTEM_BODY)


def _of_table(table: str, *, is_dark: bool) -> Tokens:
    words = table.split()
    codes = zip(words[::2], words[1::2], strict=True)
    named: dict[str, Any] = {name: QColor(f"#{code}") for name, code in codes}
    return Tokens(**named, is_dark=is_dark)


@cache
def _rules() -> str:
    return bundled("resources", "app.qss").read_text(encoding="utf-8")


_PLACEHOLDER = re.compile(r"@([a-z_0-9]+)|px\(([\d.]+)\)")


def _filled(rules: str, words: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        return words[found[1]] if found[1] else f"{px(float(found[2]))}px"

    return _PLACEHOLDER.sub(value, rules)
