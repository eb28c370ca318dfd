"""The milk of a donor's form: one lot, followed from export to export, never below what is promised."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.base import next_code
from coordinator.db.donors import DonorRow
from coordinator.db.facts import QuestionRow
from coordinator.db.milk import Balance, LotRow, balances
from coordinator.domain.imports.answers import LotAnswer
from coordinator.domain.volume import Volume

LOT_KEYS = {"ounces", "bags", "expressed_from", "expressed_to", "freezer", "heat_treated"}


def write_lot(
    session: Session,
    donor: DonorRow,
    told: LotAnswer,
    keys: Collection[str] | None,
    today: date,
    answered_on: date | None = None,
) -> None:
    """Add the donor's lot (*keys* ``None``) or change it as far as *keys* say.

    Milk newer than *answered_on*, the day of the form, is no slip: she is still pumping, which is noted.

    Milk all younger than the lot's is a new lot. With several lots nobody can tell which the form
    means: then the change becomes a question.
    """
    if keys is not None and not LOT_KEYS & set(keys):
        return
    query = sa.select(LotRow).where(LotRow.donor_id == donor.id, LotRow.archived_on.is_(None))
    lots = list(session.scalars(query.order_by(LotRow.id)))
    is_new_milk = all(
        told.expressed_from and lot.expressed_to and told.expressed_from > lot.expressed_to for lot in lots
    )
    if keys is None or is_new_milk:
        _add(session, donor, told, answered_on)
    elif len(lots) > 1:
        _ask(session, donor, "The form now tells other milk, and there are several lots: which one changed?")
    else:
        balance = balances(session, today).get(lots[0].id, Balance())
        _change(session, donor, lots[0], balance, told, set(keys))


STILL_PUMPING = "still pumping when the form was sent"


def _add(session: Session, donor: DonorRow, told: LotAnswer, answered_on: date | None) -> None:
    first, last = _span(told)
    is_pumping = last is not None and answered_on is not None and last > answered_on
    notes = ("" if told.freezer or told.place else told.stored_in, STILL_PUMPING if is_pumping else "")
    volume = told.offered.low if told.offered else Volume()
    if not volume and told.bags is None and first is None and last is None:
        return
    row = LotRow(
        code=next_code(session, "L"),
        donor_id=donor.id,
        volume=volume,
        bags=told.bags,
        is_estimate=_is_estimate(told),
        expressed_from=first,
        expressed_to=last,
        freezer=told.freezer,
        place=told.place,
        heat_treated=told.heat_treated,
        note="; ".join(filter(None, notes)),
    )
    session.add(row)


def _change(
    session: Session, donor: DonorRow, lot: LotRow, balance: Balance, told: LotAnswer, keys: set[str]
) -> None:
    if "ounces" in keys and told.offered:
        _count_again(session, donor, lot, balance, told.offered.low)
        lot.is_estimate = _is_estimate(told)
    if "bags" in keys:
        lot.bags = _counted_again(balance, told.bags)
    if keys & {"expressed_from", "expressed_to"}:
        first, last = _span(told)
        lot.expressed_from, lot.expressed_to = first or lot.expressed_from, last or lot.expressed_to
    if "freezer" in keys:
        lot.freezer, lot.place = told.freezer, told.place
    if "heat_treated" in keys:
        lot.heat_treated = told.heat_treated


def _count_again(session: Session, donor: DonorRow, lot: LotRow, balance: Balance, now: Volume) -> None:
    """Set what is there now. What was carried away before still counts as offered; what is held, stays."""
    if now < balance.held:
        _ask(
            session,
            donor,
            f"She now tells {now.oz:.0f} oz, but {balance.held.oz:.0f} oz of {lot.code} are held or agreed: "
            "how much is there?",
        )
    lot.volume = max(now, balance.held) + balance.delivered + balance.lost


def _counted_again(balance: Balance, now: int | None) -> int | None:
    """Return how many bags were offered in all, from those that are there now."""
    return None if now is None else max(now, balance.held_bags) + balance.gone_bags


def _span(told: LotAnswer) -> tuple[date | None, date | None]:
    """Return oldest and newest; neither when they contradict each other, which is on the call list."""
    first, last = told.expressed_from, told.expressed_to
    return (None, None) if first and last and first > last else (first, last)


def _is_estimate(told: LotAnswer) -> bool:
    offered = told.offered
    return offered is not None and (offered.is_estimate or offered.low != offered.high)


def _ask(session: Session, donor: DonorRow, text: str) -> None:
    session.add(QuestionRow(household_id=donor.household_id, topic="ounces", text=text))
