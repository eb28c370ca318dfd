"""Phone numbers and e-mail addresses as people type them."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email

REGION = "US"
"""Where a number without a country code is."""


def read_phone(text: str) -> str | None:
    """Return *text* in E.164 (``+12075550141``), ``None`` when it is no possible phone number."""
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national_phone(e164: str) -> str:
    """Return a number as it is dialled at home, ``(207) 555-0141``; abroad with its country code."""
    if not e164:
        return ""
    try:
        number = phonenumbers.parse(e164, REGION)
    except phonenumbers.NumberParseException:
        return e164
    home = phonenumbers.country_code_for_region(REGION)
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        number, style.NATIONAL if number.country_code == home else style.INTERNATIONAL
    )


def read_email(text: str) -> str | None:
    """Return the address in lower case, ``None`` when it is none; no look-up is made."""
    try:
        # The reserved example domains are what samples and tests use.
        found = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return found.normalized.casefold()
