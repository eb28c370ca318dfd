"""Fifty things that nobody else may read, told to a network through its services, and the search for them.

``told_to`` writes them; ``shown_in`` says which files of a folder show any of them, however they are written.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import quote

from coordinator.bootstrap import Database
from coordinator.domain.families.households import Role
from coordinator.domain.records.keys import Key
from coordinator.services.families.households import change_profile
from coordinator.services.imports.typed_in import add_family

PASSPHRASE = "nineteen herons crossing Quahog flats"  # noqa: S105 - of a test

FIRST = ("Ottilie", "Séraphine", "Bartholomew", "Xochitl", "Wilhelmina", "Ignatius", "Perpetua", "Zebedee")
LAST = (
    "Quillfeather",
    "Ashbourne-Vance",
    "Thistlewood",
    "Marchbanks",
    "O’Dubhghaill",
    "Featherstonehaugh",
    "Winterbourne",
    "Szczepańska",
)
HEALTH = (
    "zorvantine",
    "galactosemia",
    "brevilomab",
    "hyperbilirubinemia",
    "quellaprime",
    "phenylketonuria",
    "dromexitol",
    "cholestasis",
)
NOTES = (
    "her mother-in-law must not know",
    "ring twice then wait by the lilac",
    "left her husband in August",
    "the key is under the blue pot",
    "cries when the freezer is mentioned",
    "no English before noon",
    "lost twins two years ago",
    "works nights at the shipyard",
)
STREETS = (
    "14 Periwinkle Hollow",
    "209 Cormorant Steps",
    "7 Old Tannery Bend",
    "88 Bellwether Row",
    "31 Saltmarsh Causeway",
    "5 Whippoorwill Notch",
    "640 Lantern Quay",
    "12 Gooseberry Ropewalk",
)
PHONES = tuple(f"+1603555{number}" for number in (4171, 2698, 8035, 9347, 1582, 7760, 3319, 6624))
MAILS = tuple(f"{one.encode('ascii', 'ignore').decode().casefold()}@harborpost.example" for one in FIRST)


def secrets(words: str) -> tuple[str, ...]:
    """Return all fifty: of eight families, the passphrase, and the *words* of the recovery sheet."""
    names = tuple(f"{first} {last}" for first, last in zip(FIRST, LAST, strict=True))
    found = (*names, *HEALTH, *NOTES, *STREETS, *PHONES, *MAILS, PASSPHRASE, words)
    assert len(found) == len(set(found)) == 50
    return found


def told_to(database: Database, today: date) -> list[str]:
    """Write the eight families, half of them donors; return their codes."""
    codes = []
    for number, (first, last) in enumerate(zip(FIRST, LAST, strict=True)):
        role = Role.DONOR if number % 2 == 0 else Role.RECIPIENT
        typed = {
            "name": f"{first} {last}",
            "email": MAILS[number],
            "phone": PHONES[number],
            "street": STREETS[number],
            "town": "Dover",
            "state": "NH",
            "notes": NOTES[number],
            "medicines" if role is Role.DONOR else "reason": HEALTH[number],
        }
        codes.append(add_family(database, role, typed, today))
        change_profile(database, codes[-1], "driver_note", f"{NOTES[number]}, {HEALTH[number]}")
    return codes


SMALL = 200_000
"""A file up to so many bytes is searched for rarer ways of writing as well: settings, logs, notes."""


def written_as(secret: str) -> tuple[set[bytes], set[bytes]]:
    """Return the ways *secret* may stand in a file, in small letters, and the rarer ones."""
    forms = {secret, json.dumps(secret)[1:-1], quote(secret), escape(secret)}
    if secret.startswith("+1603"):
        area, middle, rest = secret[2:5], secret[5:8], secret[8:]
        forms |= {area + middle + rest, f"{area}-{middle}-{rest}", f"({area}) {middle}-{rest}"}
    wide = {form.encode(coding).lower() for form in forms for coding in ("utf-16-le", "utf-16-be")}
    for shift in range(3):  # wherever it begins in what was encoded, cut where its neighbours matter
        cut = b64encode(b"\0" * shift + secret.encode())
        wide.add(cut[(0, 2, 3)[shift] : len(cut) - 4].lower())
    return {form.encode().lower() for form in forms}, wide


def shown_in(places: Iterable[Path], told: Iterable[str]) -> dict[str, list[str]]:
    """Return, for each file in or under *places* that shows any of what was *told*, what it shows.

    The names of files count as well.
    """
    forms = {secret: written_as(secret) for secret in told}
    found: dict[str, list[str]] = {}
    for place in places:
        for path in sorted(place.rglob("*")):
            content = str(path).encode() + (path.read_bytes() if path.is_file() else b"")
            content = content.lower()
            shown = [
                secret
                for secret, (usual, rare) in forms.items()
                if any(one in content for one in (usual | rare if len(content) < SMALL else usual))
            ]
            if shown:
                found[str(path.relative_to(place))] = shown
    return found


def forms_of_key(key: Key) -> tuple[bytes, ...]:
    """Return the ways the key of a network may stand in a file."""
    raw = bytes(key)
    return raw, raw.hex().encode(), raw.hex().upper().encode(), b64encode(raw)
