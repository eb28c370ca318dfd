"""Which columns each kind of list has, by what people call them, and which column is which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from coordinator.domain.families.households import Role

FieldMapping = Mapping[str, int]
"""Field key -> index of the column it is read from."""

_LIKELY = 82
"""Least likeness (0-100) of a header to a synonym; below it a person must say which column it is."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks: its key, what the wizard calls it, and the words headers use for it."""

    key: str
    label: str
    synonyms: tuple[str, ...]


def _field(key: str, label: str, synonyms: str) -> Field:
    return Field(key, label, tuple(word.strip() for word in synonyms.split(";")))


_HOUSEHOLD = (
    _field("timestamp", "Answered on", "timestamp;submitted;submission date;date submitted;time stamp"),
    _field(
        "name", "Name", "your full name;full name;name;parent's name;parent name;mother's name;contact name"
    ),
    _field("first_name", "First name", "first name;given name;your first name"),
    _field("last_name", "Last name", "last name;family name;surname;your last name"),
    _field("email", "E-mail", "email address;email;e-mail;mail;e-mail address;your email"),
    _field("phone", "Phone", "cell phone;phone;mobile;phone number;cell;telephone;mobile phone;cell number"),
    _field("street", "Street", "street address;address;home address;street;mailing address;address line 1"),
    _field("town", "Town", "town / city;town;city;city/town;municipality;place"),
    _field("state", "State", "state;state / province;province"),
    _field("zip", "ZIP", "zip;zip code;postal code;zipcode;postcode"),
    _field(
        "preferred_contact", "Best way to reach", "best way to reach you;preferred contact;contact method"
    ),
    _field("languages", "Languages", "languages spoken at home;languages;language;languages spoken"),
    _field(
        "notes",
        "Notes (private)",
        "anything else?;notes;comments;note;anything else we should know;remarks;other info",
    ),
)
_DONOR = (
    _field(
        "baby_born",
        "Her baby's birth date",
        "your baby's birth date;baby's dob;baby birth date;baby's birthday",
    ),
    _field("gestation", "Weeks at birth", "weeks at birth;gestation (weeks);gestation;gestational age"),
    _field(
        "ounces",
        "Ounces offered",
        "about how many ounces do you have to share?;ounces;how many ounces;amount of "
        "milk;ounces available;milk to share (oz);ounces to share;oz to share;ounces offered",
    ),
    _field("bags", "Bags", "how many bags or bottles?;bags;number of bags;how many bags;containers"),
    _field(
        "expressed_from",
        "Oldest milk",
        "oldest milk pumped on;oldest milk;oldest bag;pumped from;oldest date",
    ),
    _field(
        "expressed_to", "Newest milk", "newest milk pumped on;newest milk;newest bag;pumped to;newest date"
    ),
    _field(
        "freezer",
        "Where it is stored",
        "where is it stored?;freezer type;storage;freezer;how is it stored;where stored",
    ),
    _field("dairy", "Dairy", "do you eat dairy?;dairy;dairy free?;eats dairy"),
    _field("foods_avoided", "Foods avoided", "other foods you avoid;foods avoided;diet;food restrictions"),
    _field(
        "medicines",
        "Medicines",
        "medications, vitamins and supplements (with start date if recent);medications;"
        "medicines;medication;supplements",
    ),
    _field("nicotine", "Nicotine", "nicotine or vaping?;nicotine;smoking;tobacco;do you smoke or vape"),
    _field("alcohol", "Alcohol", "alcohol?;alcohol;do you drink alcohol"),
    _field("cannabis", "Cannabis", "cannabis or cbd?;cannabis;marijuana;thc or cbd"),
    _field(
        "blood_tests",
        "Blood tests",
        "most recent blood tests (date) and results;blood tests;blood test;lab results",
    ),
    _field(
        "tattoo",
        "Tattoo, piercing, transfusion",
        "any tattoo, piercing or transfusion in the last 12 months?;"
        "tattoo, piercing or transfusion;tattoos or piercings;transfusion",
    ),
    _field(
        "heat_treated",
        "Heat-treated",
        "has any of it been scalded or heat treated?;scalded;heat treated;scalded milk",
    ),
    _field(
        "hours",
        "Good times",
        "good times for a pickup;pickup times;when can we pick up;hours;best times;availability",
    ),
)
_RECIPIENT = (
    _field("baby_name", "Baby's name", "baby's first name;baby's name;baby name;child's name"),
    _field(
        "baby_born",
        "Baby's birth date",
        "baby's dob;baby's birth date;baby birth date;baby's birthday;dob;due date or dob",
    ),
    _field("gestation", "Weeks at birth", "gestation (weeks);gestation;weeks at birth;gestational age"),
    _field("reason", "Why donor milk", "why donor milk?;reason;why do you need milk;reason for request"),
    _field(
        "own_supply",
        "Own milk per day",
        "how much of your own milk per day? (oz);own milk per day;own supply;"
        "own supply (oz/day);how much do you make a day;how much milk do you make per day",
    ),
    _field(
        "formula",
        "Formula a day",
        "formula per day;formula a day;formula (oz/day);how much formula;how much formula per day (oz)",
    ),
    _field(
        "stock",
        "Milk in the freezer",
        "milk in your freezer now (oz);milk in freezer;stock;milk on hand;"
        "how much milk do you have on hand;freezer stash (oz)",
    ),
    _field(
        "freezer_space",
        "Freezer space",
        "freezer space (cubic feet);freezer space;freezer size;space in freezer",
    ),
    _field(
        "must_avoid",
        "Baby must avoid",
        "baby must avoid;allergies;allergies / foods to avoid;foods to avoid;"
        "must avoid;baby's allergies;dietary restrictions",
    ),
    _field(
        "medicine_ok",
        "Donor's medicine",
        "ok if donor takes medication?;medication ok;ok with medication;"
        "willing to accept milk from donor on meds",
    ),
    _field("nicotine_ok", "Donor's nicotine", "ok if donor uses nicotine?;nicotine ok;ok with nicotine"),
    _field(
        "reach",
        "How far they drive",
        "how far can you drive? (miles);how far can you drive;travel distance;"
        "driving distance;distance willing to drive",
    ),
    _field("hours", "Good times", "good times;best times;hours;availability;good times to meet"),
)
_DRIVER = (
    _field("hours", "Usually free", "usually free;availability;available;hours;when are you free;good times"),
    _field("max_hours", "Hours at most", "max hours;maximum hours;hours at most;how many hours"),
    _field("coolers", "Coolers (quarts)", "coolers (quarts);coolers;cooler sizes;cooler"),
    _field("lift", "Can lift (lb)", "can lift (lb);can lift;lift;lifting limit"),
    _field("max_miles", "Goes up to (miles)", "will go up to (miles);max miles;miles;max distance"),
    _field("away", "Away", "away;away dates;vacation;not available;unavailable"),
)  # fmt: skip
_DRIVER_NAME = Field("name", "Name", ("driver", "driver name", "volunteer", "volunteer name"))

