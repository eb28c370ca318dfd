"""Names, ZIPs, towns, streets, languages: tidied without losing what was typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import zip_longest

from coordinator.domain.places.states import MILITARY_TOWNS
from coordinator.domain.text import folded

_CONTACT_WORDS = (
    ("text", ("text", "sms", "whatsapp")),
    ("email", ("email", "e-mail", "mail")),
    ("phone", ("call", "phone", "ring", "cell")),
)


def tidy(text: str) -> str:
    """Return *text* on one line with single spaces, composed (NFC)."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def read_zip(text: str) -> str:
    """Return a five-digit ZIP with the zeros a spreadsheet ate, or a Canadian code; nothing if neither."""
    plain = re.sub(r"\.0$|\s*[-–]$", "", tidy(text)).upper()
    if match := re.fullmatch(r"(\d{3,5})(?:\s?[-–]\s?\d{4})?|(\d{5}) \d{4}", plain):
        return (match[1] or match[2]).zfill(5)
    if re.fullmatch(r"\d{8,9}", plain):
        return plain.zfill(9)[:5]
    if match := re.fullmatch(r"([A-Z]\d[A-Z])[ -]?(\d[A-Z]\d)", plain):
        return f"{match[1]} {match[2]}"
    return ""


def read_town(text: str) -> str:
    """Return the town with a signpost's capitals if it was typed in capitals only, or in none."""
    plain = tidy(text)
    if plain.casefold() in MILITARY_TOWNS:
        return plain.upper()
    return _in_title_case(plain) if plain.isupper() or plain.islower() else plain


def better_cased(first: str, second: str) -> str:
    """Return of two spellings that differ in capitals the one typed with care; the first when alike."""
    careless = first.islower() or first.isupper()
    return second if careless and not (second.islower() or second.isupper()) else first


def read_languages(text: str) -> tuple[str, ...]:
    """Return the languages, in the order told."""
    parts = re.split(r"[,;/&+]|\band\b|\n", text)
    return tuple(dict.fromkeys(tidy(part) for part in parts if part.strip()))


def read_contact_way(text: str) -> str:
    """Return text, email or phone: the way named first; nothing when none is named."""
    words = text.casefold()
    found = [
        (min(words.find(word) for word in names if word in words), way)
        for way, names in _CONTACT_WORDS
        if any(word in words for word in names)
    ]
    return min(found)[1] if found else ""


def same_text(text: str) -> str:
    """Return *text* as it is compared: no capitals, accents, punctuation or extra spaces."""
    letters = folded(text).replace("'", "").replace("’", "")
    return " ".join(re.sub(r"[^\w\s]", " ", letters).split())


_STREET_WORDS = {
    "street": "st", "road": "rd", "drive": "dr", "lane": "ln", "avenue": "ave", "court": "ct",
    "apartment": "apt", "unit": "apt", "suite": "apt", "ste": "apt", "circle": "cir", "place": "pl",
    "highway": "hwy", "north": "n", "south": "s", "east": "e", "west": "w",
}  # fmt: skip


@lru_cache(maxsize=65536)
def same_street(street: str) -> str:
    """Return a street as it is compared: ``12 Main Street #2`` and ``12 main st. apt 2`` are one."""
    words = same_text(street.replace("#", " apt ")).split()
    plain = [_STREET_WORDS.get(word, word) for word in words]
    # "Apt #2" says twice that a flat follows.
    return " ".join(word for word, after in zip_longest(plain, plain[1:]) if (word, after) != ("apt", "apt"))


def _in_title_case(text: str) -> str:
    return re.sub(r"[^\W\d_]+('[a-z]\b)?", lambda match: match[0].capitalize(), text, flags=re.IGNORECASE)
