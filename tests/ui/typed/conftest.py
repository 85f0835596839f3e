"""What the journal of the window says, and windows that end without a word."""

from __future__ import annotations

import pytest

from kyodo_desktop.paths import user_journal_folder
from kyodo_desktop.services.typing_journal import TypedText
from kyodo_desktop.store.typing_journal import TypingJournal, _parse


@pytest.fixture
def on_disk(window):
    """Return the open texts of all journals as they stand on the disk now."""

    def read():
        window.features.typing.scan()
        assert window.features.typing.journal.flush()
        texts = {}
        for path in user_journal_folder().glob("*.jsonl"):
            for line in filter(None, map(_parse, path.read_bytes().split(b"\n"))):
                texts.pop(line.get("place"), None)
                if "text" in line:
                    texts[line["place"]] = line["text"]
        return texts

    return read


@pytest.fixture
def leave_behind(window):
    """Leave texts behind for the plan of the window, as a process does that was killed."""

    def leave(*texts: TypedText):
        journal = TypingJournal(
            user_journal_folder(), window.plan.workspace.plan_key, str(window.plan.path), ""
        )
        for text in texts:
            journal.put(text)
        journal.close()

    return leave


@pytest.fixture
def offered(window):
    """Let the window ask about what was left behind, and return the dialog if it does."""

    def offered():
        window.features.typed.offer()
        return window.features.typed._dialog

    return offered
