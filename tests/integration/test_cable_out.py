"""With the network cable out: the sample region is placed, matched and drawn; no socket is opened."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa

from coordinator.db.database import Database
from coordinator.db.households import HouseholdRow
from coordinator.db.recipients import current_recipients
from coordinator.domain.maps.drawing import Layers, MatchLine, Pin, Polygon, Role, Text
from coordinator.domain.maps.scene import compose
from coordinator.domain.maps.view import View
from coordinator.domain.matching.ranking import Ranking
from coordinator.services.matching.ranking import rank_donors
from coordinator.services.paper.maps import load_basemap
from tests.builders import NOW, TODAY


class SocketOpenedError(Exception):
    """Something wanted to talk to a machine, be it this one."""


@pytest.fixture(autouse=True)
def no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise SocketOpenedError

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def region(tmp_path: Path, seacoast_file: Path) -> Iterator[Database]:
    database = Database.open(shutil.copy(seacoast_file, tmp_path / "network.db"), clock=lambda: NOW)
    yield database
    database.dispose()


def test_every_family_that_named_a_zip_or_a_town_is_on_the_map(region: Database) -> None:
    with region.reading() as session:
        homes = session.execute(
            sa.select(HouseholdRow.zip_code, HouseholdRow.town, HouseholdRow.latitude_deg)
        ).all()

    assert len(homes) > 100
    assert [home for home in homes if (home.zip_code or home.town) and home.latitude_deg is None] == []


def test_every_baby_is_matched_and_drawn_with_her_donors(region: Database) -> None:
    with region.reading() as session:
        codes = [recipient.code for recipient, _ in current_recipients(session)]
    rankings = [rank_donors(region, code, TODAY) for code in codes]
    drawn = [ranking for ranking in rankings if ranking.matches and ranking.seeker.position]

    assert len(rankings) == 60
    assert len(drawn) > 40
    for ranking in drawn:
        layers = _layers(ranking)
        scene = compose(View.fit(layers.positions(), 800, 600), load_basemap(), layers)
        assert any(isinstance(item, Polygon) and item.role is Role.LAND for item in scene)
        assert any(isinstance(item, Text) and item.role is Role.TOWN for item in scene)
        assert any(getattr(item, "role", None) is Role.MATCH for item in scene)


def _layers(ranking: Ranking) -> Layers:
    family = ranking.seeker.position
    assert family is not None
    placed = [match for match in ranking.matches if match.offer.position is not None]
    pins = [Pin(match.code, match.offer.position, Role.DONOR) for match in placed if match.offer.position]
    lines = [MatchLine(pin.position, family) for pin in pins[:5]]
    return Layers((*pins, Pin(ranking.seeker.code, family, Role.RECIPIENT)), tuple(lines))
