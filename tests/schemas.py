"""Writes `db/schemas/`: what the scripts in `db/versions` make, revision by revision.

Run it after a script was added (`make schemas`); a test tells when that was forgotten.
"""

from __future__ import annotations

import json
from pathlib import Path

from alembic import command
from alembic.config import Config

from kyodo_desktop.paths import bundled
from kyodo_desktop.store.engine import open_engine
from kyodo_desktop.store.schema import SchemaObject, read_schema, revisions


def made(revision: str) -> list[SchemaObject]:
    """Return the schema of an empty file of a revision."""
    engine = open_engine(Path(":memory:"), foreign_keys=False)
    config = Config()
    config.set_main_option("script_location", bundled("db").as_posix().replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            return sorted(read_schema(connection.connection.driver_connection))
    finally:
        engine.dispose()


def as_json(objects: list[SchemaObject]) -> str:
    """Return the objects as a list, one a line."""
    lines = (json.dumps(each, ensure_ascii=False) for each in objects)
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    for each in revisions():
        path = bundled("db", "schemas", f"{each}.json")
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_json(made(each)), encoding="utf-8", newline="\n")
