"""“I opened this page today: same figure”: what it makes of a value, and what it must not."""

from datetime import date

import pytest

from coordinator.db.database import Database
from coordinator.db.policies import PageCheckRow
from coordinator.domain.policies.profiles import PolicyValue
from coordinator.domain.policies.sources import Status
from coordinator.domain.records.history import Action
from coordinator.errors import UserError
from coordinator.services.policies.page_checks import note_same_figure
from coordinator.services.policies.profiles import (
    change_value,
    copy_profile,
    policy_now,
    profile,
    profiles,
    restore_value,
    use_profile,
)
from coordinator.services.records.history import undo
from tests.builders import TODAY

CDC = "https://www.cdc.gov/breastfeeding/breast-milk-preparation-and-storage/handling-breastmilk.html"
COPY = "https://hotpinkbraces.com/pumping-vs-direct-breastfeeding-9900"
SHARING = "community_sharing"


def value_of(database: Database, rule: str, key: str = SHARING) -> PolicyValue:
    return profile(database, key)[rule]


def test_the_authoritys_own_page_makes_a_value_checked_in_this_network(database: Database) -> None:
    assert not value_of(database, "frozen_best").is_checked

    noted = note_same_figure(database, SHARING, "frozen_best", "Ana Reyes", TODAY)

    value = value_of(database, "frozen_best")
    assert (noted.address, noted.by, noted.on, noted.is_own_page) == (CDC, "Ana Reyes", TODAY, True)
    assert value.seen_again == noted
    assert value.is_checked
    assert value.basis.is_checked
    assert policy_now(database)["frozen_best"].is_checked
    assert next(one for one in profiles(database) if one.key == SHARING)["frozen_best"].is_checked


def test_what_ships_stays_what_it_is(database: Database) -> None:
    note_same_figure(database, SHARING, "frozen_best", "Ana Reyes", TODAY)

    value = value_of(database, "frozen_best")
    assert value.status is Status.COPY
    assert (value.value, value.change) == (6, None)


def test_a_copy_opened_again_stays_a_copy(database: Database) -> None:
    noted = note_same_figure(database, SHARING, "frozen_best", "Ana Reyes", TODAY, COPY)

    assert not noted.is_own_page
    assert value_of(database, "frozen_best").seen_again == noted
    assert not value_of(database, "frozen_best").is_checked


@pytest.mark.parametrize(
    "address",
    [
        "https://cdc.gov.example.com/handling-breastmilk.html",
        "https://example.com/?page=https://www.cdc.gov/handling-breastmilk.html",
        "https://www.cdc.gov@example.com/",
        "http://notcdc.gov/",
    ],
)
def test_a_page_that_only_looks_like_the_authoritys_makes_nothing_checked(
    database: Database, address: str
) -> None:
    assert not note_same_figure(database, SHARING, "frozen_best", "Ana Reyes", TODAY, address).is_own_page
    assert not value_of(database, "frozen_best").is_checked


def test_another_authoritys_page_makes_nothing_checked(database: Database) -> None:
    note_same_figure(database, SHARING, "washout", "Ana Reyes", TODAY, CDC)

    assert not value_of(database, "washout").is_checked


def test_undo_takes_it_back(database: Database) -> None:
    note_same_figure(database, SHARING, "frozen_best", "Ana Reyes", TODAY)

    undo(database)

    assert value_of(database, "frozen_best").seen_again is None
    assert not value_of(database, "frozen_best").is_checked


def test_an_older_check_counts_again_once_the_newer_is_undone(database: Database) -> None:
    note_same_figure(database, SHARING, "frozen_best", "Ana Reyes", date(2026, 11, 1))
    note_same_figure(database, SHARING, "frozen_best", "Rae Finch", TODAY, COPY)
    assert not value_of(database, "frozen_best").is_checked

    undo(database)

    seen = value_of(database, "frozen_best").seen_again
    assert seen is not None
    assert (seen.by, seen.on) == ("Ana Reyes", date(2026, 11, 1))


def test_a_copy_of_the_profile_has_it_too_until_its_value_is_another(database: Database) -> None:
    own = copy_profile(database, SHARING, "Seacoast", TODAY)
    note_same_figure(database, own, "frozen_best", "Ana Reyes", TODAY)
    assert value_of(database, "frozen_best", own).is_checked
    assert value_of(database, "frozen_best").is_checked

    change_value(database, own, "frozen_best", 3, "our clinic asks for it", "Rae Finch", TODAY)
    assert not value_of(database, "frozen_best", own).is_checked
    assert value_of(database, "frozen_best", own).seen_again is None
    assert value_of(database, "frozen_best").is_checked

    restore_value(database, own, "frozen_best")
    assert value_of(database, "frozen_best", own).is_checked


def test_a_check_of_another_figure_or_unit_speaks_of_nothing(database: Database) -> None:
    """As after an update of the program that ships another value."""
    with database.writing(Action("test", "Set up")) as session:
        for rule, figure in (("frozen_best", '[9, "months from expression"]'), ("room", '[4, "days"]')):
            session.add(
                PageCheckRow(
                    profile=SHARING,
                    rule=rule,
                    figure=figure,
                    address=CDC,
                    opened_by="Ana Reyes",
                    opened_on=TODAY,
                )
            )

    assert value_of(database, "frozen_best").seen_again is None
    assert value_of(database, "room").seen_again is None


@pytest.mark.parametrize(
    ("rule", "by", "address", "problem"),
    [
        ("frozen_best", " ", "", "name of whoever"),
        ("frozen_best", "Ana Reyes", "cdc.gov", "Type the address"),
        ("frozen_best", "Ana Reyes", "file:///etc/passwd", "Type the address"),
        ("frozen_best", "Ana Reyes", "https://[", "Type the address"),
        ("cannabis_wait", "Ana Reyes", "https://lactmed.example", "no figure to compare"),
        ("other_supplements", "Ana Reyes", CDC, "our choice"),
    ],
)
def test_what_cannot_be_noted_is_refused_in_a_sentence(
    database: Database, rule: str, by: str, address: str, problem: str
) -> None:
    with pytest.raises(UserError, match=problem):
        note_same_figure(database, SHARING, rule, by, TODAY, address)


def test_a_value_of_the_networks_own_is_reviewed_and_not_opened(database: Database) -> None:
    own = copy_profile(database, SHARING, "Seacoast", TODAY)
    change_value(database, own, "washout", 21, "our clinic asks for it", "Rae Finch", TODAY)

    with pytest.raises(UserError, match="network’s own"):
        note_same_figure(database, own, "washout", "Ana Reyes", TODAY, CDC)


def test_the_same_checks_give_the_same_policy_so_that_caches_hold(database: Database) -> None:
    own = copy_profile(database, SHARING, "Seacoast", TODAY)
    use_profile(database, own)
    note_same_figure(database, own, "frozen_best", "Ana Reyes", TODAY)

    assert policy_now(database) is policy_now(database)
    assert profile(database, SHARING) is profile(database, SHARING)
