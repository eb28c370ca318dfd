"""Words of the command line as values. What cannot be read is argparse's to say, with exit code 2."""

from __future__ import annotations

import math
import re
from argparse import Action, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import NoReturn

from coordinator import terminal
from coordinator.domain.intervals import shifted
from coordinator.domain.paper.label_sheets import Shift, read_shifts, written_shifts
from coordinator.domain.paper.privacy import Part
from coordinator.domain.pickups.plans import Outcome, PickupKind
from coordinator.domain.pickups.unplanned import GivenPart
from coordinator.domain.places.positions import Position, Precision
from coordinator.domain.plausible import FIRST_YEAR, LAST_YEAR, MOST_MILK, count_of, is_day
from coordinator.domain.typed_numbers import plain_number, typed_number
from coordinator.domain.volume import Volume, VolumeUnit
from coordinator.sayings import saying

PICKUP_KINDS = {"collect": PickupKind.FAMILY_COLLECTS, "meet": PickupKind.MEET, "run": PickupKind.RUN}
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE)


class PlainParser(ArgumentParser):
    """A parser whose complaints show the words given, whatever is in them, and never obey them."""

    def error(self, message: str) -> NoReturn:
        """Complain in one line and leave with 2."""
        super().error(terminal.visible(message))


class ShowVersion(Action):
    """Prints the installed version; looked up only when asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help=str(saying("show the version and leave")))

    def __call__(
        self,
        parser: ArgumentParser,
        _namespace: Namespace,
        _values: object,
        _option: str | None = None,
    ) -> None:
        """Print and leave."""
        from importlib.metadata import version  # noqa: PLC0415 - slow, and seldom asked for

        terminal.say(saying("Milk Run {version}", version=version("milkrun")))
        parser.exit()


def day(text: str) -> date:
    """Return ``2026-11-21``."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(saying("“{text}” is not a date such as 2026-11-21", text=text)) from None
    return _checked(found, text)


def _checked(found: date, text: str) -> date:
    if not is_day(found):
        raise ArgumentTypeError(
            saying(
                "“{text}” is no day between {first} and {last}", text=text, first=FIRST_YEAR, last=LAST_YEAR
            )
        )
    return found


def clock(text: str) -> time:
    """Return ``9:30`` or ``13:00``."""
    try:
        hour, minute = text.split(":")
        return time(int(hour), int(minute))
    except ValueError:
        raise ArgumentTypeError(saying("“{text}” is not a time such as 9:30", text=text)) from None


def week(text: str) -> date:
    """Return the Monday of ``2026-W48``, or of the week that holds a date."""
    found = _WEEK.fullmatch(text)
    if found is None:
        any_day = day(text)
        return shifted(any_day, -any_day.weekday())
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        raise ArgumentTypeError(saying("“{text}” is not a week such as 2026-W48", text=text)) from None
    return _checked(monday, text)


def count(text: str) -> int:
    """Return a whole number above zero."""
    bags = count_of(text)
    if bags is None:
        raise ArgumentTypeError(saying("“{text}” is not a number of bags", text=text))
    return bags


def whole(text: str) -> int:
    """Return a whole number, 0 to 999."""
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        raise ArgumentTypeError(saying("“{text}” is not a whole number", text=text))
    return int(text)


def number(text: str) -> int:
    """Return a whole number above zero, such as one of the history."""
    if not text.isascii() or not text.isdigit() or len(text) > 12 or not int(text):
        raise ArgumentTypeError(saying("“{text}” is not a number above zero", text=text))
    return int(text)


def share(text: str) -> float:
    """Return a share above 0, at most 1: ``0.8``."""
    try:
        figure = typed_number(text)
    except ValueError:
        figure = math.nan
    if not 0 < figure <= 1:
        raise ArgumentTypeError(saying("“{text}” is not a share such as 0.8", text=text))
    return figure


def odometer(text: str) -> float:
    """Return a figure of an odometer: ``48210`` or ``48,210.4``."""
    try:
        figure = typed_number(text)
    except ValueError:
        figure = math.nan
    if not 0 <= figure < 10_000_000:
        raise ArgumentTypeError(saying("“{text}” is not a figure such as 48210", text=text))
    return figure


def ounces(text: str) -> Volume:
    """Return ``120``, ``120oz`` or ``3,000``."""
    return _volume(text, VolumeUnit.OZ)


