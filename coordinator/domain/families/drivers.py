"""Volunteers who carry milk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from coordinator.domain.facts.dated_facts import Question
from coordinator.domain.families.households import Household
from coordinator.domain.places.positions import Position


@dataclass(frozen=True, slots=True)
class Driver:
    """A volunteer; every ``None`` was not answered.

    ``coolers_qt`` lists the quarts of each cooler that is there now, borrowed ones too and lent ones not;
    ``told_coolers_qt`` those the volunteer told.

    ``own`` holds every field of the role by its column.
    """

    code: str
    household: Household
    hours: str = ""
    max_hours: float | None = None
    coolers_qt: tuple[int, ...] = ()
    told_coolers_qt: tuple[int, ...] = ()
    lift_lb: float | None = None
    climbs_stairs: bool | None = None
    max_miles: float | None = None
    away_from: date | None = None
    away_to: date | None = None
    questions: tuple[Question, ...] = ()
    version: int = 1
    own: Mapping[str, object] = field(default_factory=dict)

    @property
    def position(self) -> Position | None:
        """Where runs start and end."""
        return self.household.position

    def is_away(self, on: date) -> bool:
        """Whether the volunteer said they are away that day."""
        return (
            self.away_from is not None and self.away_to is not None and self.away_from <= on <= self.away_to
        )
