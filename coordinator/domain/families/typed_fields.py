"""How a typed value becomes the stored one, by the kind of its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum, StrEnum, auto

from coordinator.domain.facts.donor_state import DonorState
from coordinator.domain.facts.food_names import read_washouts
from coordinator.domain.families.babies import BabyHealth, Willing
from coordinator.domain.families.contacts import read_email, read_phone
from coordinator.domain.families.households import SpokenHow
from coordinator.domain.families.lists import as_text, parts_of
from coordinator.domain.plausible import count_of
from coordinator.domain.volume import Volume
from coordinator.errors import UserError
from coordinator.sayings import saying

Reader = Callable[[object], object]


class NotReadError(UserError):
    """What was typed does not fit the field; what was there stays."""


def _text(value: object) -> str:
    return str(value or "").strip()


def _required(value: object) -> str:
    text = _text(value)
    if not text:
        raise NotReadError(saying("A family needs a name, so that you can find it again."))
    return text


def _phone(value: object) -> str:
    text = _text(value)
    phone = read_phone(text) if text else ""
    if phone is None:
        raise NotReadError(saying("This does not look like a phone number; type it with its area code."))
    return phone


def _email(value: object) -> str:
    text = _text(value)
    email = read_email(text) if text else ""
    if email is None:
        raise NotReadError(saying("This does not look like an e-mail address."))
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
    raise NotReadError(saying("Type a date such as 11/21/2026."))


def _maybe_number(value: object) -> float | None:
    if value in (None, ""):
        return None
    try:
        number = float(str(value))
    except ValueError:
        raise NotReadError(saying("Type a number.")) from None
    if not 0 <= number < 1e6:
        raise NotReadError(saying("Type a number that is not below zero."))
    return number


def _maybe_whole(value: object) -> int | None:
    number = _maybe_number(value)
    if number is None or number.is_integer():
        return None if number is None else int(number)
    raise NotReadError(saying("Type a whole number."))


def _maybe_months(value: object) -> int | None:
    months = _maybe_whole(value)
    if months == 0:
        raise NotReadError(saying("Type the months, one or more; leave it empty for milk of any age."))
    return months


def _count(value: object) -> int:
    number = _maybe_whole(value)
    if number is None or not 1 <= number <= 8:
        raise NotReadError(saying("Type how many babies there are."))
    return number


def _maybe_volume(value: object) -> Volume | None:
    if value is None or isinstance(value, Volume):
        return value
    raise NotReadError(saying("Type an amount such as 4 or 4.5."))


def _maybe_bool(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _one_of(kind: type[SpokenHow | BabyHealth | Willing]) -> Reader:
    def read(value: object) -> StrEnum | None:
        if value in (None, ""):
            return None
        try:
            return kind(str(value))
        except ValueError:
            raise NotReadError(
                saying("Choose one of: {choices}.", choices=tuple(one.words for one in kind))
            ) from None

    return read


def _foods(value: object) -> str | None:
    """Read what the baby must avoid: ``None`` not asked, empty for none, else foods by commas."""
    if value is None:
        return None
    foods = parts_of(_text(value).replace(" and ", ",").casefold())
    return as_text(dict.fromkeys(foods))


def _washouts(value: object) -> str:
    """Read ``dairy 21, soy 14``: a food and its days; empty leaves the policy's own days."""
    washouts = read_washouts(_text(value))
    if washouts is None:
        raise NotReadError(
            saying("Type each food and its days with commas between, such as dairy 21, soy 14.")
        )
    return ", ".join(f"{food} {days}" for food, days in washouts)


def _quarts(value: object) -> str:
    sizes = parts_of(_text(value).replace("+", ",").replace(";", ","))
    if not all(count_of(size, 999) for size in sizes):
        raise NotReadError(saying("Type each cooler's quarts with commas between, such as 28, 28, 48."))
    return ",".join(sizes)


class Kind(Enum):
    """How a field is typed and stored."""

    NAME = auto()
    LINE = auto()
    TEXT = auto()
    EMAIL = auto()
    PHONE = auto()
    STATE = auto()
    ZIP = auto()
    DAY = auto()
    NUMBER = auto()
    WHOLE = auto()
    MONTHS = auto()
    COUNT = auto()
    MILES = auto()
    VOLUME = auto()
    YES_NO = auto()
    YES_OR_NOT_SAID = auto()  # false is what nobody said: it is no no
    YES_NO_ASK = auto()
    FOODS = auto()
    WASHOUTS = auto()
    SIZES = auto()
    SPOKEN = auto()
    DONOR_STATE = auto()
    HEALTH = auto()
    WILLING = auto()


_READERS: Mapping[Kind, Reader] = {
    Kind.NAME: _required,
    Kind.LINE: _text,
    Kind.TEXT: _text,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.STATE: lambda value: _text(value).upper(),
    Kind.ZIP: _zip,
    Kind.DAY: _maybe_date,
    Kind.NUMBER: _maybe_number,
    Kind.WHOLE: _maybe_whole,
    Kind.MONTHS: _maybe_months,
    Kind.COUNT: _count,
    Kind.MILES: _maybe_number,
    Kind.VOLUME: _maybe_volume,
    Kind.YES_NO: bool,
    Kind.YES_OR_NOT_SAID: bool,
    Kind.YES_NO_ASK: _maybe_bool,
    Kind.FOODS: _foods,
    Kind.WASHOUTS: _washouts,
    Kind.SIZES: _quarts,
    Kind.SPOKEN: _one_of(SpokenHow),
    Kind.DONOR_STATE: lambda value: DonorState(str(value)),
    Kind.HEALTH: _one_of(BabyHealth),
    Kind.WILLING: _one_of(Willing),
}


def reader_of(kind: Kind) -> Reader:
    """Return what makes the stored value of a typed one; it raises :class:`NotReadError`."""
    return _READERS[kind]
