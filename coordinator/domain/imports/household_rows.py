"""The part of a row that every list has: who, where, how to reach them, and what to know first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coordinator.domain.families.contacts import has_second_phone, read_email, read_first_phone
from coordinator.domain.imports.address_rows import read_address, read_cell
from coordinator.domain.imports.contacts import read_contact_way, read_languages, same_text
from coordinator.domain.imports.free_words import says_no_car, words_of_loss
from coordinator.domain.imports.one_cell import OneCell
from coordinator.domain.imports.row import RowReader, not_answered
from coordinator.domain.imports.row_answers import Contact
from coordinator.sayings import coded, saying

_NOT_FREE_TEXT = {
    "timestamp",
    "name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "street",
    "town",
    "state",
    "zip",
    "address",
}


def read_contact(row: RowReader, other_words: Iterable[str]) -> Contact:
    """Return the household part of *row*; a loss is looked for in every free text, *other_words* too."""
    cell = read_cell(row)
    name, has_name = _name(row, cell)
    return Contact(
        name=name,
        email=_email(row, cell),
        phone=_phone(row, cell),
        address=read_address(row, cell, has_name=has_name),
        preferred_contact=_preferred_contact(row),
        languages=_languages(row),
        hours=row.words("hours"),
        notes=row.words("notes"),
        read_before_ringing=_loss(row, other_words),
    )


def free_texts(row: RowReader, keys: Iterable[str]) -> list[str]:
    """Return the words of every field where people write freely."""
    return [text for key in keys if key not in _NOT_FREE_TEXT and (text := row.text(key))]


def drives(row: RowReader, texts: Iterable[str]) -> bool | None:
    """Return ``False`` when the words say there is no car, and ask who fetches then; else ``None``."""
    telling = next((text for text in texts if says_no_car(text)), "")
    if not telling:
        return None
    row.keep("has_car", "no")
    said = coded("asked.no_car", "No car: who could fetch the milk, or must it be driven there?")
    row.ask("has_car", said, telling)
    return False


def _name(row: RowReader, cell: OneCell) -> tuple[str, bool]:
    """Return the name, and whether what stands before the street in the address's cell is it."""
    name = row.text("name") or " ".join(filter(None, (row.text("first_name"), row.text("last_name"))))
    is_lead = bool(cell.lead) and (not name or same_text(cell.lead) == same_text(name))
    if is_lead and not name:
        name, words = cell.lead, row.text("address") or row.text("street")
        said = coded(
            "asked.name_read_as",
            "Name: read “{name}” out of “{words}”: is that right?",
            name=name,
            words=words,
        )
        row.ask("name", said, words)
    if not name:
        row.ask("name", not_answered(saying("Name")))
    row.keep("name", name)
    return name, is_lead


def _email(row: RowReader, cell: OneCell) -> str:
    raw = row.text("email") or cell.email
    address = (read_email(raw) or "") if raw else ""
    if raw and not address:
        row.ask("email", coded("asked.no_address", "E-mail: “{words}” is not an address", words=raw), raw)
    row.keep("email", address)
    return address


def _phone(row: RowReader, cell: OneCell) -> str:
    raw = row.text("phone") or cell.phone
    number = read_first_phone(raw)
    if not number:
        no_number = coded("asked.no_number", "Phone: “{words}” is not a number", words=raw)
        row.ask("phone", no_number if raw else not_answered(saying("Phone")), raw)
    elif has_second_phone(raw):
        said = coded(
            "asked.which_number", "Phone: “{words}” says more than one number; which is best?", words=raw
        )
        row.ask("phone", said, raw)
    row.keep("phone", number)
    return number


def _preferred_contact(row: RowReader) -> str:
    """Return text, email or phone, with her own words behind when they say more ("call after 5")."""
    raw = row.text("preferred_contact")
    way = read_contact_way(raw)
    says_more = re.sub(
        r"\b(?:text|message|sms|e-?mail|phone|call|me|please)\b|\W", "", raw, flags=re.IGNORECASE
    )
    kept = (f"{way}: {raw}" if says_more else way) if way else raw
    row.keep("preferred_contact", kept)
    return kept


def _languages(row: RowReader) -> str:
    languages = ", ".join(read_languages(row.text("languages")))
    row.keep("languages", languages)
    return languages


def _loss(row: RowReader, texts: Iterable[str]) -> str:
    loss = next(filter(None, map(words_of_loss, texts)), "")
    row.keep("read_before_ringing", loss)
    return loss
