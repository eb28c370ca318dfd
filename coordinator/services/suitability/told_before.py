"""What each side was told before it chose, what is another since, and so whom to ask again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.choices import ChoiceRow, choices_in_force, to_choice
from coordinator.db.facts import facts_by_donor
from coordinator.db.holds import HeldMilk, households_by_id
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow, to_baby
from coordinator.domain.agreements.choices import Informed
from coordinator.domain.agreements.disclosed import changes, disclosed, stored_told
from coordinator.domain.agreements.holds import Side
from coordinator.domain.agreements.informed_choice import Told
from coordinator.domain.families.households import first_name
from coordinator.sayings import Saying
from coordinator.services.settings.values import load_settings
from coordinator.services.suitability.still_asked import still_asked


def known_of(session: Session, held: Sequence[HeldMilk]) -> dict[int, Told]:
    """Return what a letter about each of these holds may draw on, by id of the hold.

    What the baby needs, what is still to be asked and whether the donor grieves is not looked up here.
    """
    if not held:
        return {}
    settings = load_settings(session)
    homes = households_by_id(
        session, {one for each in held for one in (each.donor_household_id, each.recipient_household_id)}
    )
    lot_ids, family_ids = {one.lot_id for one in held}, {one.recipient_id for one in held}
    lots = {row.id: row for row in session.scalars(sa.select(LotRow).where(LotRow.id.in_(lot_ids)))}
    having = sa.select(RecipientRow).where(RecipientRow.id.in_(family_ids))
    families = {row.id: row for row in session.scalars(having)}
    donors = {row.donor_id for row in lots.values()}
    facts = facts_by_donor(session, next(iter(donors)) if len(donors) == 1 else None)
    return {
        one.id: Told(
            one.hold,
            homes[one.donor_household_id],
            homes[one.recipient_household_id],
            to_baby(families[one.recipient_id]),
            facts.get(lots[one.lot_id].donor_id, ()),
            (one.hold.only_from or lots[one.lot_id].expressed_from, lots[one.lot_id].expressed_to),
            signature=settings.coordinator_name,
            network=settings.network_name,
            unit=settings.volume_unit,
        )
        for one in held
    }


def informed_in(session: Session, held: Sequence[HeldMilk]) -> Mapping[int, tuple[Informed, ...]]:
    """Return where each side's informed choice stands, by id of the hold; both sides of each."""
    found = choices_in_force(session, {one.id for one in held})
    chosen = {(row.hold_id, row.side): (row, scanned) for row, scanned in found}
    about = {row.hold_id for row, _ in found}
    known = known_of(session, [one for one in held if one.id in about])
    return {one.id: tuple(_informed(one, side, chosen, known) for side in Side) for one in held}


def _informed(
    held: HeldMilk,
    side: Side,
    chosen: Mapping[tuple[int, Side], tuple[ChoiceRow, str]],
    known: Mapping[int, Told],
) -> Informed:
    hold = held.hold
    names = first_name(hold.donor_name), first_name(hold.recipient_name)
    name, other = names if side is Side.DONOR else names[::-1]
    yes_on = hold.donor_yes_on if side is Side.DONOR else hold.family_yes_on
    if (held.id, side) not in chosen:
        return Informed(side, name, other, yes_on)
    row, scanned = chosen[held.id, side]
    now = disclosed(known[held.id], side)
    changed = changes(stored_told(row.told), now)
    return Informed(side, name, other, yes_on, to_choice(row, hold.code, scanned), changed)


def asked_before(
    session: Session,
    held: Collection[HeldMilk],
    today: date,
    informed: Mapping[int, tuple[Informed, ...]] | None = None,
) -> dict[str, tuple[Saying, ...]]:
    """Return what is to be asked before each hold's milk goes, by its code.

    First whom to ask because the two are paused, then whom again, then what is open. *informed* is where the
    choices stand, where the caller knows it.
    """
    stands = informed if informed is not None else informed_in(session, list(held))
    still = still_asked(session, [one.hold.code for one in held], today)
    return {
        one.hold.code: (
            *((one.hold.pause.asks,) if one.hold.pause else ()),
            *(side.again for side in stands[one.id] if side.asks_again),
            *still.get(one.hold.code, ()),
        )
        for one in held
    }
