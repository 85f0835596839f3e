"""What is dragged is named beside the pointer, and the rows that are aimed at stay in sight."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDrag

from tests.builders import node_of
from tests.ui.driving import dialog, outline, run, tree

BOOTH, CENTRE = "市民活動ブースの設置", "市民活動サポートセンターの創設"


def dragged(view):
    """Drag what is chosen, and return the drag; without a screen it ends at once."""
    view.startDrag(view.model().supportedDropActions())
    return view.findChildren(QDrag)


@pytest.mark.parametrize("titles", [(BOOTH,), (BOOTH, CENTRE)])
def test_the_label_is_small_and_lies_beside_the_pointer(window, titles):
    nodes = [node_of(outline(window), each) for each in titles]
    window.tree.select_all(nodes)
    view = tree(window)
    (drag,) = dragged(view)
    size = drag.pixmap().deviceIndependentSize()
    row = view.visualRect(view.currentIndex())
    assert size.width() < row.width()
    assert size.height() < 2 * row.height()
    assert drag.hotSpot().x() < 0
    assert drag.hotSpot().y() < 0
    assert view.model()._mime.nodes(drag.mimeData()) == nodes


def test_several_rows_are_counted(window):
    view, widths = tree(window), []
    for titles in ((BOOTH,), (BOOTH, CENTRE)):
        window.tree.select_all([node_of(outline(window), each) for each in titles])
        *_, drag = dragged(view)
        widths.append(drag.pixmap().width())
    assert widths[1] < widths[0]


def test_nothing_is_dragged_where_nothing_may_be_moved(window):
    window.tree.select(outline(window).roots[0])
    assert dragged(tree(window)) == []


def test_the_rows_of_the_next_term_have_such_a_label_too(window):
    run(window, "next_term")
    page = dialog(window)
    view = page.findChild(type(page._new), "new_tree")
    view.setCurrentItem(view.topLevelItem(0).child(0))
    (drag,) = dragged(view)
    assert drag.pixmap().deviceIndependentSize().width() < view.viewport().width()
    assert drag.hotSpot().x() < 0
    page.reject()
