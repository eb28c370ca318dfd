"""Which foods matter: what a donor avoids is asked of her when a baby within reach must avoid something."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from coordinator.db.households import to_position
from coordinator.db.recipients import RecipientRow, current_recipients, to_reach
from coordinator.domain.facts.dated_facts import FactKind, Question
from coordinator.domain.facts.food_names import DAIRY, food_keys
from coordinator.domain.families.babies import Reach
from coordinator.domain.families.lists import parts_of
from coordinator.domain.places.positions import Position, distance_miles
from coordinator.domain.suitability.mentions import mention_topic

_FOODS = FactKind.FOOD_AVOIDED.value
_MENTIONED = mention_topic(FactKind.FOOD)
Asked = Sequence[Question]


def without_needless(session: Session) -> Callable[[Position | None, Asked], tuple[Question, ...]]:
    """Return what leaves out of a donor's questions what nobody's baby within reach needs to know.

    Dairy has a question of its own. An answer that could not be read is asked about all the same.
    """
    families = [
        (to_position(home.latitude_deg, home.longitude_deg, home.precision), to_reach(row))
        for row, home in current_recipients(session)
        if not row.paused and _must_avoid_more_than_dairy(row)
    ]

    def needed(place: Position | None, asked: Asked) -> tuple[Question, ...]:
        if not any(_is_about_foods(question) for question in asked):
            return tuple(asked)
        if any(_may_reach(place, other, reach) for other, reach in families):
            return tuple(asked)
        return tuple(question for question in asked if not _is_about_foods(question))

    return needed


def _is_about_foods(question: Question) -> bool:
    return question.topic == _MENTIONED or (question.topic == _FOODS and not question.raw)


def _must_avoid_more_than_dairy(row: RecipientRow) -> bool:
    return any(food != DAIRY for food in food_keys(parts_of(row.must_avoid)))


def _may_reach(place: Position | None, other: Position | None, reach: Reach) -> bool:
    """Whether a family may get there: no road is shorter than the straight line; what is unknown may."""
    if place is None or other is None or reach.miles is None or reach.has_car is False:
        return True
    return distance_miles(place, other) <= reach.miles
