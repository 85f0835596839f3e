"""The one door through which a plan is changed, and what was done through it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kyodo_desktop.domain import errors, refresh, texts
from kyodo_desktop.domain.changes import ChangeSet, RowChange, coalesce
from kyodo_desktop.store import copying, failures, history, replaying
from kyodo_desktop.store.fence import Fence, Newest
from kyodo_desktop.store.reading import load_round

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlmodel import Session

    from kyodo_desktop.domain.outline import Outline
    from kyodo_desktop.store.connection import Database
    from kyodo_desktop.store.news import News

UNDO_STEPS = 1000

_UNREADABLE = (
    "計画のファイルを正しく読み取れませんでした。直前までに保存された内容はそのまま残っています。"
    "もう一度操作してください。続くときは開き直すと、壊れているかどうかを確かめます。"
)

_LENT = (
    "取込の書き込み中のため、この操作は行いませんでした。入力中の文は残しています。"
    "書き込みが終わってから、もう一度操作してください。"
)

Listener = Callable[[ChangeSet], None]


@dataclass(frozen=True, slots=True)
class Step:
    """A step that can be taken back; typing with the same key goes on in it."""

    changes: ChangeSet
    typing: Hashable = None


def load_editing() -> None:
    """Load what only edits need, before there is one; any thread may.

    An edit that comes meanwhile waits until it is loaded.
    """
    from kyodo_desktop.store import engine

    engine.prepare()


class Workspace:
    """An open plan: its outline, its edits, undo and redo.

    Every edit is a transaction of its own, saved when it ends. `read_only_because` is empty
    where editing is allowed; `out_of_reach` is empty while the file answers: where it says why
    not, no edit is tried. `saved_at` is the time of the last edit, if there was one. `plan_key`
    is the same in every copy of the plan.
    """

    def __init__(
        self,
        database: Database,
        outline: Outline,
        fence: Fence,
        *,
        author: Callable[[], str],
        now: Callable[[], datetime],
        plan_key: str = "",
        read_only_because: str = "",
    ) -> None:
        self.outline = outline
        self.fence = fence
        self.plan_key = plan_key
        self.read_only_because = read_only_because
        self.out_of_reach = ""
        self.before_asking: Callable[[], None] = lambda: None  # may refuse
        self.drive_failures = 0
        self.saved_at: datetime | None = None
        self._database = database
        self._engine: Engine | None = None  # on the database, from the first edit on
        self._author = author
        self._now = now
        self._undo: deque[Step] = deque(maxlen=UNDO_STEPS)
        self._redo: deque[Step] = deque(maxlen=UNDO_STEPS)
        self._listeners: list[Listener] = []
        self._lent: Outline | None = None  # the outline with which a long edit began

    # Editing

    @contextmanager
    def transact(
        self, label: str, *, typing: Hashable = None, reverses_id: int | None = None
    ) -> Iterator[Session]:
        """Run the body as one undoable edit; an exception leaves everything as it was.

        Edits which follow each other with the same `typing` key are one step: the text of a
        field is saved every second while it is typed, and undone as a whole.
        """
        last = self._undo[-1] if self._undo else None
        going_on = last if last and typing is not None and last.typing == typing else None
        with self._edit(label, reverses_id=reverses_id, going_on=going_on) as edit:
            yield edit.session
        if not edit.done:
            return
        self._redo.clear()
        if going_on:
            self._undo.pop()
        if edit.step.rows:
            self._undo.append(Step(edit.step, typing))
        self._announce(replace(edit.step, rows=edit.done))

    def end_typing(self) -> None:
        """Let the next edit of the same field be a step of its own."""
        if self._undo and self._undo[-1].typing is not None:
            self._undo[-1] = Step(self._undo[-1].changes)

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back."""
        return self.next_undo.label if self.next_undo else None

    @property
    def next_undo(self) -> ChangeSet | None:
        """The step that `undo` would take back."""
        return self._undo[-1].changes if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again."""
        return self.next_redo.label if self.next_redo else None

    @property
    def next_redo(self) -> ChangeSet | None:
        """The step that `redo` would do again."""
        return self._redo[-1].changes if self._redo else None

    def undo(self) -> ChangeSet | None:
        """Take the last step back; nothing where there is none."""
        return self._reverse(self._undo, self._redo, "元に戻す")

    def redo(self) -> ChangeSet | None:
        """Do the step again that was taken back last; nothing where there is none."""
        return self._reverse(self._redo, self._undo, "やり直し")

    # One long edit beside a window

    @property
    def is_lent(self) -> bool:
        """Whether a thread makes a long edit."""
        return self._lent is not None

    def lend(self, database: Database) -> Workspace:
        """Return a workspace on the same plan for one long edit that a thread makes.

        Until `take_back` no other edit is made here. Raises what an edit raises.
        """
        self._expect_editable()
        self.end_typing()
        self._lent, author = self.outline, self._author()
        return Workspace(
            database,
            self.outline,
            Fence(self.fence.holder, self.fence.seen, self.fence.newest),
            author=lambda: author,
            now=self._now,
            plan_key=self.plan_key,
        )

    def take_back(self, other: Workspace) -> None:
        """Go on where the edit of the thread ended; whoever listens hears of one that is whole."""
        begun, self._lent = self._lent, None
        other.close()
        if other.next_undo is None:
            return
        changes = replace(other.next_undo, whole=True)
        self.fence.seen, self.fence.newest = other.fence.seen, other.fence.newest
        self.saved_at = other.saved_at
        self._redo.clear()
        self._undo.append(Step(other.next_undo))
        if self.outline is not begun:  # another round was chosen meanwhile
            self._announce(changes)
        else:
            self.outline = other.outline
            self._tell(changes)

    # Reading and listening

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for a question that the outline cannot answer."""
        self.before_asking()
        with self._noticing(reading=True), self._database.reading() as connection:
            yield connection

    def copy_to(self, beside: Path) -> None:
        """Copy the file that is open to another one, wherever it lies by now."""
        with self._noticing(reading=True), self._database.reading() as connection:
            copying.copy_open(connection, beside)

    def show_round(self, round_id: int) -> None:
        """Show what another round says; that is no edit."""
        self._turn_to(round_id)
        self._tell(ChangeSet("", (), whole=True))

    def read_on(self, news: News) -> None:
        """Show what another window has written, or an edit whose answer the network lost.

        Undo does not offer that edit; the history does.
        """
        self.end_typing()
        self.fence.seen, self.fence.newest = news.seen, news.newest
        if news.outline is not None:
            self.outline = news.outline
            self._tell(ChangeSet("", (), whole=True))
            return
        before = refresh.known_rows(self.outline, {(each.table, each.id) for each in news.rows})
        rows = [
            RowChange(each.table, each.id, before.get((each.table, each.id)), *each[2:])
            for each in news.rows
        ]
        changes = ChangeSet("", tuple(row for row in rows if row.before != row.after))
        self.outline = refresh.apply_changes(self.outline, changes)
        self._tell(changes)  # also without rows: what the outline does not hold has changed

    def reconnect(self, database: Database) -> Database:
        """Go on with the file that answers again; return the connection that does not."""
        left, self._database, self._engine = self._database, database, None
        self.out_of_reach = ""
        return left

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener after each edit, undo and redo, when the new outline is in place.

        It is called when another round is shown, too, until what is returned is called.
        """
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def now(self) -> datetime:
        """Return the present time."""
        return self._now()

    def close(self) -> None:
        """Let go of the file."""
        self._listeners.clear()
        self._database.close()

    def _reverse(self, source: deque[Step], target: deque[Step], word: str) -> ChangeSet | None:
        if not source:
            return None
        wanted = source[-1].changes
        label = f"{word}：{wanted.label}"
        try:
            with self._edit(label, reverses_id=wanted.operation_id) as edit:
                replaying.replay(edit.session, wanted.inverted().rows)
        except errors.ConflictError:  # it never will again; those below it may
            source.pop()
            raise
        source.pop()
        self.end_typing()  # the step below is in the history already, behind this one
        target.append(Step(replace(edit.step, label=wanted.label)))
        self._announce(replace(edit.step, is_reversal=True))
        return edit.step

    @contextmanager
    def _edit(
        self, label: str, *, reverses_id: int | None = None, going_on: Step | None = None
    ) -> Iterator[_Edit]:
        self._expect_editable()
        label = texts.with_signs(label)  # it names things by their rows
        from kyodo_desktop.store.engine import driver_of
        from kyodo_desktop.store.recorder import record_changes

        with self._noticing(), self._session() as session:
            connection = driver_of(session)
            number = self.fence.count(connection)
            recorded = record_changes(session)
            # A branch may go or come back in any order of its rows; the commit checks them.
            connection.execute("PRAGMA defer_foreign_keys = ON")
            edit = _Edit(session, number, self._key_of(going_on))
            yield edit
            session.flush()
            edit.done = coalesce(recorded)
            if edit.done:
                now = self._now()
                edit.step = self._write(
                    connection,
                    now,
                    label=label,
                    edit=edit,
                    reverses_id=reverses_id,
                    going_on=going_on,
                )
                session.commit()
                self.fence.commit(Newest(edit.step.operation_id, edit.key, number))
                self.saved_at = now

    def _expect_editable(self) -> None:
        if self.read_only_because:
            raise errors.ReadOnlyError(self.read_only_because)
        if self.out_of_reach:
            raise errors.UnreachableError(self.out_of_reach)
        if self.is_lent:
            raise errors.BusyError(_LENT)
        self.before_asking()

    def _session(self) -> Session:
        """Return a session that writes; SQLAlchemy is put on the connection with the first."""
        from kyodo_desktop.store.engine import engine_on, writing_session

        if self._engine is None:
            database = self._database
            self._engine = engine_on(lambda: database.connection)
        return writing_session(self._engine)

    @contextmanager
    def _noticing(self, *, reading: bool = False) -> Iterator[None]:
        """Translate errors; remember when the file is out of reach or another window's."""
        try:
            with failures.translate_storage_errors(reading=reading):
                yield
        except errors.UnreachableError as error:
            self._lose_sight(error.message)
            raise
        except errors.DamagedFileError as error:  # the file was whole when it was opened
            self._lose_sight(_UNREADABLE)
            raise errors.UnreachableError(_UNREADABLE) from error
        except errors.OvertakenError as error:
            self.read_only_because = error.message
            raise

    def _lose_sight(self, reason: str) -> None:
        self.drive_failures += 1
        self.out_of_reach = reason

    def _key_of(self, going_on: Step | None) -> str:
        """Return the key of the longer step in which an edit goes on, else a new one."""
        is_newest = going_on and going_on.changes.operation_id == self.fence.newest.id
        return self.fence.newest.key if is_newest else history.new_key()

    def _write(
        self,
        connection: sqlite3.Connection,
        now: datetime,
        *,
        label: str,
        edit: _Edit,
        reverses_id: int | None,
        going_on: Step | None,
    ) -> ChangeSet:
        """Write the step into the history, or the longer step in which it goes on."""
        if going_on is None:
            operation_id = history.write_operation(
                connection,
                at=now.isoformat(timespec="seconds"),
                author=self._author(),
                label=label,
                reverses_id=reverses_id,
                commit_number=edit.number,
                key=edit.key,
            )
            history.write_changes(connection, operation_id, edit.done)
            return ChangeSet(label, edit.done, operation_id)
        whole = replace(going_on.changes, rows=coalesce([*going_on.changes.rows, *edit.done]))
        history.rewrite_operation(connection, whole.operation_id, edit.number, whole.rows)
        return whole

    def _announce(self, changes: ChangeSet) -> None:
        self.outline = refresh.apply_changes(self.outline, changes)
        if any(row.table == "round" for row in changes.rows):
            self._turn_to(_round_after(self.outline, changes))
            changes = replace(changes, whole=True)
        self._tell(changes)

    def _turn_to(self, round_id: int | None) -> None:
        with self.reading() as connection:
            self.outline = load_round(connection, self.outline, round_id)

    def _tell(self, changes: ChangeSet) -> None:
        for listener in tuple(self._listeners):
            listener(changes)


def _round_after(outline: Outline, changes: ChangeSet) -> int | None:
    """Return the round to show: one that came with the step, else the same, else the newest."""
    added = [row.id for row in changes.rows if row.table == "round" and row.before is None]
    if added:
        return added[-1]
    if outline.round is not None:
        return outline.round.id
    return next(reversed(outline.rounds), None)


class _Edit:
    """What goes on inside the door: the session, the number of its commit, the step's key.

    Then what it did, and the step that it became.
    """

    def __init__(self, session: Session, number: int, key: str) -> None:
        self.session = session
        self.number = number
        self.key = key
        self.done: tuple[RowChange, ...] = ()
        self.step = ChangeSet("", ())
