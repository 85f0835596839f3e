"""An open plan through all that happens to its file meanwhile.

The file may be out of reach for a while, be moved away or replaced, or pass to another
window. The window asks `follow` a few times a second; whatever takes time or may hang is done
by the thread of `watch`.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import UnreachableError
from kyodo_desktop.services.watch import PathState, Sight, Watch
from kyodo_desktop.store import backup, connection, lock
from kyodo_desktop.store.fence import OVERTAKEN

if TYPE_CHECKING:
    from pathlib import Path

    from kyodo_desktop.services.workspace import Workspace

_log = logging.getLogger(__name__)

OTHER_WINDOW = "別のウィンドウで編集中のため、読み取り専用で開いています。"
UNSURE = (
    "前に編集していたウィンドウが正しく終わったか確かめているため、読み取り専用で開いています。"
    "1分ほどで編集できるようになります。"
)
BACKUP = (
    "バックアップのため、読み取り専用で開いています。ふだんの入力は、元の計画を開いて行ってください。"
    "計画をこの時点に戻すには、元の計画を開き、「ファイル」→「バックアップから復元」を使います。"
)
_PASSING = (OTHER_WINDOW, UNSURE, OVERTAKEN, BACKUP)
_A_MOMENT = 1.0  # seconds
_CLOSED = "この計画は閉じています。"
_KEPT = "入力中の文は残しています。"
_HANGS = f"ファイルのあるドライブから応答がありません。{_KEPT}応答があれば、そのまま続けます。"
_OUT_OF_REACH = (
    "ファイルのあるドライブにつながっていないため、現在は保存できません。"
    f"{_KEPT}つながれば、そのまま続けます。"
)
_MOVED = (
    "「{}」が元の場所にありません（移動、名前の変更、削除）。現在は保存できません。"
    f"{_KEPT}元の場所に戻れば、そのまま続けます。"
    "ここまでの内容は「ファイル」→「名前を付けてコピーを保存」で残せます。"
)
_REPLACED = (
    "「{}」が、同じ名前の別のファイルに置き換わっています。現在は保存できません。"
    f"{_KEPT}ここまでの内容は「ファイル」→「名前を付けてコピーを保存」で残せます。"
    "新しいファイルで続けるときは、「ファイル」→「開く」で開き直してください。"
)


class OpenPlan:
    """A plan that is open. `notices` tell what went not quite as it should.

    `holder` is who else edits it, as far as that is known; `may_edit` says that a window which
    only reads could have the right to write now. `is_backup` says that it stands among the
    backups of a plan, which are read until somebody asks to edit one. By its `token` others
    know this window.
    """

    def __init__(
        self,
        path: Path,
        workspace: Workspace,
        notices: tuple[str, ...],
        access: lock.Access,
        wait: float | None,
    ) -> None:
        self.path = path
        self.workspace = workspace
        self.notices = notices
        self.holder: lock.Holder | None = None
        self.may_edit = False
        self.is_backup = backup.is_backup(lock.resolve(path))
        self.token = access.holder.token
        self._real = lock.resolve(path)
        self._lock = access.lock
        self._wait = wait
        self._watch = Watch(self._real, workspace, access)
        self._last: Sight | None = None
        self._identity: tuple[int, int] | None = None
        self._was_writing = not workspace.read_only_because
        self._is_closed = False

    def watch(self) -> None:
        """Begin to look at the file in a thread of its own."""
        self._watch.start()
        self.workspace.before_asking = self._expect_answer

    def close(self) -> None:
        """Let go of the file and of the right to write, soon also when nothing answers."""
        if self._is_closed:
            return
        self._is_closed = True
        self.workspace.read_only_because = _CLOSED  # a timer may still have something to save
        letting_go = threading.Thread(target=self._let_go, daemon=True, name="let go")
        letting_go.start()
        letting_go.join(_A_MOMENT)

    def lend(self) -> Workspace:
        """Return a workspace for one long edit in a thread; see `Workspace.lend`."""
        return self.workspace.lend(connection.Database(self._real, beside=True))

    def ask_to_edit(self) -> None:
        """Ask for the right to write, for a window that only reads; `follow` brings it."""
        self._watch.wants_to_write = True
        self.look_now()

    @property
    def sight(self) -> Sight | None:
        """What the last look at the file found; nothing before the first one."""
        return self._watch.sight

    @property
    def is_asking(self) -> bool:
        """Whether the right to write was asked for and neither given nor refused yet."""
        return bool(self.workspace.read_only_because) and self._watch.wants_to_write

    @property
    def trouble(self) -> str:
        """Why nothing that is typed can be saved now, though it could before; empty if it can."""
        workspace = self.workspace
        is_overtaken = workspace.read_only_because == OVERTAKEN
        return workspace.out_of_reach or (OVERTAKEN if is_overtaken else "")

    def look_now(self) -> None:
        """Look at the file as soon as it can be."""
        self._watch.look_now()

    def follow(self) -> bool:
        """Do what the last look at the file calls for; True when the plan's standing changed.

        What another window has written is told to those who listen to the workspace.
        """
        before = self._standing()
        if self._watch.hangs():
            self._lose(_HANGS)
        elif self.workspace.is_lent:
            pass  # what the edit of the thread does is no news
        elif self._watch.sight is not self._last and self._watch.sight is not None:
            self._last = self._watch.sight
            self._take(self._last)
        return self._standing() != before

    def _expect_answer(self) -> None:
        """Keep an edit from hanging with the share: raise UnreachableError instead."""
        if not self._watch.expect_answer():
            self._lose(_HANGS)
            raise UnreachableError(_HANGS)

    def _standing(self) -> tuple[object, ...]:
        workspace = self.workspace
        reasons = (workspace.read_only_because, workspace.out_of_reach)
        holder = self.holder and self.holder._replace(beat=0)
        return (*reasons, self.may_edit, holder)

    def _take(self, sight: Sight) -> None:
        match sight.place:
            case PathState.NOTHING:
                self._lose(_MOVED.format(self.path.name))
            case PathState.OUT_OF_REACH:
                _log.info("%s: %s", self._real, sight.problem)
                self._lose(_OUT_OF_REACH)
            case PathState.A_PLAN if sight.expected == self.workspace.fence.seen and (
                sight.drive_failures == self.workspace.drive_failures
            ):
                self._take_plan(sight)

    def _take_plan(self, sight: Sight) -> None:
        """Go on with the plan that lies there, if it is the one that was left."""
        workspace, fence = self.workspace, self.workspace.fence
        went_back = sight.seen.commits < fence.seen.commits
        if sight.key != workspace.plan_key or went_back:
            self._lose(_REPLACED.format(self.path.name))
            return
        self.holder = sight.holder
        is_ours = fence.is_ours(sight.seen) and sight.knows_newest
        if not workspace.read_only_because and is_ours and sight.claim is lock.Claim.UNSURE:
            self._lose(_OUT_OF_REACH)
            return
        self._end_writing(sight, is_ours=is_ours)
        if sight.news is not None:  # before anything is written: both texts are shown then
            workspace.read_on(sight.news)
        self._begin_writing(sight)
        self._connect(sight)
        is_passing = workspace.read_only_because in _PASSING
        self.may_edit = is_passing and sight.is_free and not self.is_asking
        self._was_writing = not workspace.read_only_because

    def _end_writing(self, sight: Sight, *, is_ours: bool) -> None:
        """Write no more when another window does; to write again needs a wish."""
        workspace, watch = self.workspace, self._watch
        if not workspace.read_only_because and not (is_ours and sight.claim is lock.Claim.OURS):
            workspace.read_only_because = OVERTAKEN
        if workspace.read_only_because and self._was_writing:
            watch.wants_to_write = False

    def _begin_writing(self, sight: Sight) -> None:
        """Write from now on where that was asked for and given."""
        workspace, watch = self.workspace, self._watch
        if self._was_writing:
            return
        if self.is_asking and sight.claim is lock.Claim.OURS:
            workspace.read_only_because = ""
        elif self.is_asking and sight.claim is lock.Claim.HELD and sight.was_asked:
            workspace.read_only_because = OTHER_WINDOW
            watch.wants_to_write = False

    def _connect(self, sight: Sight) -> None:
        """Take a new connection where the old one may lead nowhere, or to write from now on."""
        workspace = self.workspace
        is_moved = self._identity not in (None, sight.identity)
        self._identity = sight.identity
        is_writing = not workspace.read_only_because
        if not (workspace.out_of_reach or is_moved or is_writing != self._was_writing):
            return
        database = connection.Database(self._real, read_only=not is_writing, wait=self._wait)
        left = workspace.reconnect(database)
        threading.Thread(target=left.close, daemon=True).start()
        _log.info("connected to %s again", self._real)

    def _lose(self, reason: str) -> None:
        if self.workspace.out_of_reach != reason:
            _log.warning("%s: %s", self._real, reason)
            self.workspace.out_of_reach = reason

    def _let_go(self) -> None:
        if self._watch.end():  # else it does so itself, when it gets an answer
            self._lock.release()
        self.workspace.close()
