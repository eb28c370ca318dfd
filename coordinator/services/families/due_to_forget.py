"""Whom to think of forgetting: families with whom nothing passed for so many months."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.audit import AuditChangeRow, AuditRow
from coordinator.db.calls import CallMadeRow
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.family_messages import FamilyMessageRow
from coordinator.db.family_traces import codes_of
from coordinator.db.forgetting_rows import File
from coordinator.db.households import HouseholdRow
from coordinator.db.milk import LotRow
from coordinator.db.pickups import DeliveryRow, PickupRow
from coordinator.db.recipients import RecipientRow
from coordinator.domain.families.forgetting_plan import Due, DueFamily
from coordinator.domain.volume import Volume
from coordinator.sayings import Saying, saying
from coordinator.services.families.removing import StillNeededError
from coordinator.services.families.still_needed import refuse_needed
from coordinator.services.settings.values import load_settings


def due_to_forget(database: Database, today: date) -> Due:
    """Return the families with whom neither milk nor a word passed for the months of the setting.

    One of whom milk is promised or travels is not among them, nor one that is forgotten.
    """
    with database.reading() as session:
        months = load_settings(session).forget_after_months
        if not months:
            return Due(0)
        before = today - relativedelta(months=months)
        milk, contact, listed = _milk(session), _contact(session), _listed(session)
        file = File(session.connection())
        families, found = _families(session), []
        living = sa.select(HouseholdRow).where(
            HouseholdRow.forgotten_on.is_(None), HouseholdRow.merged_into_id.is_(None)
        )
        for home in session.scalars(living.order_by(HouseholdRow.id)).all():
            family = families[home.id]
            came = max((milk[one] for one in family if one in milk), default=None)
            talked = max((contact[one] for one in family if one in contact), default=None)
            since = max((listed[one] for one in family if one in listed), default=None)
            last = max(filter(None, (came, talked, since)), default=None)
            codes = codes_of(file, {home.id})
            if last is None or last > before or not codes:
                continue
            try:
                refuse_needed(session, family, today)
            except StillNeededError:
                continue
            found.append(DueFamily(codes[0], home.name, last, _reason(came, talked, last)))
    return Due(months, tuple(sorted(found, key=lambda one: (one.last_on, one.code))))


def _families(session: Session) -> dict[int, set[int]]:
    """Return the households that each household stands for, itself and all that were made part of it."""
    rows = session.execute(sa.select(HouseholdRow.id, HouseholdRow.merged_into_id))
    links = {home: into for home, into in rows}  # noqa: C416 - for the type checker
    found: dict[int, set[int]] = {one: {one} for one in links}
    for one in links:
        whole = one
        while (into := links[whole]) is not None:
            whole = into
        found[whole].add(one)
    return found


def _reason(came: date | None, talked: date | None, last: date) -> Saying:
    if came is None and talked is None:
        return saying("neither milk nor a word since they came onto the list on {on}", on=last)
    if came is None:
        return saying("no milk ever; last in touch on {on}", on=talked or last)
    if talked is None or talked <= came:
        return saying("last milk on {on}", on=came)
    return saying("last milk on {on}, last in touch on {talked}", on=came, talked=talked)


def _milk(session: Session) -> dict[int, date]:
    """Return when milk last came to, went from or was driven by each household, by id."""
    last: dict[int, date] = {}
    base = (
        sa.select(sa.func.max(DeliveryRow.on_day))
        .join_from(DeliveryRow, HoldRow, HoldRow.id == DeliveryRow.hold_id)
        .where(DeliveryRow.delivered > Volume())
    )
    taken = base.join(RecipientRow, RecipientRow.id == HoldRow.recipient_id)
    given = base.join(LotRow, LotRow.id == HoldRow.lot_id).join(DonorRow, DonorRow.id == LotRow.donor_id)
    driven = base.join(PickupRow, PickupRow.id == DeliveryRow.pickup_id).join(
        DriverRow, DriverRow.id == PickupRow.driver_id
    )
    for query, role in ((taken, RecipientRow), (given, DonorRow), (driven, DriverRow)):
        for on, home in session.execute(query.add_columns(role.household_id).group_by(role.household_id)):
            last[home] = max(last.get(home, on), on)
    return last


def _contact(session: Session) -> dict[int, date]:
    """Return when somebody was last in touch with each household, by id."""
    last: defaultdict[int, date] = defaultdict(lambda: date.min)
    told = [
        sa.select(HouseholdRow.id, HouseholdRow.last_contact_on),
        sa.select(CallMadeRow.household_id, sa.func.max(CallMadeRow.on_day)).group_by(
            CallMadeRow.household_id
        ),
        sa.select(FamilyMessageRow.household_id, sa.func.max(FamilyMessageRow.asked_on)).group_by(
            FamilyMessageRow.household_id
        ),
    ]
    for query in told:
        for home, on in session.execute(query):
            last[home] = max(last[home], on or date.min)
    return {home: on for home, on in last.items() if on != date.min}


def _listed(session: Session) -> dict[int, date]:
    """Return when each household came onto the list, by id."""
    made = (
        sa.select(AuditChangeRow.row_id, sa.func.min(AuditRow.at))
        .join(AuditRow, AuditRow.id == AuditChangeRow.audit_id)
        .where(AuditChangeRow.table == HouseholdRow.__tablename__)
        .group_by(AuditChangeRow.row_id)
    )
    return {home: at.date() for home, at in session.execute(made)}
