"""What a bench found, and how it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Result(NamedTuple):
    """Ours and the yardstick in the same unit, measured in the same run.

    `limit` is a ratio; where there is none, the result only shows the growth.
    """

    name: str
    ours: float
    yardstick: float
    limit: float | None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.ours / self.yardstick

    def __str__(self) -> str:
        limit = "growth"
        if self.limit is not None:
            limit = f"limit {self.limit:4.1f}  {'ok' if self.ratio <= self.limit else 'OVER'}"
        return (
            f"{self.name:<58} {self.ours:9.4f} {self.unit:<3} yardstick {self.yardstick:9.4f} "
            f"{self.unit:<3} ratio {self.ratio:5.2f}  {limit}"
        )


def printed(results: Iterable[Result]) -> None:
    """Print each result as it comes."""
    for result in results:
        print(result, flush=True)
