"""The words for a status's meaning and for a section's part."""

from __future__ import annotations

from kyodo_desktop.domain.plan import KIND_ORDER, Role, StatusKind


def test_the_meanings_are_ordered_from_the_least_advanced_on():
    assert sorted(StatusKind, key=KIND_ORDER.__getitem__) == [
        StatusKind.NOT_STARTED,
        StatusKind.ONGOING,
        StatusKind.NEAR,
        StatusKind.DONE,
        StatusKind.STOPPED,
    ]


def test_every_meaning_and_every_part_has_a_word_of_its_own():
    for words in (StatusKind, Role):
        labels = [each.label for each in words]
        assert len(set(labels)) == len(labels)
        assert all(labels)
