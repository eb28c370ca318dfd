"""The network's own profiles: copied, changed with a reason, reviewed, set back, used, removed, undone."""

from __future__ import annotations

import pytest

from coordinator.db.database import Database
from coordinator.domain.policies.sources import Status
from coordinator.errors import UserError
from coordinator.services.policies import profiles
from coordinator.services.records import history
from tests.builders import TODAY

RULE = "blood_test_age"


@pytest.fixture
def own(database: Database) -> str:
    """Give the key of a copy of the default."""
    return profiles.copy_profile(database, "community_sharing", "Seacoast", TODAY)


def test_a_copy_says_the_same_until_it_is_changed(database: Database, own: str) -> None:
    assert profiles.compare_profiles(database, "community_sharing", own).differing == ()

    profiles.change_value(database, own, RULE, 6, "our clinic asks for it", "Rae Finch", TODAY)

    (line,) = profiles.compare_profiles(database, "community_sharing", own).differing
    assert (line.rule, line.right.value) == (RULE, 6)
    assert line.right.change is not None
    assert (line.right.change.by, line.right.change.reason) == ("Rae Finch", "our clinic asks for it")


def test_another_value_does_not_go_by_the_shipped_source(database: Database, own: str) -> None:
    profiles.change_value(database, own, RULE, 6, "our clinic asks for it", "Rae Finch", TODAY)

    value = profiles.profile(database, own)[RULE]
    assert value.seen_in == ("set by Rae Finch on Nov 21, 2026: our clinic asks for it",)
    assert (value.status, value.is_checked, value.quote) == (Status.UNVERIFIED, False, "")


def test_a_review_counts_until_the_value_is_another_one(database: Database, own: str) -> None:
    profiles.confirm_value(database, own, RULE, "Dr. Fox", TODAY)
    assert profiles.profile(database, own)[RULE].is_checked

    profiles.change_value(database, own, RULE, 3, "asked for", "Rae Finch", TODAY)
    assert not profiles.profile(database, own)[RULE].is_checked


def test_a_value_set_back_is_the_shipped_one_and_undo_brings_the_change_back(
    database: Database, own: str
) -> None:
    profiles.change_value(database, own, RULE, 6, "asked for", "Rae Finch", TODAY)
    profiles.restore_value(database, own, RULE)
    assert profiles.compare_profiles(database, "community_sharing", own).differing == ()

    history.undo(database)
    assert profiles.profile(database, own)[RULE].value == 6


def test_a_profile_removed_leaves_the_default_in_use(database: Database, own: str) -> None:
    profiles.use_profile(database, own)
    assert profiles.policy_now(database).key == own

    profiles.remove_profile(database, own, TODAY)
    assert profiles.policy_now(database).key == "community_sharing"

    history.undo(database)
    assert profiles.policy_now(database).key == own


@pytest.mark.parametrize("key", ["new_york_bank", "washington_bank"])
def test_what_is_for_comparison_only_is_neither_used_nor_copied(database: Database, key: str) -> None:
    with pytest.raises(UserError, match="for comparison only"):
        profiles.use_profile(database, key)
    with pytest.raises(UserError, match="for comparison only"):
        profiles.copy_profile(database, key, "Ours", TODAY)


def test_a_shipped_value_a_missing_name_and_a_value_that_does_not_fit_are_refused(
    database: Database, own: str
) -> None:
    with pytest.raises(UserError, match="copy it first"):
        profiles.change_value(database, "community_sharing", RULE, 6, "asked", "Rae", TODAY)
    with pytest.raises(UserError, match="who says so"):
        profiles.change_value(database, own, RULE, 6, "asked", " ", TODAY)
    with pytest.raises(UserError, match="must be a number"):
        profiles.change_value(database, own, RULE, "soon", "asked", "Rae", TODAY)
    with pytest.raises(UserError, match="cannot ask for “shoe size”"):
        profiles.change_value(database, own, "questions", ["shoe size"], "asked", "Rae", TODAY)
    with pytest.raises(UserError, match="clinician's name"):
        profiles.confirm_value(database, own, RULE, "", TODAY)
