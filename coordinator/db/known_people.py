"""Everybody the network knows, as an import compares them with the rows of a file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.db.donors import DonorRow
from coordinator.db.drivers import DriverRow
from coordinator.db.facts import QuestionRow, facts_by_donor, question_said
from coordinator.db.households import HouseholdRow
from coordinator.db.imports import ImportedCellsRow, ImportRow
from coordinator.db.milk import LotRow
from coordinator.db.recipients import RecipientRow
from coordinator.db.roles import role_rows
from coordinator.domain.facts.dated_facts import Fact, QuestionState
from coordinator.domain.families.fields import NUMBERS
from coordinator.domain.families.households import Role
from coordinator.domain.families.lists import as_text, parts_of, told
from coordinator.domain.imports.amounts import amount_text
from coordinator.domain.imports.donor_rows import FACT_KINDS
from coordinator.domain.imports.people import KnownPerson
from coordinator.domain.imports.planning import Outcome
from coordinator.domain.imports.row_answers import Contact
from coordinator.domain.places.positions import Address
from coordinator.domain.reading import readings as fact_words
from coordinator.domain.suitability.mentions import answers_among
from coordinator.domain.volume import Volume

Values = dict[str, str]


def known_people(session: Session) -> list[KnownPerson]:
    """Return every household; one merged away stands for the family it became, under its own contact."""
    households = {row.id: row for row in session.scalars(sa.select(HouseholdRow).order_by(HouseholdRow.id))}
    codes, stored, removed = _roles(session)
    last = _last_values(session)
    asked, unanswered, unread = _questions(session)
    people = []
    for row in households.values():
        family = _became(row, households)
        people.append(
            KnownPerson(
                household_id=family.id,
                contact=contact_of(row),
                codes=codes.get(family.id, {}),
                last_values=last.get(row.id, {}),
                stored=_household_values(family) | stored.get(family.id, {}),
                asked=frozenset(asked[family.id]),
                removed=frozenset(removed[family.id]),
                unanswered=frozenset(unanswered[family.id]),
                unread=frozenset(unread[family.id]),
            )
        )
        if family is not row:
            own_roles = {*codes.get(row.id, {}), *last.get(family.id, {})}
            people[-1] = replace(
                people[-1],
                own_id=row.id,
                before=_household_values(row) | stored.get(row.id, {}),
                kept=frozenset(own_roles & codes.get(family.id, {}).keys()),
            )
    return people


_Topics = defaultdict[int, set[str]]


def _questions(session: Session) -> tuple[_Topics, _Topics, _Topics]:
    """Return by household the keys of all questions, the topics of those open, and of those with words."""
    asked, unanswered, unread = _Topics(set), _Topics(set), _Topics(set)
    row = QuestionRow
    query = sa.select(row.household_id, row.text, row.topic, row.raw, row.state)
    for household_id, text, topic, raw, state in session.execute(query):
        asked[household_id].add(question_said(text).key)
        if state is QuestionState.OPEN:
            unanswered[household_id].add(topic)
            if raw:
                unread[household_id].add(topic)
    return asked, unanswered, unread


def _became(row: HouseholdRow, households: Mapping[int, HouseholdRow]) -> HouseholdRow:
    """Return the family that *row* is part of now, itself unless it was merged."""
    while row.merged_into_id is not None:
        row = households[row.merged_into_id]
    return row


def contact_of(row: HouseholdRow) -> Contact:
    """Return the household as the answers of a form have it."""
    return Contact(
        row.name,
        row.email,
        row.phone,
        Address(row.street, row.town, row.state, row.zip_code),
        row.preferred_contact,
        row.languages,
        row.hours,
        row.notes,
        row.read_before_ringing,
        other_phone=row.other_phone,
        other_email=row.other_email,
    )


def _household_values(row: HouseholdRow) -> Values:
    keys = ("name", "email", "phone", "street", "town", "state", "preferred_contact", "languages", "hours")
    values = {
        key: getattr(row, key)
        for key in (*keys, "other_phone", "other_email", "notes", "read_before_ringing")
    }
    return values | {"zip": row.zip_code}


def _roles(
    session: Session,
) -> tuple[dict[int, dict[Role, str]], dict[int, Values], defaultdict[int, set[Role]]]:
    """Return each household's codes by role, those in use first, what its roles hold, and who is removed."""
    removed: defaultdict[int, set[Role]] = defaultdict(set)
    codes: dict[int, dict[Role, str]] = defaultdict(dict)
    stored: dict[int, Values] = defaultdict(dict)
    lots: dict[int, list[LotRow]] = defaultdict(list)
    for lot in session.scalars(sa.select(LotRow).where(LotRow.archived_on.is_(None)).order_by(LotRow.id)):
        lots[lot.donor_id].append(lot)
    facts = facts_by_donor(session)
    for role in Role:
        for row in role_rows(session, role):
            if role in codes[row.household_id]:
                continue
            codes[row.household_id][role] = row.code
            if row.archived_on is not None:
                removed[row.household_id].add(role)
            if isinstance(row, DonorRow):
                values = _donor_values(row, lots[row.id], answers_among(facts.get(row.id, ())))
            else:
                values = _recipient_values(row) if isinstance(row, RecipientRow) else _driver_values(row)
            values |= {field.topic: _number(getattr(row, field.key)) for field in NUMBERS[role]}
            stored[row.household_id] |= {key: text for key, text in values.items() if text}
    return codes, stored, removed


