"""Writing one row of a file into the network: a new family, a new role, or what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.agreements import HoldRow
from coordinator.db.base import next_codes
from coordinator.db.donors import DonorRow
from coordinator.db.facts import FactRow, QuestionRow, asked_of
from coordinator.db.households import HouseholdRow
from coordinator.db.pickups import DeliveryRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.roles import ROLE_TABLES, RoleRow, role_rows
from coordinator.domain.codes import CodeLetter
from coordinator.domain.facts.dated_facts import Fact, FactKind, FactSource, QuestionState
from coordinator.domain.families.fields import NUMBERS
from coordinator.domain.families.households import Role, first_name
from coordinator.domain.families.lists import as_text
from coordinator.domain.imports.changes import HOUSEHOLD_KEYS
from coordinator.domain.imports.donor_rows import FACT_KINDS, KEYS_OF_TOPICS
from coordinator.domain.imports.planning import RowPlan
from coordinator.domain.imports.row_answers import (
    Answers,
    Contact,
    DonorAnswers,
    DriverAnswers,
    QuestionAnswer,
    RecipientAnswers,
)
from coordinator.domain.suitability.mentions import mentioned_kind
from coordinator.sayings import coded, saying
from coordinator.services.families.placing import place_again, place_household
from coordinator.services.imports.writing_lots import write_changed_lot, write_lots

KINDS_OF_KEYS: Mapping[str, FactKind] = {**FACT_KINDS, "freezer": FactKind.FREEZER}
"""Field key -> the kind of facts that its answer leaves."""
_ADDRESS_KEYS = {"street", "town", "state", "zip"}

Columns = Mapping[str, Mapping[str, object]]
"""Field key -> the columns it fills."""


def write_family(session: Session, row: Answers, name: str) -> HouseholdRow:
    """Add the household of *row*, placed on the map by its ZIP or town."""
    return write_families(session, [(row, name)])[0]


def write_families(session: Session, rows: Iterable[tuple[Answers, str]]) -> list[HouseholdRow]:
    """Add the household of each row under its name, placed on the map by its ZIP or town."""
    households = [_household(row, name) for row, name in rows]
    session.add_all(households)
    session.flush()
    return households


def _household(row: Answers, name: str) -> HouseholdRow:
    shown = name or row.contact.email or saying("Row {number}", number=row.number).in_english
    told = _flat(_household_columns(row.contact))
    household = HouseholdRow(**(told | {"name": shown, "name_on_paper": first_name(shown)}))
    place_household(household)
    return household


def write_role(session: Session, household: HouseholdRow, row: Answers, today: date) -> RoleRow:
    """Give *household* the role of *row*, with all its answers, and put its questions on the call list."""
    return write_roles(session, [(household, row)], today)[0]


def write_roles(session: Session, rows: Sequence[tuple[HouseholdRow, Answers]], today: date) -> list[RoleRow]:
    """Give each household the role of its row, as :func:`write_role`; the rows are of one list."""
    codes = next_codes(session, CodeLetter[rows[0][1].role.name], len(rows))
    roles = [_role(code, home, row, today) for code, (home, row) in zip(codes, rows, strict=True)]
    session.add_all(roles)
    session.flush()
    lots = []
    for role, (_, row) in zip(roles, rows, strict=True):
        if isinstance(role, DonorRow) and isinstance(row.detail, DonorAnswers):
            told = (*row.detail.facts, *row.detail.mentioned)
            add_facts(session, role, told, answered_on(row, today))
            lots.append((role, row.detail.lot, row.answered_at.date() if row.answered_at else None))
    write_lots(session, lots)
    return roles


def _role(code: str, household: HouseholdRow, row: Answers, today: date) -> RoleRow:
    columns = _flat(_role_columns(row, today))
    return ROLE_TABLES[row.role](code=code, household_id=household.id, **columns)


def _flat(columns: Columns) -> dict[str, Any]:
    return {column: value for filled in columns.values() for column, value in filled.items()}


def write_changes(
    session: Session, household: HouseholdRow, role: RoleRow, row: Answers, keys: Collection[str], today: date
) -> None:
    """Write the fields *keys* of *row*, nothing else."""
    last_notes = household.notes
    for key, columns in {**_household_columns(row.contact), **_role_columns(row, today)}.items():
        if key in keys:
            _set(household if key in HOUSEHOLD_KEYS else role, columns)
    if "notes" in keys and last_notes:
        household.notes = f"{last_notes}\n{row.contact.notes}"
    if _ADDRESS_KEYS & set(keys):
        place_again(session, household)
    if isinstance(role, DonorRow) and isinstance(row.detail, DonorAnswers):
        for key in KINDS_OF_KEYS.keys() & set(keys):
            _replace_facts(session, role, row, KINDS_OF_KEYS[key], today)
        write_changed_lot(session, role, row.detail.lot, keys, today, answered_on(row, today))


def ask_older_stock(session: Session, role: RoleRow, row: Answers, keys: set[str], today: date) -> set[str]:
    """Return *keys* without a family's milk at home if later figures are known: then that is asked."""
    if not isinstance(role, RecipientRow) or "stock" not in keys or not _is_older(session, role, row, today):
        return keys
    told, on = row.values.get("stock", ""), answered_on(row, today)
    said = coded(
        "asked.older_stock",
        "The form of {on} tells {amount} at home, and later figures are known: how much milk is there now?",
        on=on.isoformat(),
        amount=told,
    )
    if said.key not in asked_of(session, role.household_id):
        add_questions(session, role.household_id, [QuestionAnswer("stock", said, told)])
    return keys - {"stock"}


