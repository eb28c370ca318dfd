from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from coordinator.db.agreements import AgreementRow, HoldRow
from coordinator.db.database import Database
from coordinator.db.drivers import DriverRow
from coordinator.db.pickups import PickupRow
from coordinator.domain.pickups.plans import Pickup, PickupKind, PickupState, StopKind
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.records.old_labels import read_label
from coordinator.errors import NotFoundError, UserError
from coordinator.services.pickups import planning
from coordinator.services.today import today_page
from tests.builders import TODAY
from tests.pickup_builders import SATURDAY, SETUP, Region, a_region

PICK_UP, DROP, MEET = StopKind.PICK_UP, StopKind.DROP, StopKind.MEET


def a_run(database: Database, region: Region, *holds: int) -> str:
    return planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        [region.holds[number] for number in holds],
        driver_code=region.driver,
        starts_at=time(9),
        today=TODAY,
    )


def seen(database: Database, code: str) -> Pickup:
    return planning.pickup(database, code, TODAY)


def way(pickup: Pickup) -> list[tuple[StopKind, str]]:
    return [(stop.kind, stop.code) for stop in pickup.stops]


def test_a_run_visits_each_household_once_and_picks_up_before_it_drops(database: Database) -> None:
    region = a_region(database)

    code = a_run(database, region, 0, 1, 2, 3)

    pickup = seen(database, code)
    assert code == "P-0001"
    assert set(way(pickup)[:2]) == {(PICK_UP, "D-0001"), (PICK_UP, "D-0002")}
    assert way(pickup)[2:] == [(DROP, "R-0002"), (DROP, "R-0001")]
    assert [len(stop.holds) for stop in pickup.stops] == [2, 2, 2, 2]
    assert pickup.waiting_for == ("the yes of V-0001",)
    assert pickup.broken == ("The yes of V-0001 is missing.",)
    assert pickup.miles == pytest.approx(2 * 0.4 * 69, rel=0.01)
    assert pickup.carrier == "Ana Berg"


def test_a_family_that_collects_has_one_stop_and_carries_itself(database: Database) -> None:
    region = a_region(database)

    code = planning.plan_pickup(
        database, PickupKind.FAMILY_COLLECTS, SATURDAY, [region.holds[0]], starts_at=time(10), today=TODAY
    )

    pickup = seen(database, code)
    assert way(pickup) == [(PICK_UP, "D-0001")]
    assert (pickup.carrier, pickup.driver_code, pickup.waiting_for) == ("Inès Roy", "", ())
    assert pickup.stops[0].arrive == time(10)


def test_a_meeting_has_one_stop_at_the_named_place(database: Database) -> None:
    region = a_region(database)
    code = planning.plan_pickup(
        database,
        PickupKind.MEET,
        SATURDAY,
        [region.holds[0]],
        starts_at=time(10),
        meeting_place="Library, Dover",
        today=TODAY,
    )
    where = Position(43.19, -70.87, Precision.BY_HAND)

    assert seen(database, code).stops[0].position is None
    planning.set_meeting_position(database, code, where)

    pickup = seen(database, code)
    assert way(pickup) == [(MEET, "D-0001")]
    assert (pickup.meeting_place, pickup.meeting_position, pickup.broken) == ("Library, Dover", where, ())


@pytest.mark.parametrize("kind", [PickupKind.FAMILY_COLLECTS, PickupKind.MEET])
def test_only_a_run_serves_several_families(database: Database, kind: PickupKind) -> None:
    region = a_region(database)

    with pytest.raises(UserError, match="Only a volunteer run"):
        planning.plan_pickup(database, kind, SATURDAY, region.holds[:2], meeting_place="Library", today=TODAY)

    assert planning.pickups_between(database, SATURDAY, SATURDAY, TODAY) == []


def test_a_meeting_needs_a_place_and_a_pickup_needs_a_hold(database: Database) -> None:
    region = a_region(database)

    with pytest.raises(UserError, match="Name the place"):
        planning.plan_pickup(database, PickupKind.MEET, SATURDAY, region.holds[:1], today=TODAY)
    with pytest.raises(UserError, match="at least one hold"):
        planning.plan_pickup(database, PickupKind.RUN, SATURDAY, [], today=TODAY)
    with pytest.raises(NotFoundError):
        planning.plan_pickup(database, PickupKind.RUN, SATURDAY, ["H-9999"], today=TODAY)


