"""The commands about messages: go to the one that is shown, and list the latest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.ui.asking import ask
from kyodo_desktop.ui.shell import Commands

if TYPE_CHECKING:
    from collections.abc import Callable


class NewsCommands(Commands):
    """Nothing that was said is lost when it goes."""

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"latest_news": self.show_latest}

    def show_latest(self) -> None:
        """List the latest messages, with what can still be done about them."""
        from kyodo_desktop.ui.news.dialog import LatestNewsDialog

        ask(LatestNewsDialog(list(self._shell.toast.latest), self._window))
