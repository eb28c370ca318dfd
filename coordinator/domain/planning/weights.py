"""What a plan weighs against what, in days a baby is not covered; ``resources/policies/plan.toml`` has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from coordinator.sayings import Saying, saying


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight or limit as it is printed with the plan: its name, figure, unit and reason."""

    key: str
    title: str
    value: float
    unit: str
    reason: str | Saying


@dataclass(frozen=True, slots=True)
class PlanPolicy:
    """What a plan goes by. All but the limits are in days that a baby is not covered, which counts one.

    ``early_week``: how much more the first week's days count than the last one's. ``minute`` driven, a
    ``trip`` in minutes beside its drive, ``driver_trip`` more where the family does not get there itself;
    ``donor``: each donor a baby had no milk of before; ``kept``: each pair that goes on; ``expiring``: an
    ounce that would reach its last day; ``nothing``: a family that is left at nothing; ``change``: a trip
    that the plan before did not have, or no longer has. ``first``: how much more those babies count that
    come first.
    """

    early_week: float
    minute: float
    trip: float
    driver_trip: float
    donor: float
    kept: float
    expiring: float
    nothing: float
    change: float
    first: float
    smallest_oz: float
    minutes: float
    weeks: int
    hope: float
    hope_after: int
    freezer_oz: float
    medical: tuple[str, ...] = ()
    printed: tuple[Weight, ...] = ()

    def hoping(self, hope: float) -> PlanPolicy:
        """Return it with the coordinator's own *hope*, as it is then printed too."""
        printed = tuple(_set(one, hope) if one.key == "hope" else one for one in self.printed)
        return replace(self, hope=hope, printed=printed)

    def week_weight(self, week: int, weeks: int) -> float:
        """Return what a day of this week counts, from 1 and ``early_week`` more to 1; the first is 0."""
        return 1 + (self.early_week * (weeks - 1 - week) / (weeks - 1) if weeks > 1 else 0.0)

    def trip_cost(self, minutes: float, *, needs_driver: bool) -> float:
        """Return what fetching milk costs: there and back, and the trip itself."""
        fixed = self.trip + (self.driver_trip if needs_driver else 0.0)
        return self.minute * (2 * minutes + fixed)


EDITABLE: Final[Mapping[str, tuple[float, float]]] = {
    "early_week": (0, 10),
    "minute": (0, 1),
    "trip": (0, 600),
    "driver_trip": (0, 600),
    "donor": (0, 100),
    "kept": (0, 100),
    "expiring": (0, 1),
    "nothing": (0, 100),
    "change": (0, 100),
    "first": (0, 10),
    "smallest": (0, 1000),
    "hope": (0.05, 1),
}
"""Weights that a coordinator may set, and between what: what lies beyond outweighs everything else."""
_FIELDS: Final = {"smallest": "smallest_oz"}


def with_own_weights(policy: PlanPolicy, own: Mapping[str, float]) -> PlanPolicy:
    """Return *policy* with the coordinator's *own* weights by key, and printed so."""
    changed = {_FIELDS.get(key, key): value for key, value in own.items() if key in EDITABLE}
    printed = tuple(
        _set(weight, own[weight.key]) if weight.key in own else weight for weight in policy.printed
    )
    return replace(policy, **changed, printed=printed)  # type: ignore[arg-type] # fields of PlanPolicy


def _set(weight: Weight, value: float) -> Weight:
    """Return *weight* as the coordinator set it: ours was for another figure, so its reason is not hers."""
    if value == weight.value:
        return weight
    return replace(weight, value=value, reason=saying("set here; ours is {ours:g}", ours=weight.value))
