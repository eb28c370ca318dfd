"""A table moved in time: every full date in it a number of days later, written as it was written."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from coordinator.domain.imports.table import Table
from coordinator.domain.reading.cells import Cell
from coordinator.domain.reading.dates import DateOrder, DateRule, decide_order, find_dates

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBERS = re.compile(r"(\d+)(\D+)(\d+)(\D+)(\d+)")


def shifted(table: Table, by: timedelta, typed_on: date) -> Table:
    """Return *table* with every full date in every cell moved by whole days; all other words stay.

    ``5/25/26`` stays month first with a short year, ``Nov 21, 2026`` and ``2026-11-21`` stay as they are
    written, and what a workbook gave as a date stays one. *typed_on* is when the cells were filled in,
    for years of two digits.
    """
    rules = [
        decide_order([cell.text for cell in table.column(index)], typed_on)
        for index in range(len(table.headers))
    ]
    rows = tuple(
        replace(
            row,
            cells=tuple(_shifted_cell(cell, rule, by) for cell, rule in zip(row.cells, rules, strict=True)),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _shifted_cell(cell: Cell, rule: DateRule, by: timedelta) -> Cell:
    if isinstance(cell.value, datetime):
        moment = cell.value + by
        as_day = moment.time() == time()
        return Cell(moment.date().isoformat() if as_day else moment.isoformat(" ", "seconds"), moment)
    if isinstance(cell.value, date):
        return Cell((cell.value + by).isoformat(), cell.value + by)
    text = cell.text
    for found in reversed(find_dates(text, rule)):
        typed = text[found.start : found.end]
        text = text[: found.start] + _written_as(typed, found.on + by, rule) + text[found.end :]
    return cell if text == cell.text else replace(cell, text=text)


def _written_as(typed: str, day: date, rule: DateRule) -> str:
    """Return *day* in the style of *typed*."""
    numbers = _NUMBERS.fullmatch(typed)
    if numbers is None:
        return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    first, between, second, before_year, year = numbers.groups()
    if len(first) == 4:
        return f"{day.year}{between}{day.month:02}{before_year}{day.day:02}"
    day_first = rule.order is DateOrder.DAY_FIRST
    pair = (day.day, day.month) if day_first else (day.month, day.day)
    padded = first.startswith("0") or second.startswith("0")
    one, two = (f"{number:02}" if padded else str(number) for number in pair)
    return f"{one}{between}{two}{before_year}{str(day.year)[-len(year) :]}"
