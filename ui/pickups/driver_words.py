"""What a coordinator looks at before she asks a volunteer."""

from __future__ import annotations

from datetime import date

from coordinator.domain.families.drivers import Driver
from ui.translation import translate
from ui.units import Display
from ui.widgets.fields.typed_dates import show_date


def about_driver(driver: Driver, on: date | None, display: Display) -> str:
    """Return coolers, hours and limits of a volunteer in one line; what was not answered is to ask."""
    quarts = ", ".join(f"{size} qt" for size in driver.coolers_qt if size)
    if driver.coolers_qt and not quarts:
        quarts = translate("Pickups", "all lent away")
    parts = [
        driver.hours,
        translate("Pickups", "coolers: {sizes}").format(sizes=quarts)
        if quarts
        else translate("Pickups", "coolers: ask"),
        translate("Pickups", "at most {hours} h").format(hours=f"{driver.max_hours:g}")
        if driver.max_hours
        else "",
        translate("Pickups", "up to {distance}").format(
            distance=display.distance(driver.max_miles, exact=True)
        )
        if driver.max_miles
        else "",
        _away(driver),
        translate("Pickups", "there on that day")
        if on and driver.away_from and not driver.is_away(on)
        else "",
    ]
    return " · ".join(part for part in parts if part)


def _away(driver: Driver) -> str:
    if driver.away_from is None or driver.away_to is None:
        return ""
    return translate("Pickups", "away {first} – {last}").format(
        first=show_date(driver.away_from), last=show_date(driver.away_to)
    )
