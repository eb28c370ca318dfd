"""The volunteers page: everybody who carries milk, and one of them in detail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.families.drivers import Driver
from coordinator.domain.families.households import Role
from coordinator.services.families import drivers
from ui.desk import Desk
from ui.drivers.columns import driver_columns, driver_filters
from ui.drivers.detail import DriverDetail
from ui.families.list_page import FamilyListPage, ListWords
from ui.translation import translate


class DriversPage(FamilyListPage):
    """The table and, beside it, the chosen volunteer."""

    detail: DriverDetail

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        words = ListWords(
            "drivers",
            translate("DriversPage", "Volunteers"),
            translate("DriversPage", "Add a volunteer"),
            translate("DriversPage", "No volunteers yet. Open their list, or add the first."),
        )
        columns = driver_columns(desk.display, desk.today)
        filters = driver_filters(desk.today)
        super().__init__(desk, Role.DRIVER, words, columns, filters, partial(DriverDetail, desk), parent)

    def _reader(self) -> Callable[[], list[Driver]]:
        return partial(drivers.list_drivers, self.desk.database)

    def _more_to_search(self, driver: Driver) -> str:
        return f"{driver.household.place_label}\n{driver.household.email}"
