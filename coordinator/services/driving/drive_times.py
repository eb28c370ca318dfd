"""Drive times in force: the coordinator's road factor, the roads a server told, and what to ask it.

A server is asked only when it was switched on, only about the pairs in question, and never while anybody
waits for the page: figures are estimates until ``ask`` came back, and whoever shows them reads again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.web.requests import user_agent
from coordinator.adapters.web.road_book import RoadBook
from coordinator.db.database import Database
from coordinator.db.driven import driven_runs
from coordinator.domain.driving.odometers import Driven, RoadFactor, road_factor
from coordinator.domain.driving.roads import MOST_ENDS, RoadNews, RoadQuestion, Roads, Spot, spot
from coordinator.domain.places.distances import Points, pair_miles
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.settings import RoadServer, Settings
from coordinator.services.driving.water import miles_over_water
from coordinator.services.settings.values import load_settings, settings

if TYPE_CHECKING:
    from coordinator.domain.matching.ranking import Ranking
    from coordinator.domain.pickups.plans import Pickup

ROADS = RoadBook()
"""What servers told this program since it started; nothing of it is written down."""


def drive_times(session: Session, found: Settings | None = None) -> Roads:
    """Return the drive times in force: what the road server told where it did, else the estimate.

    *found* are the settings, where the caller has read them already.
    """
    found = found or load_settings(session)
    policy = load_driving_policy().with_road_factor(_factor(session, found).value)
    if not is_on(found):
        return Roads(policy, over_water=miles_over_water)
    told = ROADS.drives(found.road_server, found.road_server_url)
    return Roads(policy, host_of(found.road_server_url), told, miles_over_water)


def factor_in_force(database: Database) -> RoadFactor:
    """Return the road factor in force, where it comes from, and how many odometers there are."""
    with database.reading() as session:
        return _factor(session, load_settings(session))


def is_on(found: Settings) -> bool:
    """Whether a road server was switched on and has an address."""
    return found.road_server is not RoadServer.NONE and bool(found.road_server_url)


def host_of(url: str) -> str:
    """Return the name of the server in *url*, as it is shown beside its figures."""
    return urlsplit(url).hostname or ""


def about_ranking(database: Database, ranking: Ranking) -> RoadQuestion | None:
    """Return what the server should be asked for *ranking*: the nearest donors' drives it has not told yet.

    ``None`` when no server is switched on, it is silent, or everything is known.
    """
    found = settings(database)
    origin = ranking.seeker.position
    if origin is None or not _may_ask(found):
        return None
    told = ROADS.drives(found.road_server, found.road_server_url)
    near = sorted(
        (match.way.straight_miles, spot(match.offer.position))
        for match in ranking.matches
        if match.offer.position is not None and match.way.straight_miles is not None
    )[:MOST_ENDS]
    ends = tuple(dict.fromkeys(end for _, end in near if (spot(origin), end) not in told))
    return _question(found, starts=(spot(origin),), ends=ends) if ends else None


def about_pickup(database: Database, pickup: Pickup) -> RoadQuestion | None:
    """Return what the server should be asked for *pickup*: all ways between its places, and its road.

    ``None`` as in ``about_ranking``.
    """
    found = settings(database)
    path = _path(pickup)
    if len(set(path)) < 2 or not _may_ask(found):
        return None
    told = ROADS.drives(found.road_server, found.road_server_url)
    places = tuple(dict.fromkeys(path))[:MOST_ENDS]
    is_told = all((a, b) in told for a in places for b in places if a != b)
    way = () if ROADS.way(found.road_server, found.road_server_url, path) else path
    if is_told and not way:
        return None
    spots = () if is_told else places
    return _question(found, starts=spots, ends=spots, stops=way)


def ask(question: RoadQuestion) -> RoadNews:
    """Ask the server, which may take seconds; its figures are then in force.

    Nothing is raised when it is dead, slow or wrong: the estimate stays, and the sentence says so, once.
    """
    return ROADS.ask(question)


def way_of(found: Settings, pickup: Pickup) -> tuple[Position, ...]:
    """Return the road of *pickup* where the server told it, else nothing."""
    if not is_on(found):
        return ()
    way = ROADS.way(found.road_server, found.road_server_url, _path(pickup))
    return tuple(Position(north, east, Precision.ADDRESS) for north, east in way)


def _path(pickup: Pickup) -> tuple[Spot, ...]:
    path = [pickup.start, *(stop.position for stop in pickup.stops), pickup.start]
    spots = [spot(place) for place in path if place is not None]
    return tuple(here for number, here in enumerate(spots) if not number or here != spots[number - 1])


def _may_ask(found: Settings) -> bool:
    return is_on(found) and not ROADS.is_resting(found.road_server, found.road_server_url)


def _question(
    found: Settings, starts: tuple[Spot, ...], ends: tuple[Spot, ...], stops: tuple[Spot, ...] = ()
) -> RoadQuestion:
    agent = user_agent(found.user_agent, found.contact)
    return RoadQuestion(found.road_server, found.road_server_url, agent, starts, ends, stops)


def _factor(session: Session, found: Settings) -> RoadFactor:
    driven = [Driven(miles, _straight_miles(path)) for miles, path in driven_runs(session)]
    return road_factor(driven, found.road_factor, load_driving_policy())


def _straight_miles(path: Sequence[Position]) -> float:
    points = Points.of(path)
    return float(pair_miles(points.part(slice(None, -1)), points.part(slice(1, None))).sum())
