"""The parts that the program is installed with, and which of them an error is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.paths import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator

# One of each kind: what is missing was mostly left behind or removed as a whole.
_OF_ALL_COMMANDS = ("db/env.py", "db/versions", "db/schemas")
_OF_THE_WINDOW = (
    "resources/app.qss",
    "resources/icons/app.svg",
    "resources/manual/index.html",
    "resources/samples",
)


class MissingPartError(Exception):
    """A part of the program itself is missing or cannot be read."""

    def __init__(self, part: object) -> None:
        super().__init__(
            f"プログラムの部品「{part}」がないか、読み込めません。計画のファイルは変更していません。"
            "情報政策課に、プログラムの再インストールを依頼してください。"
        )


def expect_parts(*, window: bool) -> None:
    """Raise MissingPartError unless the parts are there, as far as a few looks can tell."""
    for part in (*_OF_ALL_COMMANDS, *(_OF_THE_WINDOW if window else ())):
        path = bundled(part)
        if not path.exists():
            root = bundled()
            above = [path, *(each for each in path.parents if each.is_relative_to(root))]
            raise MissingPartError(next(each for each in reversed(above) if not each.exists()))


def about_a_part(error: BaseException) -> MissingPartError | None:
    """Return the error in other words where it comes from a part that could not be read."""
    for each in _causes(error):
        if isinstance(each, MissingPartError):
            return each
        if isinstance(each, ImportError):
            return MissingPartError(each.path or each.name or each)
        if isinstance(each, OSError) and _is_part(each.filename):
            return MissingPartError(each.filename)
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_part(file: object) -> bool:
    folders = (bundled("db"), bundled("resources"))
    return isinstance(file, str) and any(bundled(file).is_relative_to(each) for each in folders)
