"""How far along a baby was born: whole weeks, whatever days stand beside them."""

from __future__ import annotations

import re

from coordinator.domain.families.babies import TERM_WEEKS
from coordinator.domain.text import folded

_TERM = re.compile(r"(?:(?:at\s+|a\s+)?(?:full[- ]?)?term(?:e|ino)?|on time|due date|ft)")
_WEEKS = r"(?:w(?:ee)?k?s?|sem(?:ana|aine)?s?|s\.?a|sdg)"
_DAYS = r"(?:days?|d|jours?|j|dias?)"
_OF_WHAT = r"(?:d'amenorrhees?|pregnant|(?:de |of )?(?:gestacion|embarazo|grossesse|gestation|pregnancy))"
_TOLD = re.compile(
    rf"""(?:(?:yes|no|y|n|si|oui|non)\b[\s,;:.-]*(?:(?:at|a)\s+)?)?
    (?P<weeks>\d{{2}})\s*{_WEEKS}?\.?
    (?:(?:\s*(?:\+|/|and|y|et|,|&)\s*|\s+|(?<=[a-z]))(?P<days>[0-6])(?:/7)?\s*{_DAYS}?\.?)?
    (?:\s*{_OF_WHAT})?""",
    re.VERBOSE,
)
_PLAUSIBLE = range(20, 45)


def read_weeks_at_birth(text: str) -> int | None:
    """Return the completed weeks that *text* tells and nothing else; "term" is the due date itself.

    A yes or no before the weeks answers the heading ("Born early? Yes, 34"): the weeks say it better.
    """
    plain = folded(" ".join(text.split())).strip(" .!")
    if _TERM.fullmatch(plain):
        return TERM_WEEKS
    told = _TOLD.fullmatch(plain)
    weeks = int(told["weeks"]) if told else 0
    return weeks if weeks in _PLAUSIBLE else None
