"""What a family probably has at home: the last figure, less what its baby has drunk since."""

from __future__ import annotations

from datetime import date

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.db.recipients import RecipientRow
from coordinator.domain.pickups.settling import stock_left
from coordinator.domain.volume import Volume


def at_home(family: RecipientRow, on: date) -> Volume | None:
    """Return what a family probably has by *on*, ``None`` where nobody told."""
    if family.stock is None or family.stock_on is None:
        return family.stock
    return left_of(family, family.stock, family.stock_on, on)


def left_of(family: RecipientRow, stock: Volume, since: date, on: date) -> Volume:
    """Return what the baby has probably left of *stock*; all of it while nobody knows how old it is."""
    if family.baby_born is None:
        return stock
    supply = (family.own_supply_low or Volume()) + (family.formula or Volume())
    return stock_left(load_intake_policy(), family.baby_born, family.babies, supply, stock, since, on)
