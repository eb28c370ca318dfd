"""Taking up several proposals: all in one step or none, undone in one, and the books balance throughout."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from coordinator.db.database import Database
from coordinator.domain.planning.network import PlanNetwork
from coordinator.services.agreements.holds import holds
from coordinator.services.planning.accepting import Accepted, RefusedProposalsError, accept
from coordinator.services.planning.gathering import Asked, gather, plan_policy
from coordinator.services.records.checks import check_network
from coordinator.services.records.history import redo, undo, undo_state
from tests.integration.records.test_undo import dump
from tests.networks import opened_network

TODAY = date(2026, 11, 21)
GONE = "L-0001:R-0001:5"
"""Milk that a clinician decides about."""


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory, seacoast_file: Path) -> PlanNetwork:
    """Give the sample region as a plan sees it, read once."""
    copy = Path(shutil.copy(seacoast_file, tmp_path_factory.mktemp("plan") / "network.db"))
    database = opened_network(copy)
    found = gather(database, Asked(4, 0, 75), plan_policy(), TODAY).network
    database.dispose()
    return found


@pytest.fixture
def region(tmp_path: Path, seacoast_file: Path) -> Iterator[Database]:
    database = opened_network(Path(shutil.copy(seacoast_file, tmp_path / "network.db")))
    yield database
    database.dispose()


def proposals_at_random(network: PlanNetwork, seed: int, most: int) -> list[str]:
    """Return ids of milk that may go somewhere, bags of one lot for several families among them."""
    random = Random(seed)
    lots = {lot.code: lot for lot in network.lots if lot.bag_oz}
    left = {code: round(lot.free_oz / lot.bag_oz) for code, lot in lots.items()}
    pairs = [pair for pair in network.pairs if pair.lot in lots and pair.only_from is None]
    found: list[str] = []
    for pair in random.sample(pairs, most):
        if left[pair.lot]:
            bags = random.randint(1, left[pair.lot])
            left[pair.lot] -= bags
            found.append(f"{pair.lot}:{pair.baby}:{bags}")
    return found


@pytest.mark.parametrize(("seed", "most"), [(1, 1), (2, 12), (3, 40)])
def test_any_proposals_are_held_together_and_given_back_together(
    region: Database, network: PlanNetwork, seed: int, most: int
) -> None:
    picked, before = proposals_at_random(network, seed, most), dump(region)

    accepted = accept(region, picked, TODAY)

    made = {hold.code: hold for hold in holds(region, TODAY)}
    told = [
        f"{one.lot_code}:{one.recipient_code}:{one.bags}" for one in map(made.get, _codes(accepted)) if one
    ]
    assert told == [held.proposal for held in accepted.held] == picked
    assert len(made) == len(picked)
    taken = dump(region)
    assert check_network(region).faults == ()
    undo(region)
    assert dump(region) == before
    assert check_network(region).faults == ()
    redo(region)
    assert dump(region) == taken
    assert check_network(region).faults == ()


def test_one_that_cannot_be_held_keeps_back_all_and_is_told_with_its_reason(
    region: Database, network: PlanNetwork
) -> None:
    before, (fine,) = dump(region), proposals_at_random(network, 4, 1)

    with pytest.raises(RefusedProposalsError) as refused:
        accept(region, [fine, GONE, "L-0021", fine], TODAY)

    assert [one.proposal for one in refused.value.refused] == [fine, GONE, "L-0021"]
    whys = [str(one.why) for one in refused.value.refused]
    assert "twice" in whys[0]
    assert "make the plan again" in whys[1]
    assert "no proposal" in whys[2]
    assert dump(region) == before
    assert undo_state(region).undo is None


def test_the_others_are_held_where_that_is_wished(region: Database, network: PlanNetwork) -> None:
    fine, other = proposals_at_random(network, 5, 2)
    too_many = ":".join((*other.split(":")[:2], "99999"))

    accepted = accept(region, [GONE, fine, too_many], TODAY, skip_refused=True)

    assert [held.proposal for held in accepted.held] == [fine]
    assert [one.proposal for one in accepted.refused] == [GONE, too_many]
    with pytest.raises(RefusedProposalsError):
        accept(region, [GONE, "L-0021"], TODAY, skip_refused=True)


def test_a_proposal_is_refused_or_held_and_never_both(region: Database, network: PlanNetwork) -> None:
    fine, other = proposals_at_random(network, 5, 2)

    accepted = accept(region, [fine, other, fine], TODAY, skip_refused=True)

    assert [held.proposal for held in accepted.held] == [other]
    assert [one.proposal for one in accepted.refused] == [fine]
    assert len(holds(region, TODAY)) == 1


def test_milk_that_two_proposals_want_is_held_for_neither(region: Database, network: PlanNetwork) -> None:
    lots = {lot.code: lot for lot in network.lots if lot.bag_oz}
    first = next(pair for pair in network.pairs if pair.lot in lots and pair.only_from is None)
    other = next(pair for pair in network.pairs if pair.lot == first.lot and pair.baby != first.baby)
    all_bags = round(lots[first.lot].free_oz / lots[first.lot].bag_oz)
    both = [f"{first.lot}:{first.baby}:1", f"{first.lot}:{other.baby}:{all_bags}"]

    with pytest.raises(RefusedProposalsError) as refused:
        accept(region, both, TODAY)

    assert [one.proposal for one in refused.value.refused] == both[1:]
    assert holds(region, TODAY) == []


def _codes(accepted: Accepted) -> list[str]:
    return [held.hold for held in accepted.held]


def test_what_has_to_be_of_newer_bags_is_held_before_what_may_be_of_any(region: Database) -> None:
    asked = ("L-0035:R-0006:63", "L-0035:R-0016:63")  # the second takes only bags dated Sep 6 or later

    accepted = accept(region, asked, TODAY)

    assert [one.proposal for one in accepted.held] == list(asked)
    assert [one.only_from is None for one in holds(region, TODAY)] == [False, True]