def test_a_hold_travels_once_and_not_after_it_expired(database: Database) -> None:
    region = a_region(database, family_yes=False)
    a_run(database, region, 0)

    with pytest.raises(UserError, match="H-0001 already travels with P-0001"):
        a_run(database, region, 0)
    with pytest.raises(UserError, match="H-0002 is expired"):
        planning.plan_pickup(
            database, PickupKind.RUN, SATURDAY, [region.holds[1]], today=TODAY + timedelta(days=8)
        )


def test_a_hold_joins_and_leaves_a_run_with_its_stops(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)

    planning.add_hold(database, code, region.holds[3], TODAY)
    assert len(seen(database, code).stops) == 4
    planning.add_hold(database, code, region.holds[1], TODAY)
    assert len(seen(database, code).stops) == 4

    planning.remove_hold(database, code, region.holds[3])
    assert set(way(seen(database, code))) == {(PICK_UP, "D-0001"), (DROP, "R-0001"), (DROP, "R-0002")}
    with pytest.raises(UserError, match="H-0004 does not travel"):
        planning.remove_hold(database, code, region.holds[3])
    assert [hold.code for hold in planning.holds_to_plan(database, TODAY)] == ["H-0003", "H-0004"]


def test_a_moved_stop_stays_where_it_was_put_when_another_joins(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    drop = next(stop for stop in seen(database, code).stops if stop.kind is DROP)

    planning.move_stop(database, code, drop.id, 1)
    assert seen(database, code).stops[0].broken == ("H-0001 is dropped before it is picked up",)
    planning.add_hold(database, code, region.holds[3], TODAY)

    kept = [stop for stop in way(seen(database, code)) if stop[1] in {"R-0001", "D-0001"}]
    assert kept == [(DROP, "R-0001"), (PICK_UP, "D-0001")]
    planning.order_again(database, code)
    assert not any(stop.broken for stop in seen(database, code).stops)


def test_moving_beyond_the_end_means_the_end(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0, 3)
    first = seen(database, code).stops[0]

    planning.move_stop(database, code, first.id, 99)

    moved = seen(database, code).stops
    assert moved[-1].id == first.id
    assert [stop.number for stop in moved] == [1, 2, 3, 4]
    with pytest.raises(UserError, match="no such stop"):
        planning.move_stop(database, code, -1, 1)


def test_a_window_makes_the_carrier_wait_or_be_late(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)
    stop = seen(database, code).stops[0]

    planning.set_window(database, code, stop.id, time(11), None)
    assert seen(database, code).stops[0].arrive == time(11)

    planning.set_window(database, code, stop.id, None, time(9, 5))
    assert seen(database, code).stops[0].broken[0].endswith("after 9:05 am")
    with pytest.raises(UserError, match="ends before it begins"):
        planning.set_window(database, code, stop.id, time(11), time(10))


def test_another_day_or_volunteer_takes_the_yes_back(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)

    planning.record_driver_yes(database, code, TODAY)
    assert seen(database, code).waiting_for == ()
    planning.change_pickup(database, code, "starts_at", time(8))
    assert seen(database, code).driver_yes_on == TODAY
    planning.change_pickup(database, code, "on", SATURDAY + timedelta(days=1))
    assert seen(database, code).driver_yes_on is None
    planning.record_driver_yes(database, code, TODAY)
    planning.change_pickup(database, code, "driver_code", None)

    assert seen(database, code).waiting_for == ("a volunteer to drive",)
    with pytest.raises(UserError, match="Choose who drives"):
        planning.record_driver_yes(database, code, TODAY)


def test_another_kind_makes_the_stops_anew(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0)

    with pytest.raises(UserError, match="Name the place"):
        planning.change_pickup(database, code, "kind", PickupKind.MEET)
    planning.change_pickup(database, code, "meeting_place", "Library, Dover")
    planning.change_pickup(database, code, "kind", PickupKind.MEET)
    assert way(seen(database, code)) == [(MEET, "D-0001")]
    assert seen(database, code).driver_code == ""

    planning.change_pickup(database, code, "kind", PickupKind.RUN)
    assert way(seen(database, code)) == [(PICK_UP, "D-0001"), (DROP, "R-0001")]


def test_a_volunteer_who_is_away_is_shown_not_refused(database: Database) -> None:
    region = a_region(database)
    with database.writing(SETUP) as session:
        driver = session.scalars(sa.select(DriverRow)).one()
        driver.away_from, driver.away_to = SATURDAY, SATURDAY

    code = a_run(database, region, 0)

    assert "V-0001 is away on Nov 28, 2026." in seen(database, code).broken


def test_a_cancelled_pickup_gives_its_holds_back(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region, 0, 1)

    planning.cancel_pickup(database, code)

    assert seen(database, code).state is PickupState.CANCELLED
    assert planning.pickups_between(database, SATURDAY, SATURDAY, TODAY) == []
    assert len(planning.holds_to_plan(database, TODAY)) == 4
    with pytest.raises(UserError, match="is cancelled and cannot be changed"):
        planning.order_again(database, code)
    assert a_run(database, region, 0, 1) == "P-0002"


def test_the_week_lists_pickups_by_day_and_start(database: Database) -> None:
    region = a_region(database)
    late = a_run(database, region, 0)
    early = a_run(database, region, 1)
    planning.change_pickup(database, early, "starts_at", time(7))
    planning.change_pickup(database, late, "note", "two bags were soft")

    week = planning.pickups_between(database, SATURDAY - timedelta(days=5), SATURDAY, TODAY)

    assert [line.code for line in week] == [early, late]
    assert [(line.stops, line.bags) for line in week] == [(2, 12), (2, 12)]
    assert planning.pickups_between(database, TODAY, TODAY, TODAY) == []


def test_an_expired_hold_is_not_offered_for_planning(database: Database) -> None:
    a_region(database)
    with database.writing(SETUP) as session:
        rows = session.scalars(sa.select(HoldRow).order_by(HoldRow.code)).all()
        rows[0].state, rows[0].made_on, rows[0].expires_on = (
            rows[0].state.OPEN,
            date(2026, 11, 13),
            date(2026, 11, 20),
        )
        session.scalars(
            sa.select(AgreementRow).where(AgreementRow.hold_id == rows[0].id)
        ).one().family_yes_on = None

    assert [hold.code for hold in planning.holds_to_plan(database, TODAY)] == ["H-0002", "H-0003", "H-0004"]


def test_every_change_is_one_action_that_names_codes_only(database: Database) -> None:
    region = a_region(database)
    before = database.change_counter()

    code = a_run(database, region, 0, 1)

    assert database.change_counter() == before + 1
    with database.reading() as session:
        label = session.execute(sa.text("SELECT label FROM audit ORDER BY id DESC LIMIT 1")).scalar_one()
        assert session.scalars(sa.select(PickupRow.code)).all() == [code]
    assert str(read_label(label)) == "Planned P-0001 for H-0001, H-0002"


@pytest.mark.parametrize("days", [1, 61, 400])
def test_a_pickup_stays_to_be_settled_however_long_ago_its_day_was(database: Database, days: int) -> None:
    region = a_region(database)
    old = TODAY - timedelta(days=days)
    code = planning.plan_pickup(database, PickupKind.FAMILY_COLLECTS, old, [region.holds[0]], today=TODAY)
    cancelled = planning.plan_pickup(
        database, PickupKind.FAMILY_COLLECTS, old, [region.holds[1]], today=TODAY
    )
    planning.cancel_pickup(database, cancelled)

    page = today_page(database, TODAY)

    assert [line.code for line in page.to_settle] == [code]
    assert page.pickups == ()


def test_nobody_is_asked_to_drive_where_no_volunteer_drives(database: Database) -> None:
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.FAMILY_COLLECTS, SATURDAY, [region.holds[0]], today=TODAY
    )

    with pytest.raises(UserError, match="P-0001 has no volunteer; make it a volunteer run first"):
        planning.change_pickup(database, code, "driver_code", region.driver)
