"""Makes the pages of the editor, each imported when it is first needed: the start is sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyodo_desktop.ui.editor.action_tabs import ActionTabs
    from kyodo_desktop.ui.editor.editing import Editing
    from kyodo_desktop.ui.editor.heading_form import HeadingForm
    from kyodo_desktop.ui.editor.many_form import ManyForm


def action_tabs(editing: Editing) -> ActionTabs:
    """Return the page of one action."""
    from kyodo_desktop.ui.editor.action_tabs import ActionTabs

    return ActionTabs(editing)


def heading_form(editing: Editing) -> HeadingForm:
    """Return the page of a heading or a term."""
    from kyodo_desktop.ui.editor.heading_form import HeadingForm

    return HeadingForm(editing)


def many_form(editing: Editing) -> ManyForm:
    """Return the page of several nodes."""
    from kyodo_desktop.ui.editor.many_form import ManyForm

    return ManyForm(editing)
