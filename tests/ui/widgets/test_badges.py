"""The badges and bars of statuses can be told from each other, whatever colour a plan chooses."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette

from kyodo_desktop.domain.plan import USUAL_COLOURS, Status, StatusKind
from kyodo_desktop.ui.widgets import badges, theme
from kyodo_desktop.ui.widgets.appearance import SIGN, TEXT, contrast

COLOURS = ["", "#ffff00", "#ff0000", "#00ffff", "#808080", "#000000", "#ffffff"]
MARKS = {StatusKind.DONE: "✓", StatusKind.NEAR: "◇", StatusKind.ONGOING: "・"}


def of_kind(kind, colour="", mark=None):
    mark = MARKS.get(kind, "×") if mark is None else mark
    return Status(1, 0, mark, kind.label, "", kind, colour or USUAL_COLOURS[kind], 1)


@pytest.fixture(params=["light", "dark", "high contrast"])
def tokens(qapp, request):
    """The colours of one look, in use."""
    before = theme.notifier().tokens
    if request.param == "high contrast":
        theme.notifier().tokens = theme.of_palette(QPalette(QColor("black"), QColor("black")))
    else:
        theme.notifier().tokens = theme.of_scheme(is_dark=request.param == "dark")
    yield theme.tokens()
    theme.notifier().tokens = before


def drawn(draw, width=badges.SIDE, height=badges.SIDE, ground=None):
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(theme.tokens().base if ground is None else ground)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


def badge(status, *, selected=False):
    ground = theme.tokens().sel if selected else None
    return drawn(
        lambda painter: badges.draw_badge(painter, QPoint(), status, selected=selected),
        ground=ground,
    )


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("kind", StatusKind)
def test_mark_and_outline_stand_out(tokens, kind, colour):
    look = badges._look(of_kind(kind, colour))
    solid = look.ground.style() == Qt.BrushStyle.SolidPattern
    ground = look.ground.color() if solid else tokens.base
    assert contrast(look.ink, ground) >= TEXT
    assert contrast(look.line, tokens.base) >= SIGN


def test_kinds_differ_without_their_colours(tokens):
    looks = [badge(of_kind(kind, mark="")).convertToFormat(GREY) for kind in StatusKind]
    assert all(looks.count(each) == 1 for each in looks)


def test_what_is_not_filled_in_looks_like_nothing_begun(tokens):
    assert badge(None) == badge(of_kind(StatusKind.NOT_STARTED, mark=""))


GREY = QImage.Format.Format_Grayscale8


def test_the_mark_of_the_plan_is_inside(tokens):
    for mark in ("✓", "◇", "・", "A", "◎"):
        assert badge(of_kind(StatusKind.NEAR, mark=mark)) != badge(
            of_kind(StatusKind.NEAR, mark="")
        )


def test_in_a_high_contrast_a_selected_badge_has_the_colours_of_the_selection(qapp):
    before = theme.notifier().tokens
    palette = QPalette(QColor("black"), QColor("black"))
    palette.setColor(QPalette.ColorRole.Highlight, QColor("blue"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("yellow"))
    theme.notifier().tokens = theme.of_palette(palette)
    image = badge(of_kind(StatusKind.DONE), selected=True)
    theme.notifier().tokens = before
    assert image.pixelColor(9, 2) == QColor("yellow")


def test_a_bar_is_filled_as_far_as_there_are_shares(tokens):
    done, going = of_kind(StatusKind.DONE), of_kind(StatusKind.ONGOING)
    room = QRect(0, 0, 102, 8)
    image = drawn(lambda painter: badges.draw_bar(painter, room, [(done, 1), (going, 3)]), 102, 8)
    line = Counter(image.pixelColor(x, 4).name() for x in range(102))
    assert line[tokens.bar_done.name()] in range(22, 28)


def test_a_bar_of_nothing_is_not_drawn(tokens):
    image = drawn(lambda painter: badges.draw_bar(painter, QRect(0, 0, 40, 8), []), 40, 8)
    assert image == drawn(lambda _: None, 40, 8)


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("kind", [*StatusKind, None])
def test_the_figure_in_a_bar_can_be_read(tokens, kind, colour):
    status = None if kind is None else of_kind(kind, colour)
    fill = badges.bar_fill(status)
    if fill.style() == Qt.BrushStyle.SolidPattern:
        assert contrast(badges._bar_ink(status), fill.color()) >= TEXT


def test_an_icon_stays_legible_while_its_button_is_disabled(tokens):
    icon = badges.badge_icon(of_kind(StatusKind.NEAR))
    modes = (icon.Mode.Normal, icon.Mode.Disabled)
    normal, disabled = (icon.pixmap(badges.SIDE, mode).toImage() for mode in modes)
    assert normal == disabled
