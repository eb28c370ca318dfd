"""A family's own milk, which is not offered to it: nobody looks for a donor under her own roof."""

from __future__ import annotations

from typing import Final

from coordinator.domain.milk.lots import Lot
from coordinator.domain.policies.verdicts import NOT_A_FIT, Reason, Verdict
from coordinator.domain.suitability.parts import Part
from coordinator.sayings import coded

OWN_MILK: Final = Verdict.of(
    (
        Reason(
            NOT_A_FIT,
            "household",
            coded("household.own_milk", "is the family's own milk"),
            rule="own_milk",
            is_final=True,
        ),
    )
)
"""The verdict on milk of a donor who is of the family's own household; nobody decides otherwise."""


def own_parts(lot: Lot) -> tuple[Part, ...]:
    """Return the one part of a lot that is the family's own; none where it does not tell its days."""
    if lot.expressed_from is None or lot.expressed_to is None:
        return ()
    return (Part(lot.expressed_from, lot.expressed_to, OWN_MILK, is_whole=True, reaches_end=True),)
