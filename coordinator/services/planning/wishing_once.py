"""A plan with wishes for this once, beside those that are kept: nothing of them is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coordinator.db.database import Database
from coordinator.domain.planning.network import PlanNetwork, Wishes
from coordinator.domain.planning.plan import Plan
from coordinator.domain.planning.proposal_ids import ProposalId, read_id, read_key
from coordinator.domain.planning.wishes import possible, with_forbidden, with_pin
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.planning.gathering import Asked
from coordinator.services.planning.windows import ground_of, plan_on
from coordinator.services.planning.wishes import wishes_kept


def plan_once(
    database: Database, asked: Asked, today: date, pinned: Sequence[str] = (), forbidden: Sequence[str] = ()
) -> Plan:
    """Return the best plan with the wishes that are kept, and with those of this once.

    Of the plan without those of this once as little as possible changes.

    Args:
        database: The open network; nothing is written.
        asked: What is asked of the plan.
        today: The day it is made on.
        pinned: Ids of proposals that are kept, with as much as they say (``L-0021:R-0003:57``).
        forbidden: Lots and families (``L-0021:R-0003``); that milk does not go there.

    Raises:
        UserError: If one cannot be read, may not go there as things stand, or is more than is free.
    """
    pins, keys = [read_id(one) for one in pinned], [read_key(one) for one in forbidden]
    ground, wishes = ground_of(database, asked, today), wishes_kept(database)
    plan = plan_on(ground, wishes, {})
    if not pins and not keys:
        return plan
    for key in keys:
        wishes = with_forbidden(wishes, key)
    for pin in pins:
        wishes = with_pin(wishes, pin.key, _ounces(pin, ground.gathered.network))
    _check(wishes, pins, ground.gathered.network)
    return plan_on(ground, wishes, {(one.lot, one.recipient): one.ounces for one in plan.proposals})


def _ounces(pin: ProposalId, network: PlanNetwork) -> float:
    lot = next((one for one in network.lots if one.code == pin.lot), None)
    if lot is None or pin.key not in {pair.key for pair in network.pairs}:
        raise UserError(
            saying("{lot} cannot be planned for {family} as things stand.", lot=pin.lot, family=pin.family)
        )
    ounces = pin.ounces if pin.bags is None else pin.bags * lot.bag_oz
    if ounces <= 0:
        raise UserError(
            saying(
                "“{text}” keeps nothing: say how many bags, or “oz” where none were counted.", text=pin.text
            )
        )
    return ounces


def _check(wishes: Wishes, pins: Sequence[ProposalId], network: PlanNetwork) -> None:
    """Raise where more is pinned than is free."""
    allowed = possible(wishes, network).pins
    for pin in pins:
        if allowed.get(pin.key, 0.0) < wishes.pins[pin.key] - _LESS_THAN_SHOWN:
            raise UserError(
                saying(
                    "Only {n:.0f} oz of {lot} can be kept for {family}: no more is free, or its freezer has "
                    "no room for more.",
                    n=allowed.get(pin.key, 0.0),
                    lot=pin.lot,
                    family=pin.family,
                )
            )


_LESS_THAN_SHOWN = 0.5
