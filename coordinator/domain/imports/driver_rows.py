"""The volunteers' list: when they are free, what they can carry, when they are away."""

from __future__ import annotations

import re
from datetime import date

from coordinator.domain.families.fields import ROLE_FIELDS
from coordinator.domain.families.households import Role
from coordinator.domain.imports.absences import read_absences
from coordinator.domain.imports.measures import read_coolers
from coordinator.domain.imports.numbers import read_number_of
from coordinator.domain.imports.row import RowReader, not_answered
from coordinator.domain.imports.row_answers import DriverAnswers
from coordinator.domain.reading.dates import find_dates
from coordinator.domain.reading.spans import MONTH
from coordinator.sayings import coded, saying

_NEVER = re.compile(
    r"""[^\w?]*(?:none|no|nope|never|n/?a|nothing|no\ plans|not\ planned|(?:none|nothing|no\ \w+)\ planned
    |no\ (?:trips?|vacations?)|(?:i'?m\ )?(?:always|usually)\ around|ninguna?|aucune?|nunca)?[^\w?]*""",
    re.IGNORECASE | re.VERBOSE,
)
_NO_COOLER = re.compile(
    r"""[^\w?]*(?:none|no|0|no\ coolers?(?:\ yet)?|ninguna?|aucune?
    |(?:i\ )?(?:don'?t|do\ not)\ (?:have|own)\ (?:one|any)(?:\ yet)?)[^\w?]*""",
    re.IGNORECASE | re.VERBOSE,
)
_DAY = re.compile(rf"\d|\b(?:{MONTH})\b", re.IGNORECASE)
"""What may be another day, in what stands around the days."""
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
    if text and _NO_COOLER.fullmatch(text.replace("’", "'")):
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
    pairs = _told(row, text)
    if text and not pairs:
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


def _told(row: RowReader, text: str) -> tuple[tuple[date, date], ...]:
    """Return the absences of a cell; none where a day in it is not understood."""
    found = find_dates(text, row.rule("away"))
    starts, ends = [0, *(one.end for one in found)], [*(one.start for one in found), len(text)]
    rest = " ".join(text[start:end] for start, end in zip(starts, ends, strict=True))
    days = [one.on for one in found]
    pairs = tuple(zip(days[::2], days[1::2], strict=False))
    is_plain = len(found) % 2 == 0 and all(first <= last for first, last in pairs)
    if pairs and is_plain and not _DAY.search(rest):
        return pairs
    return read_absences(text, row.rule("away"), row.answered_on or row.today) or ()
