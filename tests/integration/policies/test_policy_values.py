"""The network's own policy profiles, kept in the database."""

from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.facts.medicine_names import medicine_key
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.policies.profiles import (
    change_value,
    compare_profiles,
    confirm_value,
    copy_profile,
    policy_now,
    profile,
    profiles,
    remove_profile,
    restore_value,
    use_profile,
)
from coordinator.services.records.history import undo
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts


def own(database: Database, title: str = "Seacoast") -> str:
    return copy_profile(database, "community_sharing", title, TODAY)


def test_community_sharing_is_in_use_until_another_is_chosen(database: Database) -> None:
    key = own(database)

    assert policy_now(database).key == "community_sharing"
    use_profile(database, key)
    assert policy_now(database).title == "Seacoast"
    assert [policy.title for policy in profiles(database)][-1] == "Seacoast"
    undo(database)
    assert policy_now(database).key == "community_sharing"


def test_a_changed_value_says_why_and_who_and_stays_unchecked(database: Database) -> None:
    key = own(database)
    change_value(database, key, "washout", 21, "our clinician's habit", "Ana", TODAY)
    value = profile(database, key)["washout"]

    assert (value.value, value.is_checked) == (21, False)
    assert value.change is not None
    assert (value.change.reason, value.change.by, value.change.on) == ("our clinician's habit", "Ana", TODAY)
    assert [line.rule for line in compare_profiles(database, "community_sharing", key).differing] == [
        "washout"
    ]


def test_a_value_a_named_clinician_reviewed_is_checked(database: Database) -> None:
    key = own(database)
    confirm_value(database, key, "washout", "Dr. Fox", TODAY)

    assert profile(database, key)["washout"].is_checked
    assert not profile(database, "community_sharing")["washout"].is_checked
    change_value(database, key, "washout", 21, "longer", "Ana", TODAY)
    assert not profile(database, key)["washout"].is_checked
    restore_value(database, key, "washout")
    assert profile(database, key)["washout"].change is None


def test_a_value_that_was_read_at_its_source_is_unchecked_once_it_is_changed(database: Database) -> None:
    key = own(database)
    change_value(database, key, "blood_test_age", 6, "shorter", "Ana", TODAY)

    assert profile(database, "community_sharing")["blood_test_age"].is_checked
    assert not profile(database, key)["blood_test_age"].is_checked


def test_a_copy_of_a_copy_keeps_what_was_changed(database: Database) -> None:
    first = own(database)
    change_value(database, first, "washout", None, "we do not know", "Ana", TODAY)
    second = copy_profile(database, first, "Seacoast, strict", TODAY)

    assert profile(database, second)["washout"].value is None
    assert profile(database, second).base == "community_sharing"


def test_lists_and_choices_are_kept_as_they_are(database: Database) -> None:
    key = own(database)
    change_value(database, key, "supplements", ["prenatals", "vit D"], "our clinician", "Ana", TODAY)
    change_value(database, key, "nicotine", "not accepted", "our wish", "Ana", TODAY)
    policy = profile(database, key)

    assert set(policy.supplements) >= {medicine_key("prenatals"), medicine_key("vit D")}
    assert policy["nicotine"].value == "not accepted"
    assert profile(database, key) is policy


@pytest.mark.parametrize(
    ("rule", "value", "problem"),
    [
        ("washout", "soon", "must be a number"),
        ("nicotine", "yes", "must be “the family decides”, “ask”, “not accepted”, “unknown”"),
        ("washout", -3, "must be a number"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    database: Database, rule: str, value: object, problem: str
) -> None:
    with pytest.raises(UserError, match=problem):
        change_value(database, own(database), rule, value, "because", "Ana", TODAY)


def test_what_is_shipped_is_not_changed_and_banks_are_not_used(database: Database) -> None:
    with pytest.raises(UserError, match="copy it first"):
        change_value(database, "community_sharing", "washout", 21, "because", "Ana", TODAY)
    with pytest.raises(UserError, match="for comparison only"):
        use_profile(database, "new_york_bank")
    with pytest.raises(UserError, match="for comparison only"):
        copy_profile(database, "washington_bank", "Ours", TODAY)
    with pytest.raises(UserError, match="Type why"):
        change_value(database, own(database), "washout", 21, " ", "Ana", TODAY)
    with pytest.raises(UserError, match="already"):
        copy_profile(database, "eats_on_feets", "seacoast", TODAY)


def test_a_removed_profile_gives_way_to_the_default_and_comes_back(database: Database) -> None:
    key = own(database)
    use_profile(database, key)
    remove_profile(database, key, TODAY)

    assert policy_now(database).key == "community_sharing"
    undo(database)
    assert policy_now(database).key == key


def test_matching_goes_by_the_profile_in_use(database: Database) -> None:
    stopped = with_facts(Fact(FactKind.DAIRY, Presence.YES, end=date(2026, 10, 1)))
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session, facts=stopped), expressed_from=date(2026, 9, 20))
        a_recipient(session, must_avoid="dairy")
    before = rank_donors(database, "R-0001", TODAY).matches[0]
    key = own(database)
    change_value(database, key, "washout", 30, "stricter", "Ana", TODAY)
    use_profile(database, key)
    after = rank_donors(database, "R-0001", TODAY).matches[0]

    assert before.leave_out == "only bags dated Oct 15, 2026 or later"
    assert after.leave_out == "only bags dated Oct 31, 2026 or later"
    assert before.verdict.kind is after.verdict.kind is VerdictKind.NO_OBJECTION_IF
