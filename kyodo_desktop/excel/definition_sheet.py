"""計画の定義: the hidden sheet by which reports up to 0.4 could be read back."""

from __future__ import annotations

DEFINITION_SHEET = "計画の定義"
