"""The sample plan with two sections that lead in some of its actions."""

from __future__ import annotations

import pytest

from kyodo_desktop.domain.plan import Role
from kyodo_desktop.services import details, vocabularies


@pytest.fixture
def lead(workspace):
    """The section of the sample, which leads in its first three actions."""
    details.assign(workspace, [1, 2, 3], 1, Role.LEAD)
    return 1


@pytest.fixture
def other(workspace, lead):
    """Another section, which leads in the fourth action and helps in the first."""
    section_id = vocabularies.add_section(workspace, "総務課")
    details.assign(workspace, [4], section_id, Role.LEAD)
    details.assign(workspace, [1], section_id, Role.RELATED)
    return section_id
