"""The tests, and what measures the program and takes its pictures."""

import os
import sys
from pathlib import Path

# Compiled modules are kept also where the environment forbids it: a test would otherwise wait
# for each program that it starts to compile itself anew.
os.environ["PYTHONPYCACHEPREFIX"] = str(Path(__file__).parents[1] / "build" / "pycache")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"]
sys.dont_write_bytecode = False
