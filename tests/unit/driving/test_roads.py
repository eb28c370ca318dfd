"""Road servers by their clients: what is asked, what is believed, and what is said instead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.adapters.policies.driving import load_driving_policy
from coordinator.adapters.web import requests, roads
from coordinator.adapters.web.road_book import REST_SECONDS, RoadBook
from coordinator.adapters.web.roads import decoded
from coordinator.domain.driving.roads import Drive, RoadQuestion, Roads, spot
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.settings import RoadServer
from tests import road_servers, web_server
from tests.web_server import DEAD, WebServer, json_of, running

PORTLAND, DOVER, BATH = (43.6591, -70.2568), (43.1979, -70.8737), (43.9106, -69.8206)
Answer = Callable[[BaseHTTPRequestHandler], None]


def a_question(url: str, server: RoadServer = RoadServer.OSRM, *, stops: bool = False) -> RoadQuestion:
    places = (PORTLAND, DOVER, BATH)
    return RoadQuestion(server, url, "MilkRun/test", (PORTLAND,), (DOVER, BATH), places if stops else ())


def a_place(at: tuple[float, float], precision: Precision = Precision.ADDRESS) -> Position:
    return Position(*at, precision)


@pytest.fixture
def osrm() -> Iterator[WebServer]:
    with running(road_servers.osrm) as server:
        yield server


@pytest.fixture
def valhalla() -> Iterator[WebServer]:
    with running(road_servers.osrm) as server:
        server.answer = partial(road_servers.valhalla, server)
        yield server


@pytest.fixture(params=[RoadServer.OSRM, RoadServer.VALHALLA])
def either(request: pytest.FixtureRequest) -> tuple[WebServer, RoadServer]:
    server: WebServer = request.getfixturevalue(str(request.param.value))
    return server, request.param


def test_a_server_tells_miles_and_minutes_of_each_pair(either: tuple[WebServer, RoadServer]) -> None:
    server, kind = either
    book = RoadBook()

    news = book.ask(a_question(server.url, kind))

    assert (news.is_new, news.sentence) == (True, "")
    told = book.drives(kind, server.url)
    assert set(told) == {(PORTLAND, DOVER), (PORTLAND, BATH)}
    for (start, end), drive in told.items():
        assert drive == pytest.approx((road_servers.road_miles(start, end), road_servers.minutes(start, end)))


def test_a_server_tells_the_road_through_the_stops(either: tuple[WebServer, RoadServer]) -> None:
    server, kind = either
    book = RoadBook()

    book.ask(a_question(server.url, kind, stops=True))

    way = book.way(kind, server.url, (PORTLAND, DOVER, BATH))
    assert [spot(a_place(at)) for at in (way[0], way[-1])] == [PORTLAND, BATH]
    assert len(way) >= 5
    assert any(abs(north - (PORTLAND[0] + DOVER[0]) / 2 - 0.01) < 1e-5 for north, _ in way)


def test_an_osrm_server_is_sent_coordinates_and_the_programs_name_only(osrm: WebServer) -> None:
    RoadBook().ask(a_question(osrm.url))

    assert osrm.agents == ["MilkRun/test"]
    path, _, query = osrm.asked[0].partition("?")
    assert path == "/table/v1/driving/-70.2568,43.6591;-70.8737,43.1979;-69.8206,43.9106"
    assert set(query.replace("%3B", ";").replace("%2C", ",").split("&")) == {
        "sources=0",
        "destinations=1;2",
        "annotations=duration,distance",
    }


def test_a_valhalla_server_is_sent_coordinates_and_how_to_drive_only(valhalla: WebServer) -> None:
    RoadBook().ask(a_question(valhalla.url, RoadServer.VALHALLA))

    assert valhalla.asked == ["/sources_to_targets"]
    assert json.loads(valhalla.bodies[0]) == {
        "sources": [{"lat": 43.6591, "lon": -70.2568}],
        "targets": [{"lat": 43.1979, "lon": -70.8737}, {"lat": 43.9106, "lon": -69.8206}],
        "costing": "auto",
        "units": "miles",
    }


def test_a_server_below_a_path_of_its_own_is_found(osrm: WebServer) -> None:
    RoadBook().ask(a_question(f"{osrm.url}/routed-car/"))

    assert osrm.asked[0].startswith("/routed-car/table/v1/driving/")


def a_table(durations: object, distances: object = ((1000, 2000),)) -> Answer:
    return json_of({"code": "Ok", "durations": durations, "distances": distances})


WRONG: dict[str, Answer] = {
    "HTML": web_server.html,
    "a redirect": web_server.redirect,
    "overloaded": web_server.failing,
    "a list": json_of([1, 2]),
    "another code": json_of({"code": "NoTable"}),
    "no durations": json_of({"code": "Ok", "distances": [[1, 2]]}),
    "one column too few": a_table([[60]]),
    "one row too many": a_table([[60, 60], [60, 60]]),
    "a row of text": a_table(["60"]),
    "below zero": a_table([[60, -60]]),
    "not a number": a_table([[60, float("nan")]]),
    "endless": a_table([[60, float("inf")]]),
    "a word": a_table([[60, "soon"]]),
    "yes": a_table([[60, True]]),
    "longer than any road": a_table([[60, 10**400]]),
    "miles below zero": a_table([[60, 60]], [[1, -1]]),
}


@pytest.mark.parametrize("answer", WRONG.values(), ids=WRONG)
def test_a_wrong_answer_is_not_believed_and_is_said_once_with_the_host(
    osrm: WebServer, answer: Answer
) -> None:
    osrm.answer = answer
    now = [0.0]
    book = RoadBook(clock=lambda: now[0])

    first = book.ask(a_question(osrm.url))
    now[0] += REST_SECONDS
    second = book.ask(a_question(osrm.url))

    assert not book.drives(RoadServer.OSRM, osrm.url)
    assert not first.is_new
    assert first.sentence.startswith("127.0.0.1 ")
    assert first.sentence.endswith(" Drive times are estimates.")
    assert second.sentence == ""
    assert len(osrm.asked) == 2


VALHALLA_WRONG: dict[str, Answer] = {
    "a list": json_of([]),
    "no table": json_of({"error": "no"}),
    "a row too few": json_of({"sources_to_targets": []}),
    "cells of numbers": json_of({"sources_to_targets": [[1, 2]]}),
    "below zero": json_of(
        {"sources_to_targets": [[{"distance": 1, "time": -5}, {"distance": 1, "time": 5}]]}
    ),
}


@pytest.mark.parametrize("answer", VALHALLA_WRONG.values(), ids=VALHALLA_WRONG)
def test_a_wrong_valhalla_is_not_believed(valhalla: WebServer, answer: Answer) -> None:
    valhalla.answer = answer
    book = RoadBook()

    news = book.ask(a_question(valhalla.url, RoadServer.VALHALLA))

    assert "127.0.0.1" in news.sentence
    assert not book.drives(RoadServer.VALHALLA, valhalla.url)


ROUTES_WRONG: tuple[object, ...] = (
    {"code": "Ok"},
    {"code": "Ok", "routes": []},
    {"code": "Ok", "routes": [{"geometry": "abc"}]},
    {"code": "Ok", "routes": [{"geometry": {"coordinates": [[1, 200], [1, 2]]}}]},
    {"code": "Ok", "routes": [{"geometry": {"coordinates": [["a", "b"], [1, 2]]}}]},
    {"code": "Ok", "routes": [{"geometry": {"coordinates": [[1]]}}]},
    {"code": "Ok", "routes": [{"geometry": {"coordinates": [[10**400, 1], [1, 2]]}}]},
    {"code": "Ok", "routes": [{"geometry": {"coordinates": [[-70, 43]]}}]},
)


@pytest.mark.parametrize("route", ROUTES_WRONG)
def test_a_road_that_is_none_is_not_believed(osrm: WebServer, route: object) -> None:
    osrm.answer = json_of(route)

    with pytest.raises(requests.WebError, match="no table of roads"):
        roads.Osrm(osrm.url, "MilkRun/test").route([PORTLAND, BATH])


def test_a_dead_server_is_named_and_left_alone_for_a_minute() -> None:
    now = [0.0]
    book = RoadBook(clock=lambda: now[0])

    news = book.ask(a_question(DEAD))

    assert news.sentence == "127.0.0.1 could not be reached. Drive times are estimates."
    assert book.is_resting(RoadServer.OSRM, DEAD)
    now[0] += REST_SECONDS
    assert not book.is_resting(RoadServer.OSRM, DEAD)


def test_a_slow_server_and_one_that_sends_a_gigabyte_are_given_up(
    osrm: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roads, "PATIENCE", requests.Patience(seconds=0.2, most_bytes=100_000))
    web_server.slowly(road_servers.osrm, osrm)
    assert RoadBook().ask(a_question(osrm.url)).sentence.startswith("127.0.0.1 was too slow.")

    osrm.answer = web_server.a_gigabyte
    monkeypatch.setattr(roads, "PATIENCE", requests.Patience(seconds=30, most_bytes=100_000))
    assert "far too much" in RoadBook().ask(a_question(osrm.url)).sentence


def test_a_server_that_comes_back_is_believed_and_complained_about_anew(osrm: WebServer) -> None:
    now = [0.0]
    book = RoadBook(clock=lambda: now[0])
    osrm.answer = web_server.failing
    sentence = book.ask(a_question(osrm.url)).sentence

    now[0] += REST_SECONDS
    osrm.answer = road_servers.osrm
    assert book.ask(a_question(osrm.url)).is_new
    osrm.answer = web_server.failing

    assert book.ask(a_question(osrm.url)).sentence == sentence


def test_where_a_server_knows_no_road_the_estimate_stays_and_the_server_is_not_asked_again(
    osrm: WebServer,
) -> None:
    osrm.answer = a_table([[600, None]], [[1609.344, None]])
    book = RoadBook()

    news = book.ask(a_question(osrm.url))

    assert news.sentence == "127.0.0.1 knows no road to one place; that drive time stays an estimate."
    told = book.drives(RoadServer.OSRM, osrm.url)
    assert told == {(PORTLAND, DOVER): Drive(1.0, 10.0), (PORTLAND, BATH): None}
    driving = Roads(load_driving_policy(), "router.example.org", told)
    found = driving.drives([a_place(PORTLAND)], [a_place(DOVER), a_place(BATH), None])
    assert found.minutes[0, 0] == 10
    assert found.minutes[0, 1] == load_driving_policy().minutes(float(found.straight_miles[0, 1]))
    assert np.isnan(found.minutes[0, 2])
    assert [found.host_at(0, column) for column in range(3)] == ["router.example.org", "", ""]


def test_places_beyond_a_hundred_are_asked_about_in_turn(osrm: WebServer) -> None:
    ends = tuple((43.0 + number / 1000, -70.5) for number in range(150))
    book = RoadBook()

    book.ask(RoadQuestion(RoadServer.OSRM, osrm.url, "MilkRun/test", (PORTLAND,), ends))

    assert len(osrm.asked) == 2
    assert len(book.drives(RoadServer.OSRM, osrm.url)) == 150


def test_a_line_over_much_water_is_marked_unless_the_road_is_known() -> None:
    driving = Roads(
        load_driving_policy(),
        "router.example.org",
        {(PORTLAND, DOVER): Drive(60, 70)},
        over_water=lambda _, ends: np.array([np.nan if end is None else 8.0 for end in ends]),
    )

    crosses = driving.cross_water(a_place(PORTLAND), [a_place(DOVER), a_place(BATH), None])

    assert crosses.tolist() == [False, True, False]


def test_a_harbour_is_not_enough_water() -> None:
    driving = Roads(load_driving_policy(), over_water=lambda _, ends: np.full(len(ends), 0.4))

    assert not driving.cross_water(a_place(PORTLAND), [a_place(BATH)]).any()


@given(
    st.lists(
        st.tuples(
            st.integers(-90_000_000, 90_000_000).map(lambda n: n / 1e6),
            st.integers(-180_000_000, 180_000_000).map(lambda n: n / 1e6),
        )
    )
)
def test_a_line_reads_as_it_was_written(line: list[tuple[float, float]]) -> None:
    assert decoded(road_servers.encoded(line)) == line


@given(st.text())
def test_any_text_is_a_line_or_refused(text: str) -> None:
    try:
        assert all(len(point) == 2 for point in decoded(text))
    except ValueError as error:
        assert "polyline" in str(error)  # noqa: PT017 - most texts are none, some are
