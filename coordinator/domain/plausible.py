"""Which days and amounts somebody can mean; beyond them a figure is a slip of the fingers, to be asked about.

These are not medical limits: they keep a typed 9999 from becoming a day that nobody can count from.
"""

from __future__ import annotations

from datetime import date

from coordinator.domain.volume import Volume

FIRST_YEAR, LAST_YEAR = 1920, 2199
"""Nobody in a network is older, and nothing is planned as far."""
YEARS_AHEAD = 50
"""How far ahead a day may lie that somebody tells today."""
MOST_COUNTED = 1_000_000_000
"""Of bags, minutes or anything else that is counted; far below what a database's whole number holds."""
MOST_MILK = Volume.from_oz(1_000_000)
"""More than a network moves in its life; far below what a database's whole number holds."""

LEAST_IN_A_BAG = Volume.from_oz(1)
"""Nobody fills many bags with less: an amount that would do so is what one bag holds, not all of them."""
MOST_IN_A_BAG = Volume.from_oz(8)
"""Bags and bottles for breast milk are sold up to this size: no more beside several may be one bag's."""


def may_be_of_one_bag(amount: Volume, bags: int, *, is_total: bool) -> bool:
    """Whether *amount*, told beside *bags*, may be what one holds; *is_total*: it is called all of it."""
    if bags < 2:
        return False
    return amount < LEAST_IN_A_BAG * bags or (not is_total and amount <= MOST_IN_A_BAG)


def count_of(text: str, most: int = MOST_COUNTED) -> int | None:
    """Return the whole number from 1 to *most* that *text* is; ``None`` for all else, and endless digits."""
    is_number = text.isdecimal() and len(text) <= len(str(MOST_COUNTED))
    return int(text) if is_number and 1 <= int(text) <= most else None


def is_day(on: date, today: date | None = None) -> bool:
    """Whether somebody can mean the day *on*; with *today*, also that it does not lie too far ahead."""
    last = LAST_YEAR if today is None else min(LAST_YEAR, today.year + YEARS_AHEAD)
    return FIRST_YEAR <= on.year <= last
