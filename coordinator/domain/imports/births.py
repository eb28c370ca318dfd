"""When a baby was born: a day, an age on the day of the form, or a day beside the baby's name."""

from __future__ import annotations

import re
from datetime import date

from coordinator.domain.imports.ages import read_birth
from coordinator.domain.imports.row import RowReader
from coordinator.domain.reading.dates import find_dates, read_date
from coordinator.sayings import Saying

_NO_NAME = re.compile(
    r"\b(?:due|edd|expect\w*|estim\w*|est|around|about|approx\w*|maybe|probably|not|yet|unknown|tbd|adjusted"
    r"|corrected|gestation\w*|twins?|triplets?|girl|boy|babies|passed|died|death|still\w*|lost|loss|angel|heaven"
    r"|c-?section|induc\w*|scheduled|adopt\w*|foster|and|or|was|is|the|nicu|home|hospital|weeks?|months?)\b|[&?/]",
    re.IGNORECASE,
)
"""What stands beside a birth date and is no name: the date may then be another one."""
_EDGE = re.compile(r"\b(?:born|dob|d\.o\.b\.?|birth(?:day|date)?|on|b)\W*$", re.IGNORECASE)


def read_birth_of(row: RowReader, label: Saying) -> date | None:
    """Return the birth date; one counted from an age is only about right, and is asked about."""
    text = row.text("baby_born")
    if not text:
        _, born = name_and_birth(row, "baby_name")
        if born is not None:
            row.keep("baby_born", born)
            return born
    elif born := _by_age(row, label):
        return born
    elif read_date(row.cell("baby_born"), row.rule("baby_born")) is None:
        name, born = name_and_birth(row, "baby_born")
        if name and born:
            row.keep("baby_born", born)
            return born
    return row.day("baby_born", label)


def _by_age(row: RowReader, label: Saying) -> date | None:
    use = row.use("baby_born")
    if row.answered_on is None or isinstance(row.cell("baby_born").value, date):
        return None
    born = read_birth(row.text("baby_born"), use.unit, row.answered_on)
    if born is not None:
        row.ask_whether("baby_born", label, born)
        row.keep("baby_born", born)
    return born


def name_and_birth(row: RowReader, key: str) -> tuple[str, date | None]:
    """Return the name and the one day that a cell holds: "Mia 3/4/26"; no day where it holds none or two."""
    text = row.text(key)
    found = find_dates(text, row.rule("baby_born"))
    if len(found) != 1 or found[0].is_ambiguous:
        return text, None
    rest = f"{text[: found[0].start].strip(_MARKS)} {text[found[0].end :].strip(_MARKS)}".strip(_MARKS)
    name = _EDGE.sub("", rest).strip(_MARKS)
    is_name = re.fullmatch(r"[^\W\d_][^\d]{0,60}", name) and len(name.split()) <= 3
    if not is_name or _NO_NAME.search(name):
        return text, None
    return name, found[0].on


_MARKS = " ,;:()-–—."
