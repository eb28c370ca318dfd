"""One volunteer: how to ring, what to ask, and the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.families.drivers import Driver
from coordinator.domain.families.households import Role
from coordinator.services.families import drivers
from ui.desk import Desk
from ui.families.family_detail import FamilyDetail
from ui.families.own_fields import on_form
from ui.families.profile_form import HouseholdForm
from ui.translation import translate


class DriverDetail(FamilyDetail):
    """The pane beside the volunteers table."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _driver_form(desk), parent)

    def _reader(self, code: str) -> Callable[[], Driver]:
        return partial(drivers.driver, self.desk.database, code)

    def _fill(self, _driver: Driver) -> None:
        """Nothing beyond card and form."""


def _driver_form(desk: Desk) -> HouseholdForm:
    form = HouseholdForm(desk)
    form.add_heading(translate("DriverDetail", "As a volunteer"))
    form.bind_own(Role.DRIVER, "coolers_qt", "max_hours", "max_miles", "lift_lb", "climbs_stairs")
    form.bind_own(Role.DRIVER, "away_from", "away_to")
    form.bind_own(Role.DRIVER, *on_form(Role.DRIVER))
    return form