def _donor_values(row: DonorRow, lots: list[LotRow], facts: Iterable[Fact]) -> Values:
    values = {"baby_born": _text(row.baby_born), "gestation": _text(row.gestation_weeks)}
    if lots:
        lot = lots[0]
        values |= {
            "ounces": amount_text(lot.volume, lot.volume, is_estimate=lot.is_estimate),
            "bags": _text(lot.bags),
            "expressed_from": _text(lot.expressed_from),
            "expressed_to": _text(lot.expressed_to),
            "freezer": _text(lot.freezer),
        }
    told = list(facts)
    for key, kind in FACT_KINDS.items():
        values[key] = "; ".join(fact_words.describe(fact) for fact in told if fact.kind is kind)
    return values


def _recipient_values(row: RecipientRow) -> Values:
    miles = "" if row.reach_miles is None else f"{row.reach_miles:g} mi"
    return {
        "baby_name": row.baby_name,
        "baby_born": _text(row.baby_born),
        "babies": _text(row.babies),
        "gestation": _text(row.gestation_weeks),
        "reason": row.reason,
        "own_supply": _amount(row.own_supply_low, row.own_supply_high),
        "formula": _amount(row.formula, row.formula),
        "formula_mentioned": _mentioned(row.formula_mentioned),
        "stock": _amount(row.stock, row.stock),
        "freezer_space": row.freezer,
        "must_avoid": told(row.must_avoid),
        "medicine_ok": _text(row.medicine_ok),
        "nicotine_ok": _text(row.nicotine_ok),
        "reach": miles if row.reach_minutes is None else f"{row.reach_minutes} min",
        "has_car": "no" if row.has_car is False else "",
        "meets_halfway": "yes" if row.meets_halfway else "",
        "needs_this_week": "yes" if row.needs_this_week else "",
    }


def _driver_values(row: DriverRow) -> Values:
    away = f"{row.away_from} to {row.away_to}" if row.away_from and row.away_to else ""
    return {
        "coolers": as_text(parts_of(row.coolers_qt)),
        "max_miles": _number(row.max_miles),
        "away": away,
    }


def _last_values(session: Session) -> dict[int, dict[Role, Values]]:
    """Return what the latest import of each role understood of each household; older ones are not read."""
    query = sa.select(sa.func.max(ImportedCellsRow.id))
    query = query.join(ImportRow, ImportRow.id == ImportedCellsRow.import_id)
    query = query.where(
        ImportedCellsRow.household_id.is_not(None), ImportedCellsRow.outcome != Outcome.OLDER_ANSWER.value
    )
    latest = query.group_by(ImportedCellsRow.household_id, ImportRow.kind)
    rows = sa.select(ImportedCellsRow.household_id, ImportedCellsRow.cells, ImportRow.kind)
    rows = rows.join(ImportRow, ImportRow.id == ImportedCellsRow.import_id)
    last: dict[int, dict[Role, Values]] = defaultdict(dict)
    for household_id, cells, kind in session.execute(rows.where(ImportedCellsRow.id.in_(latest))):
        last[household_id or 0][Role(kind)] = json.loads(cells)["values"]
    return last


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _mentioned(formula: Volume | None) -> str:
    if formula is None:
        return ""
    return _amount(formula, formula) if formula else "some"


def _amount(low: Volume | None, high: Volume | None) -> str:
    return "" if low is None else amount_text(low, high or low)
