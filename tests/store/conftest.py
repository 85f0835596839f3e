"""The sample's rows."""

from __future__ import annotations

from contextlib import closing

import pytest
from sqlmodel import Session

from kyodo_desktop.store.connection import open_connection
from kyodo_desktop.store.engine import open_engine


@pytest.fixture
def session(sample_file):
    """A session on the sample's file, whose rows nobody records yet."""
    engine = open_engine(sample_file)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def connection(sample_file):
    """A connection to the sample's file, by which it can be written to."""
    with closing(open_connection(sample_file)) as connection:
        yield connection
