"""The volunteers' list: when they are free, what they can carry, when they are away."""

from __future__ import annotations

import re
from datetime import date

from coordinator.domain.families.fields import ROLE_FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.measures import read_coolers
from coordinator.domain.imports.numbers import read_number_of
from coordinator.domain.imports.row import RowReader, not_answered
from coordinator.domain.imports.row_answers import DriverAnswers
from coordinator.domain.reading.dates import find_dates
from coordinator.sayings import coded, saying

_NEVER = re.compile(r"\W*(?:none|no|nope|never|n/?a|nothing|no plans|not planned)\W*", re.IGNORECASE)
_OWN = ROLE_FIELDS[Role.DRIVER]


def read_driver(row: RowReader) -> DriverAnswers:
    """Return what the volunteer's own columns say."""
    if not row.text("hours"):
        row.ask("hours", not_answered(saying("Usually free")))
    return DriverAnswers(
        max_hours=read_number_of(row, _OWN["max_hours"]),
        coolers_qt=_coolers(row),
        lift_lb=read_number_of(row, _OWN["lift_lb"]),
        max_miles=read_number_of(row, _OWN["max_miles"]),
        away=_away(row),
    )


def _coolers(row: RowReader) -> tuple[int, ...]:
    text = row.text("coolers")
    if text.casefold() in {"none", "no", "0"}:
        row.keep("coolers", "none")
        return ()
    sizes = read_coolers(text, row.use("coolers").unit) if text else None
    if sizes is None:
        row.ask_about("coolers", saying("Coolers (quarts)"))
    row.keep("coolers", ", ".join(map(str, sizes or ())))
    return sizes or ()


def _away(row: RowReader) -> tuple[tuple[date, date], ...]:
    """Return first and last day of each absence; blank means nobody said they would be away."""
    text = row.text("away")
    if _NEVER.fullmatch(text):
        return ()
    days = [found.on for found in find_dates(text, row.rule("away"))]
    pairs = tuple(zip(days[::2], days[1::2], strict=False))
    if text and (not pairs or len(days) % 2 or any(first > last for first, last in pairs)):
        row.ask_about("away", saying("Away"))
        return ()
    if len(pairs) > 1:
        said = coded(
            "asked.several_absences",
            "Away: “{words}” names several absences; only the next is kept",
            words=text,
        )
        row.ask("away", said, text)
    row.keep("away", "; ".join(" to ".join(map(str, pair)) for pair in pairs))
    return pairs
