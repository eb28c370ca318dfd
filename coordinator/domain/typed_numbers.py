"""Numbers as people type them: with a decimal comma, with thousands set apart, or neither.

Our choice: a comma before exactly three digits groups thousands, as the window and the paper write them; any
other is a decimal comma. What is neither, such as ``1.000,5`` or ``1,00,0``, is not guessed at.
"""

from __future__ import annotations

import re
from typing import Final

_SPACES: Final = " \u00a0\u2009\u202f"
_NUMBER: Final = re.compile(
    rf"(?P<sign>[+\-\u2212]?)(?:(?P<grouped>[1-9]\d{{0,2}}(?:(?:,\d{{3}})+|(?:[{_SPACES}]\d{{3}})+))(?:\.(?P<rest>\d+))?"
    r"|(?P<plain>\d+)(?:[.,](?P<decimals>\d+))?|[.,](?P<bare>\d+))"
)


def typed_number(text: str) -> float:
    """Return the number that *text* says: ``1000``, ``1,000``, ``1 000``, ``1.5``, ``1,5`` or ``0,125``.

    Raises:
        ValueError: If it is no number, or could be several.
    """
    return float(plain_number(text))


def plain_number(text: str) -> str:
    """Return *text* as digits with a point before its decimals, for an exact reading; raises likewise."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    sign = "-" if found["sign"] in {"-", "\u2212"} else ""
    if found["grouped"]:
        whole = re.sub(rf"[,{_SPACES}]", "", found["grouped"])
        return f"{sign}{whole}.{found['rest'] or '0'}"
    return f"{sign}{found['plain'] or '0'}.{found['decimals'] or found['bare'] or '0'}"