FIELDS: Mapping[Role, tuple[Field, ...]] = {
    Role.DONOR: _HOUSEHOLD + _DONOR,
    Role.RECIPIENT: _HOUSEHOLD + _RECIPIENT,
    Role.DRIVER: tuple(
        Field("name", "Name", field.synonyms + _DRIVER_NAME.synonyms) if field.key == "name" else field
        for field in _HOUSEHOLD
    )
    + _DRIVER,
}
_OWN_FIELDS: Mapping[Role, tuple[Field, ...]] = {
    Role.DONOR: _DONOR,
    Role.RECIPIENT: _RECIPIENT,
    Role.DRIVER: (_DRIVER_NAME, *_DRIVER),
}


def guess_kind(headers: Sequence[str]) -> Role | None:
    """Return which of the three lists these headers belong to; ``None`` when nothing speaks for any.

    Only what one kind alone is asked counts, so that shared columns (name, town) decide nothing.
    """
    found = {role: _matches(headers, fields) for role, fields in _OWN_FIELDS.items()}
    strength = {role: sum(score for score, _, _ in matches) for role, matches in found.items()}
    best = max(strength, key=lambda role: strength[role])
    return best if strength[best] >= 2 * _LIKELY else None


def guess_mapping(headers: Sequence[str], kind: Role) -> dict[str, int]:
    """Return which column each field is read from; a column serves one field, the likest first."""
    return {key: index for _, key, index in _matches(headers, FIELDS[kind])}


def _matches(headers: Sequence[str], fields: Iterable[Field]) -> list[tuple[float, str, int]]:
    """Return (likeness, field key, column), each field and column at most once, likest first."""
    plain = [_plain(header) for header in headers]
    candidates = sorted(
        (
            (score, field.key, index)
            for field in fields
            for index, header in enumerate(plain)
            if header and (score := _likeness(header, field)) >= _LIKELY
        ),
        key=lambda found: (-found[0], found[2]),
    )
    keys: set[str] = set()
    columns: set[int] = set()
    chosen = []
    for score, key, index in candidates:
        if key not in keys and index not in columns:
            keys.add(key)
            columns.add(index)
            chosen.append((score, key, index))
    return chosen


def _likeness(header: str, field: Field) -> float:
    return max(_likeness_of_words(header, _plain(synonym)) for synonym in field.synonyms)


def _likeness_of_words(header: str, synonym: str) -> float:
    if header == synonym:
        return 100
    words = set(header.split())
    # A longer header that holds the whole synonym ("Town where you live") is likely it; a short word
    # such as "name" in "Baby's first name" is not.
    if set(synonym.split()) <= words and len(synonym.split()) * 2 >= len(words):
        return 90
    return fuzz.token_sort_ratio(header, synonym) * 0.95


def _plain(header: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", header.casefold().replace("'", "").replace("’", "")).split())
