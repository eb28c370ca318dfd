"""Questions about holds that need the lots, families and pickups around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coordinator.db.agreements import AgreementRow, HoldRow
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow, to_household
from coordinator.db.milk import LotRow
from coordinator.db.pair_pauses import pauses_in_force
from coordinator.db.pickups import LoadRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.agreements.holds import Hold
from coordinator.domain.agreements.pair_pauses import PairPause
from coordinator.domain.families.households import Household
from coordinator.domain.milk.splitting import is_about

GIVER = aliased(HouseholdRow)
TAKER = aliased(HouseholdRow)


@dataclass(frozen=True, slots=True)
class HeldMilk:
    """A hold with the rows around it, by id."""

    hold: Hold
    id: int
    lot_id: int
    recipient_id: int
    donor_household_id: int
    recipient_household_id: int


def held_milk(session: Session, *conditions: sa.ColumnElement[bool]) -> list[HeldMilk]:
    """Return the holds that meet the *conditions* on ``HoldRow``, ``LotRow``, ``LoadRow``…, by code.

    Each knows whether its two are paused.
    """
    query = (
        sa.select(
            HoldRow, LotRow, DonorRow.code, RecipientRow.code, GIVER, TAKER, AgreementRow, PickupRow.code
        )
        .join(LotRow, LotRow.id == HoldRow.lot_id)
        .join(DonorRow, DonorRow.id == LotRow.donor_id)
        .join(GIVER, GIVER.id == DonorRow.household_id)
        .join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
        .join(TAKER, TAKER.id == RecipientRow.household_id)
        .outerjoin(AgreementRow, AgreementRow.hold_id == HoldRow.id)
        .outerjoin(LoadRow, LoadRow.hold_id == HoldRow.id)
        .outerjoin(PickupRow, PickupRow.id == LoadRow.pickup_id)
    )
    rows = session.execute(query.where(*conditions).order_by(HoldRow.code))
    pauses = pauses_in_force(session)
    return [_held(row, pauses) for row in rows]


def held_by_pickup(session: Session, pickup_ids: Sequence[int]) -> dict[int, list[HeldMilk]]:
    """Return the holds that travel with these pickups, by pickup id, each pickup's by code."""
    travels = LoadRow.pickup_id.in_(pickup_ids)
    loads = session.execute(sa.select(LoadRow.hold_id, LoadRow.pickup_id).where(travels))
    pickup_of = dict(iter(loads))
    result: dict[int, list[HeldMilk]] = defaultdict(list)
    for one in held_milk(session, travels):
        result[pickup_of[one.id]].append(one)
    return result


def codes_of_holds(session: Session, hold_ids: set[int]) -> dict[int, str]:
    """Return the codes of these holds by id, whatever became of them since."""
    found = session.execute(sa.select(HoldRow.id, HoldRow.code).where(HoldRow.id.in_(hold_ids)))
    return dict(iter(found))


def _held(
    row: sa.Row[HoldRow, LotRow, str, str, HouseholdRow, HouseholdRow, AgreementRow, str],
    pauses: Mapping[tuple[int, int], PairPause],
) -> HeldMilk:
    hold, lot, donor_code, recipient_code, giver, taker, agreement, pickup_code = row
    value = Hold(
        code=hold.code,
        lot_code=lot.code,
        donor_code=donor_code,
        donor_name=giver.name,
        donor_town=giver.town,
        recipient_code=recipient_code,
        recipient_name=taker.name,
        recipient_town=taker.town,
        volume=hold.volume,
        bags=hold.bags,
        only_from=hold.only_from,
        made_on=hold.made_on,
        expires_on=hold.expires_on,
        state=hold.state,
        donor_yes_on=agreement.donor_yes_on if agreement else None,
        family_yes_on=agreement.family_yes_on if agreement else None,
        pickup_code=pickup_code or "",
        is_about=is_about(lot.expressed_from, hold.only_from),
        pause=pauses.get((lot.donor_id, hold.recipient_id)),
    )
    return HeldMilk(value, hold.id, lot.id, hold.recipient_id, giver.id, taker.id)


def households_by_id(session: Session, household_ids: set[int]) -> dict[int, Household]:
    """Return the households as values, by id."""
    rows = session.scalars(sa.select(HouseholdRow).where(HouseholdRow.id.in_(household_ids)))
    return {row.id: to_household(row) for row in rows}
