"""The full plan, made once."""

from __future__ import annotations

import pytest

from tests.services.interchange.full_plan import full_plan


@pytest.fixture(scope="session")
def full_master(sample_master, tmp_path_factory):
    """A plan with rows in every table; to be read, not to be written."""
    return full_plan(sample_master, tmp_path_factory.mktemp("full") / "全部.kyodo")