def _is_older(session: Session, role: RecipientRow, row: Answers, today: date) -> bool:
    """Whether the form's milk at home was counted before the figure that is known: by hand, or delivered.

    Of the day of a delivery nobody knows which came first.
    """
    on = answered_on(row, today)
    if role.stock_on is None:
        return False
    query = sa.select(DeliveryRow.id).join(HoldRow, HoldRow.id == DeliveryRow.hold_id)
    came = query.where(HoldRow.recipient_id == role.id, DeliveryRow.on_day == on)
    return on < role.stock_on or (on == role.stock_on and session.scalars(came).first() is not None)


def write_mentions(
    session: Session, role: RoleRow, row: Answers, asked: Iterable[QuestionAnswer], today: date
) -> None:
    """Let a donor's milk wait for what her free words mention as far as it is asked now, not long ago."""
    if isinstance(role, DonorRow) and isinstance(row.detail, DonorAnswers):
        now = {question.raw for question in asked if mentioned_kind(question.topic) is not None}
        told = (fact for fact in row.detail.mentioned if fact.raw in now)
        add_facts(session, role, told, answered_on(row, today))


def role_of(session: Session, household_id: int, role: Role) -> RoleRow | None:
    """Return the household's role, one in use before an archived one; ``None`` if it has none."""
    return next(iter(role_rows(session, role, household_id)), None)


def write_questions(session: Session, household_id: int, plan: RowPlan) -> None:
    """Put the plan's questions on the call list; close those that the row's changed answers answer."""
    changed = {change.key for change in plan.changes}
    asked_now = {question.key for question in plan.taken.questions}
    known = sa.select(QuestionRow).where(
        QuestionRow.household_id == household_id, QuestionRow.state == QuestionState.OPEN
    )
    for question in session.scalars(known):
        key = KEYS_OF_TOPICS.get(question.topic, question.topic)
        if key in changed and question.said.key not in asked_now:
            question.state = QuestionState.ANSWERED
            question.answer = plan.taken.values.get(key, "")
    add_questions(session, household_id, plan.questions)


def add_questions(session: Session, household_id: int, questions: Iterable[QuestionAnswer]) -> None:
    """Put *questions* on the household's call list."""
    session.add_all(
        QuestionRow(
            household_id=household_id, topic=question.topic, text=question.said.stored(), raw=question.raw
        )
        for question in questions
    )


def _replace_facts(session: Session, donor: DonorRow, row: Answers, kind: FactKind, today: date) -> None:
    """Let the form's new answer take the place of its old one; what a call or paper told stays."""
    query = sa.select(FactRow).where(
        FactRow.donor_id == donor.id, FactRow.kind == kind, FactRow.source == FactSource.FORM
    )
    for old in session.scalars(query):
        session.delete(old)
    if isinstance(row.detail, DonorAnswers):
        told = (fact for fact in row.detail.facts if fact.kind is kind)
        add_facts(session, donor, told, answered_on(row, today))


