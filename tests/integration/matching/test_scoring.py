"""Donors for one family and families for one donor, by score, on a real file and by the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coordinator.bootstrap import make_network, open_database
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.matching.scoring import days_given
from coordinator.domain.matching.weights import PartKind
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import NotFoundError, UserError
from coordinator.services.agreements.holds import hold_milk
from coordinator.services.families.households import remove_family
from coordinator.services.matching.helping import score_families
from coordinator.services.matching.ranking import rank_donors, set_aside
from coordinator.services.matching.scoring import keep_weights, ranking_policy, score_donors
from coordinator.services.records import history
from coordinator.services.screening.call_list import defer
from coordinator.services.settings.values import change_setting, settings
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts
from tests.integration.cli.cli import CommandLine
from tests.pickup_builders import put_at

EATS_DAIRY = with_facts(Fact(FactKind.DAIRY, Presence.YES))


@pytest.fixture
def network(sqlite_database: Database) -> Database:
    """R-0001 avoids dairy and lasts for weeks, R-0002 is out. Donor 1 is near with little, 2 far with much.

    Donor 3 eats dairy, 4 has no milk, 5 pauses until Christmas Eve.
    """
    with sqlite_database.writing(Action("test", "Set up")) as session:
        a_recipient(session, "Inès Roy", must_avoid="dairy", stock=Volume.from_oz(600), stock_on=TODAY)
        a_recipient(session, "Uma Cyr", stock=Volume(0), stock_on=TODAY)
        near, far, dairy, _, resting = (
            a_donor(session, name, facts=facts)
            for name, facts in (
                ("Ada Lind", None),
                ("Bea Moss", None),
                ("Cai Noor", EATS_DAIRY),
                ("Dot Orr", None),
                ("Eva Poe", None),
            )
        )
        put_at(session, far.household_id, 43.3)
        for donor, ounces in ((near, 40), (far, 600), (dairy, 100), (resting, 100)):
            a_stored_lot(session, donor, ounces)
        a_stored_lot(session, far, 30)
    defer(sqlite_database, "D-0005", "away", date(2026, 12, 24), TODAY)
    return sqlite_database


def test_milk_that_covers_the_need_may_come_from_farther_and_the_counts_are_everybody(
    network: Database,
) -> None:
    set_aside(network, "R-0002", "D-0001")

    found = score_donors(network, "R-0001", TODAY)

    assert [match.code for match in rank_donors(network, "R-0001", TODAY).matches][:2] == ["D-0001", "D-0002"]
    assert [match.code for match in found.ranking.matches] == ["D-0002", "D-0001", "D-0005"]
    assert found.why_not.fitting == ("D-0001", "D-0002")
    assert [str(group.said) for group in found.why_not.groups] == [
        "1 pauses",
        "1 without free milk",
        "1 eats dairy; baby must avoid dairy",
    ]
    assert found.why_not.everybody == 5
    other = score_donors(network, "R-0002", TODAY).why_not
    assert "1 set aside" in [str(group.said) for group in other.groups]
    assert other.everybody == 5


def test_with_the_drive_alone_the_nearest_is_first_again_and_undo_brings_back_what_was_set(
    network: Database,
) -> None:
    ours = ranking_policy().weights
    alone = {**dict.fromkeys(PartKind, 0.0), PartKind.MINUTES: 120.0}

    keep_weights(network, alone)
    keep_weights(network, alone)  # the same again is no act

    found = score_donors(network, "R-0001", TODAY)
    assert [match.code for match in found.ranking.matches][:2] == ["D-0001", "D-0002"]
    assert found.weights == alone
    history.undo(network)
    assert score_donors(network, "R-0001", TODAY).weights == ours
    assert settings(network).ranking_weights == ""
    with pytest.raises(UserError, match="from 0 to 180 minutes"):
        change_setting(network, "ranking_weights", "pair=500")


def test_the_order_changes_no_hold(network: Database) -> None:
    first = score_donors(network, "R-0001", TODAY).ranking.matches[0]

    code = hold_milk(network, "R-0001", first.parts[0].lot.code, Volume.from_oz(30), TODAY)

    after = score_donors(network, "R-0001", TODAY)
    assert code == "H-0001"
    assert {match.code: match.free for match in after.ranking.matches}["D-0002"] == Volume.from_oz(600)


def test_from_a_donors_side_who_is_out_comes_first_and_a_lot_is_told_alone(network: Database) -> None:
    donor, lot = (score_families(network, code, TODAY) for code in ("D-0002", "L-0005"))

    assert [match.seeker.code for match in donor.matches] == ["R-0002", "R-0001"]
    runs_out = donor.scores["R-0002"].part(PartKind.RUNS_OUT)
    assert runs_out is not None
    assert (runs_out.level, str(runs_out.said)) == (1, "its milk has run out")
    assert (lot.donor, lot.lot) == ("D-0002", "L-0005")
    whole, part = (days_given(found.matches[0]) for found in (donor, lot))
    assert whole is not None
    assert part is not None
    assert whole == pytest.approx(part * 21, rel=1e-3)
    assert donor.why_not.fitting == ("R-0001", "R-0002")


def test_from_a_donors_side_too_everybody_is_counted(network: Database) -> None:
    dairy, none, resting = (score_families(network, code, TODAY) for code in ("D-0003", "D-0004", "D-0005"))

    assert [match.seeker.code for match in dairy.matches] == ["R-0002"]
    assert [str(group.said) for group in dairy.why_not.groups] == ["1: eats dairy; baby must avoid dairy"]
    assert [str(group.said) for group in none.why_not.groups] == ["2 without free milk"]
    assert [str(group.said) for group in resting.why_not.groups] == ["2 pause"]
    assert {found.why_not.everybody for found in (dairy, none, resting)} == {2}


@pytest.mark.parametrize("note", ["lost their baby in May", ""])
def test_milk_is_proposed_to_no_family_that_lost_its_baby(network: Database, note: str) -> None:
    with network.writing(Action("test", "Lost")) as session:
        family = by_code(session, RecipientRow, "R-0002")
        if note:
            session.get_one(HouseholdRow, family.household_id).read_before_ringing = note
        else:
            session.add(DonorRow(code="D-0006", household_id=family.household_id, bereaved=True))

    found = score_families(network, "D-0002", TODAY)

    assert [match.seeker.code for match in found.matches] == ["R-0001"]
    assert found.why_not.fitting == ("R-0001",)
    assert [str(group.said) for group in found.why_not.groups] == ["1 to read about first"]


def test_who_is_gone_is_not_there_any_more(network: Database) -> None:
    remove_family(network, "D-0001", TODAY)

    assert score_donors(network, "R-0001", TODAY).why_not.everybody == 4
    for code in ("D-0001", "L-0001", "L-0099"):
        with pytest.raises(NotFoundError):
            score_families(network, code, TODAY)


def test_the_command_line_shows_the_parts_and_the_counts_and_keeps_its_old_keys(tmp_path: Path) -> None:
    file = make_network(tmp_path / "network.db")
    database = open_database(file)
    with database.writing(Action("test", "Set up")) as session:
        a_recipient(session, "Inès Roy", must_avoid="dairy", stock=Volume(0), stock_on=TODAY)
        for name, facts in (("Ada Lind", None), ("Cai Noor", EATS_DAIRY)):
            a_stored_lot(session, a_donor(session, name, facts=facts), 600)
    database.dispose()
    milkrun = CommandLine(file, today=str(TODAY))

    document = milkrun.read("match", "R-0001")

    (match,) = document["matches"]
    assert (match["donor"], match["standing"], match["reach"]) == ("D-0001", "ready", "within reach")
    assert [part["part"] for part in match["score"]] == [
        "minutes",
        "covers",
        "stage",
        "oldest",
        "pair",
        "donors",
    ]
    assert match["score_minutes"] == pytest.approx(sum(part["minutes"] for part in match["score"]), abs=0.4)
    assert document["why_not"]["text"] == "1 of 2 donors fits now: 1 eats dairy; baby must avoid dairy"
    (left,) = document["why_not"]["left_out"]
    assert (left["reason"], left["count"], left["who"][0]["code"]) == ("rules", 1, "D-0002")
    lines = milkrun.do("match", "R-0001").splitlines()
    assert "1 of 2 donors fits now: 1 eats dairy; baby must avoid dairy." in lines
    assert any("covers all of the next 14 days" in line for line in lines)

    families = milkrun.read("match", "L-0001")
    assert (families["donor"], families["lot"]) == ("D-0001", "L-0001")
    assert [(one["recipient"], one["name"]) for one in families["families"]] == [("R-0001", "Inès Roy")]
    assert "D-0001 Ada Lind: who could use this?" in milkrun.do("match", "D-0001").splitlines()
    assert milkrun.refused("match", "V-0001") == "milkrun: There is nothing with the code V-0001."
