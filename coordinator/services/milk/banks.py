"""Milk banks for a donor's milk, and the phone numbers the coordinator looked up.

A number is a setting of the network (``bank_phone:`` and the bank's id), so that it is shared, backed up and
undone like everything else; it comes before the one the shipped table has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coordinator.adapters.policies.banks import load_banks
from coordinator.db import milk
from coordinator.db.base import by_code
from coordinator.db.database import Database
from coordinator.db.donors import DonorRow
from coordinator.db.households import HouseholdRow
from coordinator.db.settings import SettingRow
from coordinator.domain.families.contacts import read_phone
from coordinator.domain.imports.free_words import words_of_loss
from coordinator.domain.milk.bank_table import Bank, Words
from coordinator.domain.milk.banks import BankLine, banks_for, offered_by
from coordinator.domain.records.history import Action
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import saying
from coordinator.services.settings.values import load_settings

PHONE = "bank_phone:"


@dataclass(frozen=True, slots=True)
class BankReferral:
    """What the bank table says of a donor's free milk; no ``lines`` where nothing is free."""

    donor_code: str
    free: Volume
    lines: tuple[BankLine, ...]
    notes: tuple[Words, ...] = ()
    is_bereaved: bool = False


def bank_referral(database: Database, donor: str, today: date) -> BankReferral:
    """Return what every bank's figures say of the milk of *donor* that nobody holds.

    Raises:
        NotFoundError: If there is no such donor.
    """
    with database.reading() as session:
        row = by_code(session, DonorRow, donor)
        household = session.get_one(HouseholdRow, row.household_id)
        lots = milk.lots(session, today, row.id).get(row.id, [])
        banks = _with_phones(session)
        unit = load_settings(session).volume_unit
    is_bereaved = row.bereaved or bool(words_of_loss(household.read_before_ringing))
    offered = offered_by(lots, row.baby_born, is_bereaved=is_bereaved)
    lines = banks_for(banks, offered, today, unit)
    return BankReferral(row.code, offered.volume, tuple(lines), load_banks().notes, is_bereaved=is_bereaved)


def set_bank_phone(database: Database, bank: str, text: str) -> None:
    """Keep the phone number of a bank as it was looked up; an empty one goes back to the table's.

    Raises:
        UserError: If it is no phone number.
    """
    names = {one.id: one.name for one in load_banks().banks}
    phone = _checked(text)
    with database.writing(
        Action("bank.phone", saying("Changed the phone of {bank}", bank=names[bank]))
    ) as session:
        row = session.scalar(sa.select(SettingRow).where(SettingRow.name == PHONE + bank))
        if row is None:
            session.add(SettingRow(name=PHONE + bank, value=phone))
        else:
            row.value = phone


def _checked(text: str) -> str:
    if not text.strip():
        return ""
    phone = read_phone(text)
    if phone is None:
        raise UserError(saying("This does not look like a phone number; type it with its area code."))
    return phone


def _with_phones(session: Session) -> tuple[Bank, ...]:
    typed = {
        row.name.removeprefix(PHONE): row.value
        for row in session.scalars(
            sa.select(SettingRow).where(SettingRow.name.startswith(PHONE, autoescape=True))
        )
    }
    return tuple(replace(bank, phone=typed.get(bank.id) or bank.phone) for bank in load_banks().banks)
