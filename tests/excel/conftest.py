"""What the tests of the workbook have in common."""

from __future__ import annotations

FONT = "ＭＳ ゴシック"  # known without a file, so that the tests are alike on every PC
