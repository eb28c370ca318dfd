"""The foods a baby must avoid that are in a lot's milk, or may be: what a label on the bag says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coordinator.domain.facts.food_names import food_label
from coordinator.domain.policies.verdicts import ASK, NOT_A_FIT
from coordinator.domain.suitability.reasons import days_of, reasons_of

if TYPE_CHECKING:
    from datetime import date

    from coordinator.domain.families.babies import Baby
    from coordinator.domain.milk.lots import Lot
    from coordinator.domain.suitability.disclosures import Disclosures


@dataclass(frozen=True, slots=True)
class Clashes:
    """What a baby must avoid and this milk has (``in_it``), or nobody can say it has not (``not_clear``)."""

    in_it: tuple[str, ...] = ()
    not_clear: tuple[str, ...] = ()


def clashes(lot: Lot, family: Baby, donor: Disclosures, on: date) -> Clashes:
    """Return what of a lot clashes with a family, by the same findings that verdicts are made of.

    What a family overruled clashes all the same; where nothing is told of a food, it is not clear.
    """
    in_it, not_clear = [], []
    for food, found in donor.against_foods(family):
        kinds = {reason.kind for reason in reasons_of(found, days_of(lot, on))}
        if NOT_A_FIT in kinds:
            in_it.append(food_label(food))
        elif ASK in kinds:
            not_clear.append(food_label(food))
    return Clashes(tuple(in_it), tuple(not_clear))
