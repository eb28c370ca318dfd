"""The story the program began with: two families, two trips, over 3,000 oz, and what the coordinator sees.

A mother makes about 4 oz a day; her baby is fed with milk of a donor an hour away in southern Maine. Two
trips with six borrowed coolers bring over 3,000 oz, and her 7 cubic-foot freezer is nearly full after one.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.adapters.policies.pickups import load_pickup_policy
from coordinator.adapters.policies.plan_weights import load_plan_policy
from coordinator.bootstrap import Database
from coordinator.domain.agreements.asked_after import Answers, Signs, Taste, Tolerated
from coordinator.domain.agreements.case_steps import Act
from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.lending import Lending, LentBy, Thing
from coordinator.domain.facts.dated_facts import Fact, FactKind, Presence
from coordinator.domain.pickups.coolers import coolers_to_bring
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.suitability.standing import StandingKind
from coordinator.domain.volume import Volume
from coordinator.services.agreements.asking import record_asked_after
from coordinator.services.agreements.cases import case_of
from coordinator.services.agreements.holds import hold_milk, record_yes
from coordinator.services.agreements.pair_changes import give_back, lend
from coordinator.services.agreements.pairs import pair, shares_with
from coordinator.services.families.recipients import recipient
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.pickups.planning import plan_pickup
from coordinator.services.pickups.settling import settle
from tests.builders import TODAY, a_donor, a_recipient, a_stored_lot, with_facts
from tests.e2e.story import plain
from tests.pickup_builders import SETUP, put_at
from tests.ui.network import dialog_of, idle, opened
from ui.pair.dialog import PairDialog

FIRST, SECOND = TODAY, TODAY + timedelta(days=7)
LATER = SECOND + timedelta(days=4)
STEPHANIE, SHELLY = "R-0001", "D-0001"
oz = Volume.from_oz


@pytest.fixture
def network(database: Database) -> Database:
    """Shelly eats no dairy since March and has 3,200 oz; Stephanie's baby is to have none of it."""
    with database.writing(SETUP) as session:
        no_dairy = Fact(FactKind.DAIRY, Presence.NO, "", date(2026, 3, 1))
        shelly = a_donor(session, "Shelly Dube", facts=with_facts(no_dairy), wishes="bags back, please")
        put_at(session, shelly.household_id, 43.49, -70.45)
        a_stored_lot(
            session, shelly, 3200, bags=800, expressed_from=date(2026, 5, 1), expressed_to=date(2026, 11, 19)
        )
        stephanie = a_recipient(
            session,
            "Stephanie Hart",
            baby_born=date(2026, 9, 20),
            own_supply_low=oz(4),
            stock=oz(0),
            stock_on=FIRST,
            freezer="7 cu ft",
            must_avoid="dairy",
            reach_miles=60.0,
        )
        put_at(session, stephanie.household_id, 43.07, -71.05)
    return database


def trip(database: Database, ounces: float, bags: int, on: date) -> None:
    """Both say yes, the family collects, all of it comes."""
    hold = hold_milk(database, STEPHANIE, "L-0001", oz(ounces), on, bags=bags)
    for side in Side:
        record_yes(database, hold, side, on)
    code = plan_pickup(database, PickupKind.FAMILY_COLLECTS, on, [hold], today=on)
    settle(database, code, [Outcome(hold, bags=bags)], on)


def both_trips(database: Database) -> None:
    borrowed = Lending(LentBy.OTHERS, Thing.COOLER, 6, FIRST, "of friends")
    lend(database, SHELLY, STEPHANIE, borrowed, FIRST)
    trip(database, 1500, 375, FIRST)
    trip(database, 1647, 412, SECOND)


def test_before_the_first_trip_the_need_the_drive_and_the_coolers_are_told(network: Database) -> None:
    ranking = rank_donors(network, STEPHANIE, FIRST)
    page = pair(network, SHELLY, STEPHANIE, FIRST)

    assert ranking.need is not None
    assert ranking.need.expected == oz(21), "25 oz a day by age less 4 of her own"
    (match,) = ranking.matches
    assert match.pair.kind is StandingKind.READY, "her milk is judged by its own days"
    assert page.minutes is not None
    assert 45 <= page.minutes <= 75, "about an hour"
    assert coolers_to_bring(oz(1500), (28,) * 6, load_pickup_policy()) == (28,) * 5
    assert coolers_to_bring(oz(1647), (28,) * 6, load_pickup_policy()) == (28,) * 6
    assert page.room == oz(7 * load_plan_policy().freezer_oz)
    assert (page.deliveries, page.events) == (0, ())


