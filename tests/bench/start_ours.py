"""Starts the program on the plan that is given, says so when it is painted, and leaves."""

import gc
import os
import sys

gc.disable()  # as the program itself does

from kyodo_desktop import cli  # noqa: E402

cli.start_log()
options = cli.parsed(sys.argv[1:])

from kyodo_desktop import app  # noqa: E402
from tests.bench.painted import when_painted  # noqa: E402

application = app.prepared()
window = app.shown(options.file)
when_painted(window.tree, lambda: (print("painted", flush=True), os._exit(0)))
application.exec()
