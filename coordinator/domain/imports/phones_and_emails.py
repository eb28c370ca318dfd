"""Every phone number and e-mail address that a cell holds, whichever of the two it was meant for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coordinator.domain.families.contacts import numbers_inside, read_email, read_full_phone

_LONGEST = 300
_ADDRESS = re.compile(r"[^\s<>;,/()\[\]\"|]+@[^\s<>;,/()\[\]\"|]*")
_ROUNDED = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
"""A long number as a spreadsheet shortens it: its last digits are gone."""
_LETTER_O = re.compile(r"(?<=[\d-])[oO](?=[\d-])")
_TAIL = re.compile(r"\s*(?:/|,|;|&|\bor\b|\band\b)\s*((?:\d{3}[-. ])?\d{4})(?!\d)")
"""What stands behind a number whose beginning it shares: "603-555-0112 / 0113"."""
_EXTENSION = re.compile(r"(?:\bext(?:ension|n)?|\bx|#)\W{0,3}\d{1,6}\b", re.IGNORECASE)
_HALF_NUMBER = re.compile(r"\d{3}")
_KINDS = re.compile(
    r"\b(?:tel(?:ephone)?|phone|cell(?:ular)?|mobile|home|work|office|text(?:s|ing)?|sms|call|whatsapp|only|or"
    r"|and|both|preferred|best|please|me|number|fax|m|c|h|w|o)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:(?:no|none|n\W?a|-+|anonymous)(?:\W+(?:e-?mail|phone))?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ToldContacts:
    """What a cell tells: numbers in E.164 and addresses in small letters, each once, in its order.

    ``says_more`` marks words that are neither, such as an extension or whose number it is; ``is_nothing``
    one that says there is none.
    """

    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    says_more: bool = False
    is_nothing: bool = False


def read_contacts(text: str) -> ToldContacts:
    """Return every number and address of a cell; line breaks part them."""
    plain = text.strip()[:_LONGEST]
    if _NOTHING.fullmatch(plain):
        return ToldContacts(is_nothing=True)
    if _ROUNDED.fullmatch(plain):
        return ToldContacts(says_more=True)
    typed = [match[0] for match in _ADDRESS.finditer(plain)]
    emails = [read_email(one) for one in typed]
    without = _ADDRESS.sub(" ; ", plain)
    phones, rest = _phones(without)
    return ToldContacts(
        tuple(dict.fromkeys(phones)),
        tuple(dict.fromkeys(filter(None, emails))),
        # Beside an address stands whose it is, often; half a number is more than that.
        says_more=None in emails or (bool(_HALF_NUMBER.search(rest)) if typed else _says_more(rest)),
    )


def _phones(text: str) -> tuple[list[str], str]:
    """Return the numbers in *text*, and what is left of it."""
    if not re.search(r"\d", text):
        return [], text
    plain = _LETTER_O.sub("0", re.sub(r"\.0$", "", re.sub(r"[\r\n]+", " ; ", text.strip())))
    whole = read_full_phone(plain)
    if whole:
        return [whole], " ".join(match[0] for match in _EXTENSION.finditer(plain))
    found: list[str] = []
    rest, reached = "", 0
    for match in numbers_inside(plain):
        number = read_full_phone(match.raw_string)
        if number is None or match.start < reached:
            continue
        found.append(number)
        rest += plain[reached : match.start] + " ".join(_EXTENSION.findall(match.raw_string))
        reached = match.start + len(match.raw_string)
        for tail, end in _tails(plain, reached):
            found.append(number[: -len(tail)] + tail)
            reached = end
    return found, rest + plain[reached:]


def _tails(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Yield the last digits of further numbers behind one, and where each ends."""
    while match := _TAIL.match(text, at):
        at = match.end()
        yield re.sub(r"\D", "", match[1]), at


def _says_more(rest: str) -> bool:
    return bool(re.search(r"[^\W_]", _KINDS.sub(" ", rest)))
