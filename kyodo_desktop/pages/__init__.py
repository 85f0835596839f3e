"""The report as pages: what stands on them, and how it is divided among lines and sheets.

`excel`, `web` and `printing` draw what is made here; none of them breaks a line of its own.
"""
