"""Starts the program on a plan, else on its start page, and leaves when that is painted."""

import gc
import os
import sys

gc.disable()  # as the program itself does

from kyodo_desktop import cli  # noqa: E402

cli.logs.start_log()
options = cli.command_parser.parsed(sys.argv[1:])

from kyodo_desktop import app  # noqa: E402
from tests.bench.painted import when_painted  # noqa: E402

application = app.prepared()
window = app.shown(options.file)
what = window.start_page if options.file is None else window.tree
when_painted(what, lambda: (print("painted", flush=True), os._exit(0)))
application.exec()
