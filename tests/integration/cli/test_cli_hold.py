"""``milkrun hold``: how much of a lot is held when only its newer bags are wanted."""

from pathlib import Path

import pytest

from coordinator.bootstrap import make_network, open_database
from coordinator.domain.records.history import Action
from tests.builders import NOW, a_donor, a_recipient, a_stored_lot
from tests.integration.cli.cli import CommandLine


@pytest.fixture
def milkrun(tmp_path: Path) -> CommandLine:
    """Give the command line over L-0001: 100 oz in 25 bags dated Sep 1 to Nov 10."""
    database = open_database(make_network(tmp_path / "network.db"), clock=lambda: NOW)
    with database.writing(Action("test", "Set up")) as session:
        a_stored_lot(session, a_donor(session))
        a_recipient(session)
    database.dispose()
    return CommandLine(tmp_path / "network.db")


def test_all_that_is_dated_late_enough_is_held_unless_told_otherwise(milkrun: CommandLine) -> None:
    said = milkrun("hold", "R-0001", "L-0001", "--from", "2026-10-12")

    assert said.out.startswith(
        "H-0001: about 42 oz of L-0001 (D-0001) for R-0001, only bags dated 2026-10-12"
    )
    (held,) = milkrun("holds", "--json").document
    assert (held["ounces"], held["about"], held["only_from"]) == (42.3, True, "2026-10-12")
    assert "about" in milkrun("holds").out


def test_more_than_the_newer_bags_hold_is_refused_in_a_sentence(milkrun: CommandLine) -> None:
    said = milkrun("hold", "R-0001", "L-0001", "--oz", "100", "--from", "2026-10-12")

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("milkrun: About 42 oz of L-0001 are free and dated Oct 12, 2026 or later")


def test_what_was_counted_is_held_from_a_lot_of_its_own(milkrun: CommandLine) -> None:
    said = milkrun("hold", "R-0001", "L-0001", "--from", "2026-10-12", "--counted", "60")

    assert said.out.startswith("H-0001: 60 oz of L-0002 (D-0001) for R-0001, only bags dated 2026-10-12")
    assert [lot["ounces"] for lot in milkrun("lots", "--json").document] == [40.0, 60.0]


def test_of_counted_bags_all_that_others_left_is_held_and_no_more(milkrun: CommandLine) -> None:
    milkrun("hold", "R-0001", "L-0001", "--from", "2026-10-12", "--oz", "40")

    too_few = milkrun("hold", "R-0001", "L-0001", "--from", "2026-10-12", "--counted", "40")
    said = milkrun("hold", "R-0001", "L-0001", "--from", "2026-10-12", "--counted", "62")

    assert too_few.err.startswith("milkrun: 40 oz of these are on hold already, so 0 oz of the 40 oz counted")
    assert said.out.startswith("H-0002: 22 oz of L-0002")
    assert [lot["ounces"] for lot in milkrun("lots", "--json").document] == [38.0, 62.0]


def test_counted_bags_need_the_day_they_were_counted_from(milkrun: CommandLine) -> None:
    said = milkrun("hold", "R-0001", "L-0001", "--counted", "60")

    assert (said.code, said.err) == (
        1,
        "milkrun: Say from which day on these were counted, with --from.\n",
    )


def test_all_is_exactly_what_is_free_in_all_its_bags(milkrun: CommandLine) -> None:
    milkrun("hold", "R-0001", "L-0001", "--oz", "62.4", "--bags", "15")
    milkrun("hold", "R-0001", "L-0001", "--all")

    held = milkrun("holds", "--json").document
    assert [(one["ounces"], one["bags"]) for one in held] == [(62.4, 15), (37.6, 10)]
    assert milkrun("lots", "--json").document[0]["free_oz"] == 0


def test_all_of_newer_bags_is_all_of_those(milkrun: CommandLine) -> None:
    milkrun("hold", "R-0001", "L-0001", "--all", "--from", "2026-10-12")

    (held,) = milkrun("holds", "--json").document
    assert (held["ounces"], held["bags"]) == (42.3, 11)


def test_all_and_a_number_of_bags_are_not_both_told(milkrun: CommandLine) -> None:
    said = milkrun("hold", "R-0001", "L-0001", "--all", "--bags", "3")

    assert (said.code, said.err) == (
        1,
        "milkrun: Say --all or --bags, not both: all of it is in all its bags.\n",
    )


def test_all_bags_that_are_free_hold_all_that_is_free(milkrun: CommandLine) -> None:
    milkrun("hold", "R-0001", "L-0001", "--oz", "62.4", "--bags", "15")
    milkrun("hold", "R-0001", "L-0001", "--bags", "10")

    assert milkrun("lots", "--json").document[0]["free_oz"] == 0


def test_what_was_counted_can_be_told_in_millilitres(milkrun: CommandLine) -> None:
    milkrun("hold", "R-0001", "L-0001", "--from", "2026-10-12", "--counted", "1774mL")

    assert [lot["ounces"] for lot in milkrun("lots", "--json").document] == [40.0, 60.0]
