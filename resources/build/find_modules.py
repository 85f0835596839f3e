"""Runs in a built program before all else: says where both programs have their modules."""

import sys

sys._pyinstaller_pyz = f"{sys._MEIPASS}/modules.pyz?0"  # type: ignore[attr-defined]  # noqa: SLF001
