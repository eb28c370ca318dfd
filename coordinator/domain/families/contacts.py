"""Phone numbers and e-mail addresses as people type them.

The libraries are imported where they are first needed: 100 ms that the first window does not wait for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumberMatch

REGION = "US"
"""Where a number without a country code is."""

LONGEST_EMAIL = 254

_DIGITS_OF_ONE_NUMBER = 10
_AMERICAN = re.compile(r"\+1[0-9]{10}")
_MEXICAN_MOBILE = re.compile(r"^\s*(?:\+|011\s*)52[\s.-]*1[\s.-]*((?:\d[\s.-]*){10})$")
"""Mobile numbers of Mexico had a 1 behind the country code until 2019, and are still written so."""


def read_phone(text: str) -> str | None:
    """Return *text* in E.164 (``+12075550141``), ``None`` when it is no possible phone number."""
    import phonenumbers  # noqa: PLC0415 - see above

    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_first_phone(text: str) -> str:
    """Return the first plausible number of a cell in E.164, or nothing. Possible, not dialled: 555 counts.

    A cell may hold a remark or a second number, and a spreadsheet may have made a number of it (``.0``).
    """
    plain = re.sub(r"\.0$", "", text.strip())
    if number := read_full_phone(plain):
        return number
    inside = (read_full_phone(match.raw_string) for match in numbers_inside(plain))
    return next(filter(None, inside), "")


def read_full_phone(text: str) -> str | None:
    """Return *text* in E.164 if it is one number that can be dialled from anywhere, with its area code."""
    number = read_phone(_MEXICAN_MOBILE.sub(r"+52\1", text))
    return number if number and _has_area_code(number) else None


def has_second_phone(text: str) -> bool:
    """Whether the cell holds more than one number, or an extension: only the first is dialled."""
    digits = "".join(char for char in text if char.isdigit())
    if len(digits.removeprefix("1")) <= _DIGITS_OF_ONE_NUMBER:
        return False
    found = numbers_inside(text)
    return len(found) > 1 or any(match.number.extension for match in found)


def national_phone(e164: str) -> str:
    """Return a number as it is dialled at home, ``(207) 555-0141``; abroad with its country code."""
    if not e164:
        return ""
    if _AMERICAN.fullmatch(e164):  # written as the library does, which is slow for a table of thousands
        return f"({e164[2:5]}) {e164[5:8]}-{e164[8:]}"
    import phonenumbers  # noqa: PLC0415 - see above

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
    """Return the address in lower case without ``mailto:`` or brackets, ``None`` when it is none.

    No look-up is made.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - see above

    plain = re.sub(r"^mailto:", "", " ".join(text.split()).strip("<>;, "), flags=re.IGNORECASE)
    if len(plain) > LONGEST_EMAIL:
        return None
    try:
        # The reserved example domains are what samples and tests use.
        found = validate_email(plain, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return found.normalized.casefold()


def _has_area_code(e164: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - see above

    possible = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(e164))
    return possible == phonenumbers.ValidationResult.IS_POSSIBLE


def numbers_inside(text: str) -> list[PhoneNumberMatch]:
    """Return what looks like a phone number in *text*, in reading order."""
    import phonenumbers  # noqa: PLC0415 - see above

    leniency = phonenumbers.Leniency.POSSIBLE
    return list(phonenumbers.PhoneNumberMatcher(text[:200], REGION, leniency, 20))
