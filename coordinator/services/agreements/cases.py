"""Every family's case: what it needs, and where each of its holds stands on its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.intake import load_intake_policy
from coordinator.adapters.policies.matching_limits import load_matching_policy
from coordinator.db.agreements import HoldRow
from coordinator.db.asked_after import askings_of
from coordinator.db.contacts import contacts_by_hold
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.holds import HeldMilk, held_milk
from coordinator.db.households import HouseholdRow
from coordinator.db.pickups import DeliveryRow
from coordinator.db.standing_pairs import standing_days_of
from coordinator.domain.agreements.cases import WEEK, Case, Family, case_of_family
from coordinator.domain.agreements.holds import HoldState, still_counts
from coordinator.domain.agreements.promises import Came, OnPickup, Promise, Terms
from coordinator.domain.agreements.renewals import Renewal
from coordinator.domain.imports.free_words import words_of_loss
from coordinator.domain.milk.arriving import lacking
from coordinator.domain.milk.left_behind import LeftBehind
from coordinator.domain.milk.recipients import RecipientSummary
from coordinator.domain.pickups.plans import PickupKind, PickupSummary
from coordinator.domain.policies.verdicts import VerdictKind
from coordinator.domain.suitability.babies import judge_baby, needs_clinician
from coordinator.errors import NotFoundError
from coordinator.services.agreements.standing_pairs import renewals_by_family
from coordinator.services.families.recipients import list_recipients
from coordinator.services.pickups.left_behind import left_behind
from coordinator.services.pickups.planning import pickups_to_come_or_settle
from coordinator.services.settings.values import load_settings
from coordinator.services.suitability.told_before import asked_before, informed_in


@dataclass(frozen=True, slots=True)
class Around:
    """What a caller has read already, so that it is read once."""

    families: Sequence[RecipientSummary]
    pickups: Sequence[PickupSummary]
    left: Sequence[LeftBehind]


def around(database: Database, today: date) -> Around:
    """Return the families, all pickups that are planned, and what was left behind."""
    return Around(
        list_recipients(database, today),
        pickups_to_come_or_settle(database, date.max, today),
        left_behind(database, today),
    )


def cases(database: Database, today: date, known: Around | None = None) -> tuple[Case, ...]:
    """Return the case of every family that is in use, by code."""
    known = known or around(database, today)
    with database.reading() as session:
        terms = Terms(today, load_matching_policy(), load_settings(session).volume_unit)
        promises = promises_by_family(session, known, terms)
        renewals = renewals_by_family(session, today)
    return tuple(case_of_family(_family(one, promises, renewals, terms), terms) for one in known.families)


def case_of(database: Database, recipient: str, today: date, known: Around | None = None) -> Case:
    """Return the case of one family; *known* is what the caller has read already.

    Raises:
        NotFoundError: If there is none with this code, or it was removed.
    """
    for one in cases(database, today, known):
        if one.code == recipient.upper():
            return one
    raise NotFoundError(recipient)


def _family(
    one: RecipientSummary,
    promises: Mapping[str, list[Promise]],
    renewals: Mapping[str, list[Renewal]],
    terms: Terms,
) -> Family:
    return Family(
        one,
        tuple(promises.get(one.code, ())),
        lacking(load_intake_policy(), one.runway, terms.today, terms.today + WEEK),
        judge_baby(one.baby, terms.policy, terms.today).kind is VerdictKind.REFER,
        tuple(renewals.get(one.code, ())),
    )


def promises_by_family(
    session: Session, known: Around, terms: Terms, *more: sa.ColumnElement[bool]
) -> dict[str, list[Promise]]:
    """Return the holds that a case may speak of, by family, with what lies around each.

    *more* are conditions on ``HoldRow`` for holds that no case speaks of any more.
    """
    held = held_milk(session, sa.or_(*_spoken_of(known, terms), *more))
    ids = {one.id for one in held}
    contacts, came = contacts_by_hold(session, ids), _came(session, ids)
    standing = standing_days_of(session, ids)
    pickups = {one.code: _on_pickup(one) for one in known.pickups}
    left = {one.hold_code: one for one in known.left}
    first = _read_first(session, {one.donor_household_id for one in held})
    asks = {one.code for one in known.families if needs_clinician(one.baby, terms.policy)}
    rests = {one.code for one in known.families if one.paused} | _mourning(session, held)
    found: dict[str, list[Promise]] = defaultdict(list)
    kept = [one for one in held if still_counts(one.hold.state, one.hold.expires_on, terms.today)]
    informed = informed_in(session, kept)
    asked = asked_before(session, kept, terms.today, informed)
    for one in held:
        hold = replace(one.hold, still_asked=asked.get(one.hold.code, ()))
        found[hold.recipient_code].append(
            Promise(
                hold,
                contacts.get(one.id, ()),
                pickups.get(hold.pickup_code),
                came.get(one.id),
                left.get(hold.code),
                is_own=one.donor_household_id == one.recipient_household_id,
                donor_reads_first=one.donor_household_id in first,
                needs_clinician=hold.recipient_code in asks,
                standing_on=standing.get(one.id),
                informed=informed.get(one.id, ()),
                family_rests=hold.recipient_code in rests,
            )
        )
    return found


def _spoken_of(known: Around, terms: Terms) -> list[sa.ColumnElement[bool]]:
    """Return which holds a case may speak of: on their way, or ended, released or handed over lately."""
    asked_after = sa.select(DeliveryRow.hold_id).where(
        DeliveryRow.on_day >= terms.today - timedelta(days=terms.policy.ask_after_until_days),
    )
    lately = HoldRow.made_on >= terms.today - timedelta(days=terms.policy.ended_hold_days)
    return [
        HoldRow.state.in_((HoldState.OPEN, HoldState.AGREED)),
        sa.and_(HoldRow.state == HoldState.RELEASED, lately),
        HoldRow.id.in_(asked_after),
        HoldRow.code.in_([one.hold_code for one in known.left]),
    ]


def _came(session: Session, hold_ids: set[int]) -> dict[int, Came]:
    row = DeliveryRow
    query = sa.select(row.hold_id, row.id, row.on_day, row.delivered, row.lost, row.against)
    found = session.execute(query.where(row.hold_id.in_(hold_ids))).all()
    askings = askings_of(session, [delivery_id for _, delivery_id, *_ in found])
    return {
        hold_id: Came(on, came, lost, askings.get(delivery_id, ()), is_unfit=bool(against))
        for hold_id, delivery_id, on, came, lost, against in found
    }


def _mourning(session: Session, held: Sequence[HeldMilk]) -> set[str]:
    """Return the codes of the families that lost a baby, by their own words or as donors."""
    homes = {one.recipient_household_id: one.hold.recipient_code for one in held}
    noted = sa.select(HouseholdRow.id, HouseholdRow.read_before_ringing).where(
        HouseholdRow.id.in_(homes), HouseholdRow.read_before_ringing != ""
    )
    found = {home for home, words in session.execute(noted) if words_of_loss(words)}
    bereaved = sa.select(DonorRow.household_id).where(DonorRow.household_id.in_(homes), DonorRow.bereaved)
    return {homes[home] for home in (*found, *session.scalars(bereaved))}


def _read_first(session: Session, household_ids: set[int]) -> set[int]:
    """Return the donors' households where a note is read, or a loss thought of, before anybody rings."""
    query = (
        sa.select(HouseholdRow.id)
        .join(DonorRow, DonorRow.household_id == HouseholdRow.id)
        .where(HouseholdRow.id.in_(household_ids))
        .where(sa.or_(HouseholdRow.read_before_ringing != "", DonorRow.bereaved))
    )
    return set(session.scalars(query))


def _on_pickup(one: PickupSummary) -> OnPickup:
    return OnPickup(
        one.code,
        one.on,
        one.starts_at,
        is_run=one.kind is PickupKind.RUN,
        meeting_place=one.meeting_place,
        driver_code=one.driver_code,
        driver_name=one.carrier if one.driver_code else "",
        driver_said_yes=one.driver_yes_on is not None,
        printed_on=one.printed_at.astimezone().date() if one.printed_at and one.prints else None,
        is_changed=one.changed_since_printed,
    )
