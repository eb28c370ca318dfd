"""Drive times in force on a real network: own, learnt or shipped factor; a road server and its absence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.db.audit import AuditRow
from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.pickups import PickupRow
from coordinator.db.undo import undo_in
from coordinator.domain.driving.odometers import FactorOrigin, Odometer, OdometerDoubtError, OdometerError
from coordinator.domain.driving.roads import spot
from coordinator.domain.pickups.plans import Pickup, PickupKind, PickupState
from coordinator.domain.places.positions import Position, Precision
from coordinator.errors import UserError
from coordinator.services.driving import drive_times, water
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.paper import sheets
from coordinator.services.pickups import planning
from coordinator.services.settings.values import change_setting
from tests import road_servers, web_server
from tests.builders import TODAY
from tests.integration.cli.cli import CommandLine
from tests.networks import opened_network
from tests.pickup_builders import SATURDAY, SETUP, Region, a_region
from tests.web_server import DEAD, WebServer, running


@pytest.fixture(autouse=True)
def nothing_told() -> Iterator[None]:
    drive_times.ROADS.forget()
    yield
    drive_times.ROADS.forget()


@pytest.fixture
def server() -> Iterator[WebServer]:
    with running(road_servers.osrm) as found:
        yield found


def ask_for_roads(database: Database, url: str, kind: str = "osrm") -> None:
    change_setting(database, "road_server", kind)
    change_setting(database, "road_server_url", url)


def a_run(database: Database, region: Region, starts_at: time | None = None) -> str:
    code = planning.plan_pickup(
        database,
        PickupKind.RUN,
        SATURDAY,
        region.holds,
        driver_code=region.driver,
        starts_at=starts_at,
        today=TODAY,
    )
    planning.record_driver_yes(database, code, TODAY)
    return code


def shown(database: Database, code: str) -> Pickup:
    return planning.pickup(database, code, TODAY)


def settle_with(database: Database, code: str, start: float, end: float, *, sure: bool = False) -> None:
    planning.settle(database, code, None, TODAY, odometer=Odometer(start, end), sure=sure)


def copy_driven_runs(database: Database, code: str, count: int) -> None:
    """Write *count* settled runs like the one with *code*, without milk or stops: home and back is no way."""
    made: list[int] = []
    with database.writing(SETUP) as session:
        found = session.scalars(sa.select(PickupRow).where(PickupRow.code == code)).one()
        stops = session.execute(sa.text("SELECT household_id, place FROM stop ORDER BY place")).all()
        for number in range(count):
            row = PickupRow(
                code=f"P-9{number:03}",
                kind=PickupKind.RUN,
                on_day=SATURDAY,
                state=PickupState.SETTLED,
                driver_id=found.driver_id,
                odometer_start_miles=1000.0,
                odometer_end_miles=1000.0 + 1.42 * _straight(database, code),
            )
            session.add(row)
            session.flush()
            made.append(row.id)
    # Stops without milk are nothing the program would write.
    insert = sa.text(
        "INSERT INTO stop (pickup_id, household_id, kind, place, version)"
        " VALUES (:pickup, :household, 'drop', :place, 1)"
    )
    with database.engine.begin() as connection:
        for pickup_id in made:
            for household_id, place in stops:
                values = {"pickup": pickup_id, "household": household_id, "place": place}
                connection.execute(insert, values)


def _straight(database: Database, code: str) -> float:
    return shown(database, code).miles


def test_the_odometer_of_a_run_is_kept_and_undone_with_its_settling(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    assert shown(database, code).odometer is None

    settle_with(database, code, 48_210, 48_282)

    odometer = shown(database, code).odometer
    assert odometer == Odometer(48_210, 48_282)
    assert odometer.driven_miles == 72
    with database.writing(SETUP) as session:
        newest = session.scalars(sa.select(AuditRow).order_by(AuditRow.id.desc()).limit(1)).one()
        undo_in(session, newest)
    assert shown(database, code).odometer is None
    assert shown(database, code).state is PickupState.PLANNED


def test_an_odometer_that_cannot_be_saves_nothing_and_one_far_off_asks_once(database: Database) -> None:
    region = a_region(database)
    code = a_run(database, region)
    before = database.change_counter()

    with pytest.raises(OdometerError):
        settle_with(database, code, 48_282, 48_210)
    with pytest.raises(OdometerDoubtError):
        settle_with(database, code, 48_210, 58_210)

    assert database.change_counter() == before
    assert shown(database, code).state is PickupState.PLANNED
    settle_with(database, code, 48_210, 58_210, sure=True)
    assert shown(database, code).state is PickupState.SETTLED


def test_only_a_run_has_an_odometer(database: Database) -> None:
    region = a_region(database)
    code = planning.plan_pickup(
        database, PickupKind.FAMILY_COLLECTS, SATURDAY, [region.holds[0]], today=TODAY
    )

    with pytest.raises(OdometerError, match="volunteer run"):
        settle_with(database, code, 1, 2)


def test_ten_odometers_teach_the_road_factor_and_an_own_one_comes_first(sqlite_database: Database) -> None:
    database = sqlite_database
    region = a_region(database)
    code = a_run(database, region)
    shipped = drive_times.factor_in_force(database)
    estimated = rank_donors(database, region.recipients[0], TODAY).matches[0].way
    assert (shipped.origin, shipped.entries) == (FactorOrigin.SHIPPED, 0)

    copy_driven_runs(database, code, 10)

    learnt = drive_times.factor_in_force(database)
    assert (learnt.origin, learnt.entries) == (FactorOrigin.LEARNT, 10)
    assert learnt.value == pytest.approx(1.42, rel=1e-4)
    after = rank_donors(database, region.recipients[0], TODAY).matches[0].way
    assert estimated.road_miles is not None
    assert after.road_miles == pytest.approx(
        estimated.road_miles * 1.42 / load_driving_policy().road_factor, rel=1e-4
    )

    change_setting(database, "road_factor", "1.6")
    assert drive_times.factor_in_force(database).value == 1.6
    assert drive_times.factor_in_force(database).origin is FactorOrigin.OWN
    change_setting(database, "road_factor", "")
    assert drive_times.factor_in_force(database).origin is FactorOrigin.LEARNT


def test_a_run_to_a_place_nobody_knows_teaches_nothing(sqlite_database: Database) -> None:
    database = sqlite_database
    region = a_region(database)
    copy_driven_runs(database, a_run(database, region), 10)
    with database.writing(SETUP) as session:
        home = session.scalars(sa.select(HouseholdRow).where(HouseholdRow.name == "Linh Tran")).one()
        home.latitude_deg = home.longitude_deg = home.precision = None

    assert drive_times.factor_in_force(database).entries == 0


@pytest.mark.parametrize("typed", ["0.9", "3.5", "nan", "inf", "far", "1.3 or so"])
def test_a_road_factor_no_road_has_is_refused(sqlite_database: Database, typed: str) -> None:
    with pytest.raises(UserError, match="from 1 to 3"):
        change_setting(sqlite_database, "road_factor", typed)


@pytest.mark.parametrize(
    "typed", ["router", "ftp://router.example.org", "https://", "https://a b?q=1", "file:///etc", "http://[1"]
)
def test_what_is_no_address_of_a_server_is_refused(sqlite_database: Database, typed: str) -> None:
    with pytest.raises(UserError, match="looks like https"):
        change_setting(sqlite_database, "road_server_url", typed)


def test_nobody_is_asked_until_a_server_is_switched_on(sqlite_database: Database, server: WebServer) -> None:
    region = a_region(sqlite_database)
    change_setting(sqlite_database, "road_server_url", server.url)

    ranking = rank_donors(sqlite_database, region.recipients[0], TODAY)

    assert drive_times.about_ranking(sqlite_database, ranking) is None
    assert (
        drive_times.about_pickup(sqlite_database, shown(sqlite_database, a_run(sqlite_database, region)))
        is None
    )
    assert server.asked == []


def test_the_figures_of_a_server_replace_the_estimates_once_it_was_asked(
    sqlite_database: Database, server: WebServer
) -> None:
    database = sqlite_database
    region = a_region(database)
    ask_for_roads(database, server.url)
    before = rank_donors(database, region.recipients[0], TODAY)
    assert {match.road_host for match in before.matches} == {""}

    question = drive_times.about_ranking(database, before)
    assert question is not None
    assert drive_times.ask(question).is_new

    after = rank_donors(database, region.recipients[0], TODAY)
    assert {match.road_host for match in after.matches} == {"127.0.0.1"}
    for match in after.matches:
        assert match.seeker.position is not None
        assert match.offer.position is not None
        ends = (spot(match.seeker.position), spot(match.offer.position))
        assert match.minutes == pytest.approx(road_servers.minutes(*ends))
    assert [match.miles for match in after.matches] == [match.miles for match in before.matches]
    assert drive_times.about_ranking(database, after) is None


def test_a_run_is_timed_by_the_server_and_knows_its_road(
    sqlite_database: Database, server: WebServer
) -> None:
    database = sqlite_database
    region = a_region(database)
    code = a_run(database, region, time(9))
    estimated = shown(database, code)
    assert (estimated.road_host, estimated.way) == ("", ())
    ask_for_roads(database, server.url)

    question = drive_times.about_pickup(database, shown(database, code))
    assert question is not None
    drive_times.ask(question)

    told = shown(database, code)
    assert told.road_host == "127.0.0.1"
    assert {stop.road_host for stop in told.stops} == {"127.0.0.1"}
    assert told.road_miles == pytest.approx(told.miles * 1.5, rel=1e-3)
    assert told.miles == estimated.miles
    assert len(told.way) == 2 * (len(told.stops) + 1) + 1
    assert drive_times.about_pickup(database, told) is None


def test_a_printed_sheet_is_not_out_of_date_because_a_server_answered(
    sqlite_database: Database, server: WebServer
) -> None:
    database = sqlite_database
    region = a_region(database)
    code = a_run(database, region, time(9))
    sheets.print_pickup_sheet(database, code, TODAY)
    ask_for_roads(database, server.url)
    question = drive_times.about_pickup(database, shown(database, code))
    assert question is not None
    drive_times.ask(question)

    assert not shown(database, code).changed_since_printed
    sheets.print_pickup_sheet(database, code, TODAY)
    drive_times.ROADS.forget()
    assert not shown(database, code).changed_since_printed
    planning.change_pickup(database, code, "starts_at", time(10))
    assert shown(database, code).changed_since_printed


def test_a_dead_server_leaves_the_estimate_and_is_not_asked_again_at_once(sqlite_database: Database) -> None:
    database = sqlite_database
    region = a_region(database)
    ask_for_roads(database, DEAD)
    ranking = rank_donors(database, region.recipients[0], TODAY)
    question = drive_times.about_ranking(database, ranking)
    assert question is not None

    news = drive_times.ask(question)

    assert news.sentence == "127.0.0.1 could not be reached. Drive times are estimates."
    assert rank_donors(database, region.recipients[0], TODAY) == ranking
    assert drive_times.about_ranking(database, ranking) is None


def test_lines_over_water_are_marked_on_matches_legs_and_paper(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = sqlite_database
    region = a_region(database)
    code = a_run(database, region)
    assert not shown(database, code).home_crosses_water
    monkeypatch.setattr(water, "_measured", {})
    monkeypatch.setattr(water, "_measure", lambda: lambda _, ends: np.full(len(ends), 5.0))

    assert all(match.crosses_water for match in rank_donors(database, region.recipients[0], TODAY).matches)
    pickup = shown(database, code)
    assert pickup.home_crosses_water
    assert all(stop.crosses_water for stop in pickup.stops)
    assert all(stop.check_road for stop in sheets.pickup_sheet(database, code, TODAY).stops)


def test_water_is_measured_once_for_each_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Position | None] = []

    def measure(_: Position, ends: list[Position]) -> object:
        asked.extend(ends)
        return np.arange(len(ends), dtype=float)

    monkeypatch.setattr(water, "_measured", {})
    monkeypatch.setattr(water, "_measure", lambda: measure)
    here, there, far = (Position(43 + n, -70, Precision.ZIP) for n in range(3))

    first = water.miles_over_water(here, [there, None, far, there])
    second = water.miles_over_water(here, [far, there])

    assert first[[0, 2, 3]].tolist() == [0, 1, 0]
    assert np.isnan(first[1])
    assert second.tolist() == [1, 0]
    assert asked == [there, far]


def test_the_command_line_asks_says_its_source_and_goes_on_without(tmp_path: Path, server: WebServer) -> None:
    milkrun = CommandLine(tmp_path / "network.db")
    database = opened_network(milkrun.network)
    region = a_region(database)
    code = a_run(database, region, time(9))
    ask_for_roads(database, server.url)
    family = region.recipients[0]

    by_road = milkrun.read("match", family)["matches"]
    assert {match["drive_source"] for match in by_road} == {"127.0.0.1"}
    assert {match["exact"] for match in by_road} == {True}
    assert "min (by road, 127.0.0.1)" in milkrun.do("match", family)
    assert milkrun.read("pickup", "show", code)["drive_source"] == "127.0.0.1"

    drive_times.ROADS.forget()
    server.answer = web_server.html
    answer = milkrun("match", family, "--json")
    assert "127.0.0.1 answered with something that is no JSON" in answer.err
    assert {match["drive_source"] for match in json.loads(answer.out)["matches"]} == {"estimate"}
    database.dispose()


def test_the_command_line_takes_an_odometer_in_the_unit_in_force(tmp_path: Path) -> None:
    milkrun = CommandLine(tmp_path / "network.db")
    database = opened_network(milkrun.network)
    region = a_region(database)
    code = a_run(database, region)
    change_setting(database, "distance_unit", "km")

    assert "add --sure" in milkrun.refused("pickup", "settle", code, "--odometer", "70000", "80000")
    told = milkrun("pickup", "settle", code, "--odometer", "70,000", "70120")

    assert (told.code, told.err.count("\n")) == (0, 1)  # settled before its day, it says so
    assert "Driven 120 km, planned about" in told.out
    document = milkrun.read("pickup", "show", code)
    assert document["driven_miles"] == pytest.approx(74.6, abs=0.05)
    database.dispose()


BOSTON, PROVINCETOWN = (42.3601, -71.0589), (42.0584, -70.1787)
PORTSMOUTH, KITTERY, PLATTSBURGH, BURLINGTON = (
    (43.0718, -70.7626),
    (43.0881, -70.7362),
    (44.70, -73.45),
    (44.48, -73.21),
)


@pytest.mark.parametrize(
    ("start", "end", "is_marked"),
    [
        (BOSTON, PROVINCETOWN, True),
        (BURLINGTON, PLATTSBURGH, True),
        (PORTSMOUTH, KITTERY, False),
        (PORTSMOUTH, BOSTON, False),
    ],
    ids=["over the bay", "over the lake", "over a bridge", "along the coast"],
)
def test_the_shipped_map_knows_which_lines_cross_water(
    sqlite_database: Database, start: tuple[float, float], end: tuple[float, float], *, is_marked: bool
) -> None:
    with sqlite_database.reading() as session:
        driving_in_force = drive_times.drive_times(session)
    ends = [Position(*end, Precision.ADDRESS)]

    assert driving_in_force.cross_water(Position(*start, Precision.ADDRESS), ends).tolist() == [is_marked]
