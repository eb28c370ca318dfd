"""One volunteer: profile and questions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.families.drivers import Driver
from coordinator.services.families import drivers
from ui.desk import Desk
from ui.families.family_detail import FamilyDetail
from ui.families.profile_form import HouseholdForm
from ui.widgets.fields.edit_field import LineField
from ui.widgets.fields.value_fields import DateField, DistanceField, NumberField


class DriverDetail(FamilyDetail):
    """The pane beside the volunteers table."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _driver_form(desk), parent)
        self._add_questions_tab()

    def _reader(self, code: str) -> Callable[[], Driver]:
        return partial(drivers.driver, self.desk.database, code)

    def _fill(self, _driver: Driver) -> None:
        """Nothing beyond profile and questions."""


def _driver_form(desk: Desk) -> HouseholdForm:
    form = HouseholdForm(desk)
    form.add_heading(form.tr("As a volunteer"))
    coolers = LineField(hint="28, 28, 48")
    form.bind("coolers_qt", form.tr("Coolers, quarts"), coolers, lambda v: ",".join(map(str, v.coolers_qt)))
    form.bind("max_hours", form.tr("Most hours"), NumberField(0, 24, decimals=1), lambda v: v.max_hours)
    form.bind("max_miles", form.tr("Goes up to"), DistanceField(desk.display), lambda v: v.max_miles)
    form.bind("lift_lb", form.tr("Lifts, lb"), NumberField(0, 300), lambda v: v.lift_lb)
    form.bind("away_from", form.tr("Away from"), DateField(desk.today), lambda v: v.away_from)
    form.bind("away_to", form.tr("Away to"), DateField(desk.today), lambda v: v.away_to)
    return form
