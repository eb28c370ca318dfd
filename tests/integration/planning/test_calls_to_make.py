"""The calls of the plan on a real file: which, what they open, why, and what is hoped of their answers."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from coordinator.db.database import Database
from coordinator.db.facts import FactRow
from coordinator.domain.facts.dated_facts import FactKind, Presence
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.domain.worklist.planned import PlannedCalls
from coordinator.errors import UserError
from coordinator.services import rounds
from coordinator.services.families.donors import donor
from coordinator.services.imports.told_answers import answer_question
from coordinator.services.planning.calls_to_make import calls_of_plan
from coordinator.services.planning.gathering import Kept
from coordinator.services.planning.hoping import ANY_ANSWER, hopes_in_use, set_hopes
from coordinator.services.planning.why_call import why_call
from coordinator.services.records import history
from coordinator.services.today import today_page
from tests.builders import TODAY, a_donor, a_plain_no, a_recipient, a_stored_lot, without
from tests.pickup_builders import SETUP

BEA, CAI = 2, 3


@pytest.fixture
def network(sqlite_database: Database) -> Database:
    """Uma is out (R-0001); Bea (D-0001) and Cai (D-0002) did not tell about nicotine."""
    with sqlite_database.writing(SETUP) as session:
        a_recipient(session, "Uma Out", stock=Volume(), stock_on=TODAY)
        for name, ounces in (("Bea Moss", 60), ("Cai Noor", 100)):
            a_stored_lot(session, a_donor(session, name, facts=without(FactKind.NICOTINE)), ounces)
    return sqlite_database


def planned(database: Database, calls: int, kept: Kept | None = None) -> PlannedCalls:
    homes = {call.household.id for call in today_page(database, TODAY).all_calls}
    return calls_of_plan(database, calls, homes, TODAY, kept)


def said(found: PlannedCalls) -> dict[int, str]:
    return {home: str(one.words(VolumeUnit.OZ)) for home, one in found.opens.items()}


def test_the_call_that_opens_most_comes_first_and_after_its_answer_the_next_one(network: Database) -> None:
    kept = Kept()
    assert list(planned(network, 1, kept).calls) == [CAI]
    both = planned(network, 5, kept)
    assert list(both.calls) == [CAI, BEA]
    assert said(both)[CAI].startswith("100 oz for Uma Out, ")

    answer_question(network, 0, "no", TODAY, code="D-0002", topic="nicotine")

    after = planned(network, 1, kept)
    assert list(after.calls) == [BEA]
    assert said(after) == said(planned(network, 1)), "what was kept says the same as what is judged anew"


def test_nobody_is_planned_who_is_not_on_the_list(network: Database) -> None:
    assert list(calls_of_plan(network, 5, {BEA}, TODAY).calls) == [BEA]
    assert calls_of_plan(network, 5, (), TODAY).calls == {}


def test_why_says_what_is_promised_with_the_call_and_without_it(network: Database) -> None:
    found = why_call(network, CAI, {BEA, CAI}, TODAY)

    assert found is not None
    assert (found.others, found.with_it, found.without) == (1, Volume.from_oz(160), Volume.from_oz(60))
    assert [(one.name, one.with_it, one.without) for one in found.babies] == [
        ("Uma Out", Volume.from_oz(160), Volume.from_oz(60))
    ]
    assert [(one.topic, hope.used if hope else None) for one, hope in found.hoped] == [("nicotine", 0.9)]
    answer_question(network, 0, "no", TODAY, code="D-0002", topic="nicotine")
    assert why_call(network, CAI, {BEA, CAI}, TODAY) is None


def test_her_own_hopes_count_are_one_step_and_go_back_to_ours(network: Database) -> None:
    before = hopes_in_use(network)
    set_hopes(network, {ANY_ANSWER: 0.8, "nicotine": 0.5})

    lines = {one.topic: one for one in hopes_in_use(network)}
    assert (lines[ANY_ANSWER].used, lines["nicotine"].used, lines["dairy"].used) == (0.8, 0.5, 0.8)
    why = why_call(network, CAI, {CAI}, TODAY)
    assert why is not None
    assert [sent.hope for sent in why.call.sent] == [0.5]

    history.undo(network)
    assert hopes_in_use(network) == before
    history.redo(network)
    set_hopes(network, {})
    assert hopes_in_use(network) == before
    with pytest.raises(UserError):
        set_hopes(network, {"nicotine": 1.5})
    assert hopes_in_use(network) == before


def test_what_only_this_milk_waits_for_is_asked_and_its_answer_kept(sqlite_database: Database) -> None:
    with sqlite_database.writing(SETUP) as session:
        a_recipient(session, "Uma Out", stock=Volume(), stock_on=TODAY, must_avoid="egg")
        row = a_donor(session, "Bea Moss", facts=a_plain_no())
        a_stored_lot(session, row, 60)
        told = FactRow(donor_id=row.id, subject="soy", kind=FactKind.FOOD_AVOIDED, presence=Presence.YES)
        session.add(told)
    (asked,) = planned_anyway(sqlite_database)
    listed = donor(sqlite_database, "D-0001", TODAY).questions
    assert FactKind.FOOD_AVOIDED.value not in {question.topic for question in listed}
    assert asked == "Egg: does she leave it out, and since which day? If not, would she?"

    answer_question(sqlite_database, 0, "egg", TODAY, code="D-0001", topic=FactKind.FOOD_AVOIDED.value)

    assert planned_anyway(sqlite_database) == []


def planned_anyway(database: Database) -> list[str]:
    found = calls_of_plan(database, 5, {BEA}, TODAY)
    return [str(one.put) for call in found.opens.values() for one in call.asks if one.put]


def test_a_round_is_made_of_the_calls_of_the_plan_and_counts_what_today_counts(network: Database) -> None:
    found = rounds.propose_round(network, 5, datetime.combine(TODAY, time(10)))

    assert [line.code for line in found.lines] == ["D-0002"]
    assert found.in_all == today_page(network, TODAY).calls_in_all
