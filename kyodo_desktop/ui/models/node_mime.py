"""Nodes while they are dragged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:
    from collections.abc import Sequence


class NodeMime:
    """Packs nodes for a drag, in a type that is this object's own.

    So a row from another window of the program is never taken for one of this plan.
    """

    def __init__(self) -> None:
        self.type = f"application/x-kyodo-nodes-{uuid4().hex}"

    def packed(self, nodes: Sequence[int]) -> QMimeData:
        """Return the nodes as what is dragged."""
        data = QMimeData()
        data.setData(self.type, json.dumps(nodes).encode())
        return data

    def nodes(self, data: QMimeData) -> list[int]:
        """Return the nodes that are dragged; none if it is something else."""
        if not data.hasFormat(self.type):
            return []
        nodes: list[int] = json.loads(bytes(data.data(self.type).data()))
        return nodes