def test_her_freezer_is_nearly_full_after_the_first_trip(network: Database) -> None:
    trip(network, 1500, 375, FIRST)

    page = pair(network, SHELLY, STEPHANIE, FIRST)

    assert page.room is not None
    assert round(page.room.oz) == 250
    assert round(1500 / (7 * load_plan_policy().freezer_oz), 2) == 0.86
    assert page.forecast.has_enough.on == FIRST, "1,700 oz are left of hers"


def test_both_trips_are_one_page(network: Database) -> None:
    both_trips(network)
    give_back(network, 1, SECOND, SECOND, count=4)

    page = pair(network, SHELLY, STEPHANIE, SECOND)

    assert round(page.delivered.oz, 3) == 3147
    assert page.deliveries == 2
    assert page.by_month == ((date(2026, 11, 1), page.delivered),)
    home = recipient(network, STEPHANIE, SECOND).runway
    assert home.stock is not None
    assert round(home.stock.oz, 3) == 3000
    assert home.lasts_until == SECOND + timedelta(days=141), "142 full days"
    assert page.forecast.runs_out.on == SECOND + timedelta(days=142)
    assert page.forecast.by == page.forecast.runs_out.on
    assert [str(one.words) for one in page.lent] == [
        "2 coolers, lent by others Nov 21, not back yet",
        "4 coolers, lent by others Nov 21, back Nov 28",
    ]
    assert (page.bags_came, page.bags_owed) == (787, 787)
    (other,) = shares_with(network, SHELLY)
    assert (other.name, other.volume) == ("Stephanie Hart", page.delivered)


def test_she_is_asked_on_the_third_day_and_two_weeks_later(network: Database) -> None:
    trip(network, 1500, 375, FIRST)
    due, again = FIRST + timedelta(days=3), FIRST + timedelta(days=14)
    for day in (due - timedelta(days=1), due + timedelta(days=1)):
        asks = [one.next.act for one in case_of(network, STEPHANIE, day).strands]
        assert asks == [Act.ASK_AFTER]

    fine = Answers(Tolerated.YES, Taste.SOAPY, Signs.NONE, "scalds it next time")
    record_asked_after(network, STEPHANIE, due, answers=fine)

    assert not case_of(network, STEPHANIE, again - timedelta(days=1)).strands, "her need is met meanwhile"
    (strand,) = case_of(network, STEPHANIE, again).strands
    assert "ask once more how it goes" in str(strand.words)
    record_asked_after(network, STEPHANIE, again, answers=Answers(Tolerated.YES))
    assert not case_of(network, STEPHANIE, again).strands
    asked = [one for one in pair(network, SHELLY, STEPHANIE, again).events if "asked" in str(one.words)]
    assert [str(one.words) for one in asked] == [
        "asked how it goes: taken well",
        "asked how it goes: taken well, tastes soapy (lipase), no rash or other signs",
    ]


def test_the_page_of_the_two_in_the_window(qtbot: QtBot, network: Database) -> None:
    both_trips(network)
    window = opened(qtbot, network)

    window._desk.pair_wanted.emit(SHELLY, STEPHANIE)

    dialog = dialog_of(window, PairDialog)
    idle(qtbot, window)
    QApplication.processEvents()
    shown = "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisibleTo(dialog))
    words = plain(shown)
    for part in (
        "Shelly Dube → Stephanie Hart",
        "3,147 oz in 2 deliveries",
        "1,500 oz delivered",
        "1,647 oz delivered",
        "6 coolers, lent by others Nov 21, not back yet",
        "787 of her bags came with the milk",
    ):
        assert part in words, f"{part!r} is not on the page: {words}"
    back = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Back…")
    assert back.isVisibleTo(dialog)
