"""Which profile fields can be typed, and how each is read; one table for the window and the CLI."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.facts.food_names import read_washouts
from coordinator.domain.families.babies import BabyHealth, Willing
from coordinator.domain.families.contacts import read_email, read_phone
from coordinator.domain.families.households import SpokenHow
from coordinator.domain.plausible import count_of
from coordinator.domain.volume import Volume
from coordinator.errors import UserError

Reader = Callable[[object], object]


class NotReadError(UserError):
    """What was typed does not fit the field; what was there stays."""


@dataclass(frozen=True, slots=True)
class ProfileField:
    """A field's word for the history and how a typed value becomes a stored one."""

    label: str
    read: Reader


def _text(value: object) -> str:
    return str(value or "").strip()


def _required(value: object) -> str:
    text = _text(value)
    if not text:
        raise NotReadError("A family needs a name, so that you can find it again.")
    return text


def _phone(value: object) -> str:
    text = _text(value)
    phone = read_phone(text) if text else ""
    if phone is None:
        raise NotReadError("This does not look like a phone number; type it with its area code.")
    return phone


def _email(value: object) -> str:
    text = _text(value)
    email = read_email(text) if text else ""
    if email is None:
        raise NotReadError("This does not look like an e-mail address.")
    return email


def _zip(value: object) -> str:
    text = _text(value)
    digits = text.split("-")[0]
    if digits.isdecimal() and len(digits) in {3, 4}:
        return digits.zfill(5)
    return digits if digits.isdecimal() and len(digits) == 5 else text


def _maybe_date(value: object) -> date | None:
    if value is None or isinstance(value, date):
        return value
    raise NotReadError("Type a date such as 11/21/2026.")


def _maybe_number(value: object) -> float | None:
    if value in (None, ""):
        return None
    try:
        number = float(str(value))
    except ValueError:
        raise NotReadError("Type a number.") from None
    if not 0 <= number < 1e6:
        raise NotReadError("Type a number that is not below zero.")
    return number


def _maybe_whole(value: object) -> int | None:
    number = _maybe_number(value)
    if number is None or number.is_integer():
        return None if number is None else int(number)
    raise NotReadError("Type a whole number.")


def _count(value: object) -> int:
    number = _maybe_whole(value)
    if number is None or not 1 <= number <= 8:
        raise NotReadError("Type how many babies there are.")
    return number


def _maybe_volume(value: object) -> Volume | None:
    if value is None or isinstance(value, Volume):
        return value
    raise NotReadError("Type an amount such as 4 or 4.5.")


def _maybe_bool(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _one_of(kind: type[StrEnum]) -> Reader:
    def read(value: object) -> StrEnum | None:
        if value in (None, ""):
            return None
        try:
            return kind(str(value))
        except ValueError:
            raise NotReadError(f"Choose one of: {', '.join(kind)}.") from None

    return read


def _foods(value: object) -> str | None:
    """Read what the baby must avoid: ``None`` not asked, empty for none, else foods by commas."""
    if value is None:
        return None
    foods = [food.strip().casefold() for food in _text(value).replace(" and ", ",").split(",")]
    return ", ".join(dict.fromkeys(food for food in foods if food and food not in {"none", "nothing"}))


def _washouts(value: object) -> str:
    """Read ``dairy 21, soy 14``: a food and its days; empty leaves the policy's own days."""
    washouts = read_washouts(_text(value))
    if washouts is None:
        raise NotReadError("Type each food and its days with commas between, such as dairy 21, soy 14.")
    return ", ".join(f"{food} {days}" for food, days in washouts)


def _quarts(value: object) -> str:
    parts = _text(value).replace("+", ",").replace(";", ",").split(",")
    sizes = [part.strip() for part in parts if part.strip()]
    if not all(count_of(size, 999) for size in sizes):
        raise NotReadError("Type each cooler's quarts with commas between, such as 28, 28, 48.")
    return ",".join(sizes)


HOUSEHOLD_FIELDS: Mapping[str, ProfileField] = {
    "name": ProfileField("name", _required),
    "name_on_paper": ProfileField("name on paper", _text),
    "email": ProfileField("e-mail", _email),
    "phone": ProfileField("phone", _phone),
    "street": ProfileField("street", _text),
    "town": ProfileField("town", _text),
    "state": ProfileField("state", lambda value: _text(value).upper()),
    "zip_code": ProfileField("ZIP", _zip),
    "preferred_contact": ProfileField("best way to reach", _text),
    "languages": ProfileField("languages", _text),
    "hours": ProfileField("hours", _text),
    "driver_note": ProfileField("note for the driver", _text),
    "notes": ProfileField("private notes", _text),
    "read_before_ringing": ProfileField("read before you ring", _text),
    "last_contact_on": ProfileField("last contact", _maybe_date),
    "ring_times": ProfileField("when to ring", _text),
    "first_spoken_on": ProfileField("first talk", _maybe_date),
    "first_spoken_how": ProfileField("how they first spoke", _one_of(SpokenHow)),
}
ADDRESS_FIELDS = frozenset({"street", "town", "state", "zip_code"})

DONOR_FIELDS: Mapping[str, ProfileField] = {
    "donor_state": ProfileField("state", lambda value: DonorState(str(value))),
    "baby_born": ProfileField("baby's birth date", _maybe_date),
    "gestation_weeks": ProfileField("weeks at birth", _maybe_whole),
    "wishes": ProfileField("wishes", _text),
    "state_note": ProfileField("note about her state", _text),
    "bereaved": ProfileField("loss", bool),
}

RECIPIENT_FIELDS: Mapping[str, ProfileField] = {
    "baby_name": ProfileField("baby's name", _text),
    "baby_born": ProfileField("baby's birth date", _maybe_date),
    "babies": ProfileField("babies", _count),
    "gestation_weeks": ProfileField("weeks at birth", _maybe_whole),
    "health": ProfileField("where the baby is", _one_of(BabyHealth)),
    "must_avoid": ProfileField("what the baby must avoid", _foods),
    "washout_days": ProfileField("wash-out days", _washouts),
    "medicine_ok": ProfileField("milk with medicine", _one_of(Willing)),
    "nicotine_ok": ProfileField("milk with nicotine", _one_of(Willing)),
    "clinician": ProfileField("clinician", _text),
    "clinician_agreed_on": ProfileField("clinician's agreement", _maybe_date),
    "reach_miles": ProfileField("miles they drive", _maybe_number),
    "reach_minutes": ProfileField("minutes they drive", _maybe_whole),
    "has_car": ProfileField("car", _maybe_bool),
    "meets_halfway": ProfileField("meeting halfway", bool),
    "reason": ProfileField("reason", _text),
    "own_supply_low": ProfileField("own supply", _maybe_volume),
    "own_supply_high": ProfileField("own supply at best", _maybe_volume),
    "formula": ProfileField("formula a day", _maybe_volume),
    "stock": ProfileField("milk at home", _maybe_volume),
    "stock_on": ProfileField("day of that count", _maybe_date),
    "freezer": ProfileField("freezer", _text),
    "needs_this_week": ProfileField("“needs milk this week”", bool),
    "paused": ProfileField("paused", bool),
}

DRIVER_FIELDS: Mapping[str, ProfileField] = {
    "max_hours": ProfileField("most hours", _maybe_number),
    "coolers_qt": ProfileField("coolers", _quarts),
    "lift_lb": ProfileField("most to lift", _maybe_number),
    "max_miles": ProfileField("most miles", _maybe_number),
    "away_from": ProfileField("away from", _maybe_date),
    "away_to": ProfileField("away to", _maybe_date),
}
