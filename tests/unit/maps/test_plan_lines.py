"""Lines of the plan: certain or hoped, as wide as there is milk, and found under the pointer."""

from __future__ import annotations

from coordinator.domain.maps.drawing import MatchLine, Polyline, Role
from coordinator.domain.maps.labels import Room, estimated_width
from coordinator.domain.maps.lines import line_at, match_lines
from coordinator.domain.maps.view import View
from coordinator.domain.places.positions import Position, Precision

PORTSMOUTH = Position(43.07, -70.76, Precision.ADDRESS)
DOVER = Position(43.2, -70.87, Precision.ADDRESS)
SACO = Position(43.5, -70.44, Precision.ADDRESS)
SURE = MatchLine(PORTSMOUTH, DOVER, chosen=False, key="sure", role=Role.CERTAIN, width_px=5.0)
HOPED = MatchLine(PORTSMOUTH, SACO, key="hoped", role=Role.HOPED, width_px=2.0, dashed=True)
VIEW = View.fit([PORTSMOUTH, DOVER, SACO], 600, 400)


def test_a_line_keeps_its_role_its_dashes_and_its_width_and_is_wider_when_chosen() -> None:
    strokes, _ = match_lines(VIEW, [HOPED, SURE], Room(600, 400, estimated_width), estimated_width)

    looks = [(one.role, one.width_px, one.dashed) for one in strokes if isinstance(one, Polyline)]
    assert looks == [(Role.CERTAIN, 5.0, False), (Role.HOPED, 4.0, True)]


def test_a_click_finds_the_nearest_line_with_a_key_and_none_far_from_all() -> None:
    start, end = VIEW.project([PORTSMOUTH, SACO])
    x, y = ((start + end) / 2).tolist()

    found = line_at(VIEW, [SURE, HOPED], x + 3, y, 6.0)
    assert found is not None
    assert found.key == "hoped"
    assert line_at(VIEW, [SURE, HOPED], x + 60, y, 6.0) is None
    assert line_at(VIEW, [MatchLine(PORTSMOUTH, SACO)], x, y, 6.0) is None
