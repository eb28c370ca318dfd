"""The columns and filters of the volunteers table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.drivers import Driver
from coordinator.domain.families.households import Role
from ui.families.own_fields import own_columns
from ui.families.place_choice import with_doubt
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.tables.columns import QT_TRANSLATE_NOOP, Column
from ui.widgets.tables.filter_chips import Filter

Today = Callable[[], date]


def away_words(driver: Driver, today: date) -> str:
    """Return when a volunteer is away, as long as that is not over."""
    first, last = driver.away_from, driver.away_to
    if first is None or last is None or last < today:
        return ""
    return translate("Columns", "{first} to {last}").format(first=show_date(first), last=show_date(last))


def coolers_words(driver: Driver) -> str:
    """Return the coolers' quarts, like ones counted: ``4 × 28, 48``."""
    counted = Counter(filter(None, driver.coolers_qt))
    return ", ".join(f"{count} × {size}" if count > 1 else str(size) for size, count in counted.items())


def state_words(driver: Driver, today: date) -> str:
    """Return where a volunteer stands, in words."""
    if driver.is_away(today):
        return translate("Columns", "Away")
    count = len(driver.questions)
    return (
        translate("Columns", "{count} to ask").format(count=count)
        if count
        else translate("Columns", "Nothing to ask")
    )


def driver_columns(display: Display, today: Today) -> tuple[Column[Driver], ...]:
    """Return the columns; distances in the units of *display*."""
    return (
        Column(QT_TRANSLATE_NOOP("Columns", "Name"), lambda v: v.household.name, width=22, icon=_name_icon),
        Column(QT_TRANSLATE_NOOP("Columns", "Town"), _town, width=22),
        Column(QT_TRANSLATE_NOOP("Columns", "Usually free"), lambda v: v.hours, width=28),
        Column(
            QT_TRANSLATE_NOOP("Columns", "State"),
            lambda v: state_words(v, today()),
            width=20,
            icon=lambda v: _state_icon(v, today()),
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Coolers, quarts"),
            coolers_words,
            lambda v: sum(v.coolers_qt) or None,
            is_number=True,
            width=12,
        ),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Goes up to"),
            lambda v: "" if v.max_miles is None else display.distance(v.max_miles, exact=True),
            lambda v: v.max_miles,
            is_number=True,
            width=8,
        ),
        *own_columns(Role.DRIVER, lambda v: v.own),
        Column(
            QT_TRANSLATE_NOOP("Columns", "Away"),
            lambda v: away_words(v, today()),
            lambda v: v.away_from.toordinal() if v.away_from and away_words(v, today()) else None,
            width=22,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Phone"), lambda v: national_phone(v.household.phone), width=16),
        Column(
            QT_TRANSLATE_NOOP("Columns", "E-mail"),
            lambda v: v.household.email,
            width=28,
            hidden_by_default=True,
        ),
        Column(QT_TRANSLATE_NOOP("Columns", "Code"), lambda v: v.code, width=9),
    )


def driver_filters(today: Today) -> tuple[Filter, ...]:
    """Return the filters the page offers."""
    return (
        Filter(translate("Columns", "Not away today"), lambda v: not v.is_away(today())),
        Filter(translate("Columns", "Has coolers"), lambda v: any(v.coolers_qt)),
        Filter(translate("Columns", "Something to ask"), lambda v: bool(v.questions)),
        Filter(translate("Columns", "Place unknown"), lambda v: v.position is None),
    )


def _name_icon(driver: Driver) -> str:
    return "notice" if driver.household.read_before_ringing else "driver"


def _state_icon(driver: Driver, today: date) -> str:
    if driver.is_away(today):
        return "hold"
    return "ask" if driver.questions else "done"


def _town(driver: Driver) -> str:
    address = driver.household.address
    place = f"{address.town}, {address.state}".strip(", ")
    return with_doubt(place, is_uncertain=driver.household.is_place_uncertain)
