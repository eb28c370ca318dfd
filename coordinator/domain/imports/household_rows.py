"""The part of a row that every list has: who, where, how to reach them, and what to know first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coordinator.domain.imports.address_rows import read_address, read_cell
from coordinator.domain.imports.columns.heading import words_of
from coordinator.domain.imports.contacts import read_contact_way, read_languages, same_text
from coordinator.domain.imports.free_words import says_no_car, words_of_loss
from coordinator.domain.imports.names import in_spoken_order
from coordinator.domain.imports.one_cell import OneCell
from coordinator.domain.imports.phones_and_emails import ToldContacts, read_contacts
from coordinator.domain.imports.row import RowReader, not_answered
from coordinator.domain.imports.row_answers import Contact
from coordinator.sayings import Saying, coded, saying

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
    phones, emails = _reached_at(row, cell)
    return Contact(
        name=name,
        email=emails[0],
        phone=phones[0],
        other_email=emails[1],
        other_phone=phones[1],
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
    whole = row.text("name")
    parts = " ".join(filter(None, (row.text("first_name"), row.text("last_name"))))
    name = in_spoken_order(whole or parts)
    if whole and parts and not set(words_of(whole)) & set(words_of(parts)):
        row.ask("name", _which_name(name, parts), f"{name}; {parts}")
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


def _which_name(first: str, second: str) -> Saying:
    return coded(
        "asked.two_answers",
        "{label}: two answers, “{first}” and “{second}”: which is right?",
        label=saying("Name"),
        first=first,
        second=second,
    )


_Two = tuple[str, str]


def _reached_at(row: RowReader, cell: OneCell) -> tuple[_Two, _Two]:
    """Return the first and second phone, and the same of e-mails; either may stand in the other's cell.

    Where a column is blank, what stands with the address counts.
    """
    by_phone = read_contacts(row.cell("phone").text or cell.phone)
    by_email = read_contacts(row.cell("email").text or cell.email)
    phones = tuple(dict.fromkeys((*by_phone.phones, *by_email.phones)))
    emails = tuple(dict.fromkeys((*by_email.emails, *by_phone.emails)))
    _ask_for_phone(row, by_phone, phones)
    _ask_for_email(row, by_email, emails)
    return _two(row, "phone", phones), _two(row, "email", emails)


def _two(row: RowReader, key: str, told: tuple[str, ...]) -> _Two:
    first, second = (*told, "", "")[:2]
    row.keep(key, first)
    row.keep(f"other_{key}", second)
    return first, second


def _ask_for_phone(row: RowReader, told: ToldContacts, phones: tuple[str, ...]) -> None:
    raw = row.text("phone")
    if not phones:
        no_number = coded("asked.no_number", "Phone: “{words}” is not a number", words=raw)
        row.ask("phone", no_number if raw else not_answered(saying("Phone")), raw)
    elif len(phones) > 2:
        said = coded(
            "asked.which_number", "Phone: “{words}” says more than one number; which is best?", words=raw
        )
        row.ask("phone", said, raw)
    elif told.says_more:
        said = coded("asked.more_than_number", "Phone: “{words}” says more than a number", words=raw)
        row.ask("phone", said, raw)


def _ask_for_email(row: RowReader, told: ToldContacts, emails: tuple[str, ...]) -> None:
    raw = row.text("email")
    if len(emails) > 2 or (told.says_more and told.emails):
        said = coded("asked.which_address", "E-mail: “{words}” says more than two addresses", words=raw)
        if len(emails) <= 2:
            said = coded("asked.more_than_address", "E-mail: “{words}” says more than an address", words=raw)
        row.ask("email", said, raw)
    elif raw and not (emails or told.phones or told.is_nothing):
        row.ask("email", coded("asked.no_address", "E-mail: “{words}” is not an address", words=raw), raw)


_BESIDE_PHONE = re.compile(
    r"\b(?:text(?:s|ing)?|sms|whatsapp|calls?)\W+(?:only|please|preferred|first|best)\b"
    r"|\b(?:only|please|prefer)\W+(?:text|sms|whatsapp|call)\b",
    re.IGNORECASE,
)


def _way_beside_the_phone(words: str) -> str:
    """Return what stands beside a number about how to use it: "text only"."""
    found = _BESIDE_PHONE.search(words)
    return found[0] if found else ""


def _preferred_contact(row: RowReader) -> str:
    """Return text, email or phone, with her own words behind when they say more ("call after 5")."""
    raw = row.text("preferred_contact") or _way_beside_the_phone(row.text("phone"))
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