def millilitres(text: str) -> Volume:
    """Return ``3500`` or ``3500mL``."""
    return _volume(text, VolumeUnit.ML)


def amount(text: str) -> Volume:
    """Return ``120``, ``120oz`` or ``3500mL``; a bare number is ounces."""
    return millilitres(text) if text.strip().casefold().endswith("ml") else ounces(text)


def outcome(text: str) -> Outcome:
    """Return what became of a hold: ``H-0003=96`` ounces or ``2840mL`` came, or ``nobody`` was home."""
    code, _, told = text.partition("=")
    if not code or not told:
        raise ArgumentTypeError(saying("“{text}” is not like H-0003=96 or H-0003=nobody", text=text))
    if told.casefold() == "nobody":
        return Outcome(code.upper(), nobody_home=True)
    return Outcome(code.upper(), delivered=amount(told))


def stop_times(text: str) -> tuple[int, time | None, time | None]:
    """Return the number of a stop, when somebody came, the freezer's time: ``2=9:15/9:30``, ``2=/9:30``."""
    number, _, told = text.partition("=")
    came, _, freezer = told.partition("/")
    if not told or not number.isdecimal():
        raise ArgumentTypeError(saying("“{text}” is not like 2=9:15/9:30", text=text))
    return whole(number), clock(came) if came else None, clock(freezer) if freezer else None


def given_part(text: str) -> GivenPart:
    """Return what went of a lot: ``L-0003=96`` ounces, ``L-0003=2840mL``, with its bags ``L-0003=96/24``."""
    code, _, told = text.partition("=")
    much, _, bags = told.partition("/")
    if not code or not much:
        raise ArgumentTypeError(saying("“{text}” is not like L-0003=96 or L-0003=96/24", text=text))
    return GivenPart(code.upper(), amount(much), count(bags) if bags else None)


def _volume(text: str, unit: VolumeUnit) -> Volume:
    number = re.sub(rf"\s*{unit.value}$", "", text.strip(), flags=re.IGNORECASE)
    try:
        amount = Decimal(plain_number(number))
    except ValueError:
        raise ArgumentTypeError(saying("“{text}” is not an amount such as 120", text=text)) from None
    # Compared, not counted with: taking the absolute value of 1e9999999 overflows.
    volume = Volume.of(amount, unit) if amount.is_finite() and 0 <= amount < 10**9 else None
    if volume is None or not Volume() <= volume <= MOST_MILK:
        raise ArgumentTypeError(saying("“{text}” is not an amount such as 120", text=text))
    return volume


def shift(text: str) -> Shift:
    """Read ``-1.5,0.5``: how far to the right and down labels are moved, in millimetres."""
    try:
        right, down = (round(float(part), 1) for part in text.split(","))
        found = Shift(right, down)
        read_shifts(written_shifts({"any": found}))  # too far is refused, and so is what is no number
    except ValueError:
        raise ArgumentTypeError(
            saying("“{text}” is no shift right and down in millimetres, such as -1.5,0.5", text=text)
        ) from None
    return found


_PARTS = {
    "sheet": Part.RUN_SHEET,
    "tags": Part.TAGS,
    "slips": Part.SLIPS,
    "receipts": Part.RECEIPTS,
    "cards": Part.CARDS,
    "copy": Part.COPY,
}


def parts(text: str) -> frozenset[Part]:
    """Read ``sheet,receipts`` or ``all``: parts of the printed set."""
    words = [word.strip() for word in text.casefold().split(",")]
    if words == ["all"]:
        return frozenset(_PARTS.values())
    if not set(words) <= set(_PARTS):
        raise ArgumentTypeError(
            saying("“{text}” names no parts; the help of this command lists them", text=text)
        )
    return frozenset(_PARTS[word] for word in words)


def coordinates(text: str) -> tuple[float, float]:
    """Read ``43.07,-70.76``: latitude and longitude in degrees."""
    try:
        latitude_deg, longitude_deg = map(float, text.split(","))
        Position(latitude_deg, longitude_deg, Precision.BY_HAND)
    except ValueError:
        raise ArgumentTypeError(
            saying("'{text}' is no latitude and longitude, such as 43.07,-70.76", text=text)
        ) from None
    return latitude_deg, longitude_deg