def add_facts(session: Session, donor: DonorRow, facts: Iterable[Fact], on: date | None) -> None:
    """Write what a form told on the day *on*."""
    session.add_all(
        FactRow(
            donor_id=donor.id,
            kind=fact.kind,
            presence=fact.presence,
            subject=fact.subject,
            start_on=fact.start,
            end_on=fact.end,
            raw=fact.raw,
            source=fact.source,
            recorded_on=on,
        )
        for fact in facts
    )


def _household_columns(contact: Contact) -> Columns:
    address = contact.address
    return {
        "name": {"name": contact.name, "name_on_paper": first_name(contact.name)},
        "email": {"email": contact.email},
        "phone": {"phone": contact.phone},
        "other_phone": {"other_phone": contact.other_phone},
        "other_email": {"other_email": contact.other_email},
        "street": {"street": address.street},
        "town": {"town": address.town},
        "state": {"state": address.state},
        "zip": {"zip_code": address.zip_code},
        "preferred_contact": {"preferred_contact": contact.preferred_contact},
        "languages": {"languages": contact.languages},
        "hours": {"hours": contact.hours},
        "notes": {"notes": contact.notes},
        "read_before_ringing": {"read_before_ringing": contact.read_before_ringing},
    }


def _role_columns(row: Answers, today: date) -> Columns:
    numbers = {field.topic: {field.key: row.numbers.get(field.key)} for field in NUMBERS[row.role]}
    return {**_detail_columns(row, today), **numbers}


def _detail_columns(row: Answers, today: date) -> Columns:
    match row.detail:
        case DonorAnswers() as donor:
            return {
                "baby_born": {"baby_born": donor.baby_born},
                "gestation": {"gestation_weeks": donor.gestation_weeks},
            }
        case RecipientAnswers() as recipient:
            return _recipient_columns(recipient, answered_on(row, today))
        case driver:
            return _driver_columns(driver, today)


def _recipient_columns(told: RecipientAnswers, sent_on: date) -> Columns:
    own, stock = told.own_supply, told.stock
    avoid = None if told.must_avoid is None else as_text(told.must_avoid)
    return {
        "baby_name": {"baby_name": told.baby_name},
        "baby_born": {"baby_born": told.baby_born},
        "babies": {"babies": told.babies},
        "gestation": {"gestation_weeks": told.gestation_weeks},
        "reason": {"reason": told.reason},
        "own_supply": {
            "own_supply_low": own.low if own else None,
            "own_supply_high": own.high if own else None,
        },
        "formula": {"formula": told.formula.low if told.formula else None},
        "formula_mentioned": {"formula_mentioned": told.formula_mentioned},
        "stock": {"stock": stock.low if stock else None, "stock_on": sent_on if stock else None},
        "freezer_space": {"freezer": told.freezer_space},
        "must_avoid": {"must_avoid": avoid},
        "medicine_ok": {"medicine_ok": told.medicine_ok},
        "nicotine_ok": {"nicotine_ok": told.nicotine_ok},
        "reach": {"reach_miles": told.reach_miles, "reach_minutes": told.reach_minutes},
        "has_car": {"has_car": told.has_car},
        "meets_halfway": {"meets_halfway": told.meets_halfway},
        "needs_this_week": {"needs_this_week": told.needs_this_week},
    }


def _driver_columns(told: DriverAnswers, today: date) -> Columns:
    ahead = [span for span in told.away if span[1] >= today] or list(told.away[-1:])
    first, last = ahead[0] if ahead else (None, None)
    return {
        "coolers": {"coolers_qt": ",".join(map(str, told.coolers_qt))},
        "max_miles": {"max_miles": told.max_miles},
        "away": {"away_from": first, "away_to": last},
    }


def _set(target: HouseholdRow | RoleRow, columns: Mapping[str, object]) -> None:
    for column, value in columns.items():
        setattr(target, column, value)


def answered_on(row: Answers, today: date) -> date:
    """Return the day the form was sent; *today* if that is not told, or is said to be later."""
    return min(row.answered_at.date(), today) if row.answered_at else today
