"""One donor: how to ring her, milk, answers, days, who has her milk, and the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from coordinator.domain.families.households import Role
from coordinator.domain.screening.donors import Donor
from coordinator.services.families import donors
from ui.cases.shares_button import SharesButton
from ui.cases.standing_list import StandingList
from ui.desk import Desk
from ui.donors.answers_tab import AnswersTab
from ui.donors.milk_tab import MilkTab
from ui.donors.screening_panel import ScreeningPanel, one_under_the_other
from ui.donors.timeline_tab import TimelineTab
from ui.families.family_detail import FamilyDetail
from ui.families.given_tab import GivenTab
from ui.families.own_fields import on_form
from ui.families.profile_form import HouseholdForm
from ui.translation import translate


class DonorDetail(FamilyDetail):
    """The pane beside the donors table."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _donor_form(desk), parent)
        self.standing = StandingList(desk)
        self.shares = SharesButton(desk)
        self.add_above_tabs(self.shares)
        self.add_above_tabs(self.standing)

    def _add_own_tabs(self) -> None:
        desk = self.desk
        self.milk = MilkTab(desk)
        self.screening = ScreeningPanel(desk)
        self.answers = AnswersTab(desk)
        self.given = GivenTab(desk, self.tr("Nobody has her milk yet."))
        self.timeline = TimelineTab(desk)
        self.add_tab(self.tr("Milk"), self.milk)
        self.add_tab(self.tr("Answers"), one_under_the_other(self.screening, self.answers))
        self.add_tab(self.tr("Timeline"), self.timeline)
        self.add_tab(self.tr("Who has her milk?"), self.given)

    def _reader(self, code: str) -> Callable[[], Donor]:
        return partial(donors.donor, self.desk.database, code, self.desk.today())

    def _fill(self, donor: Donor) -> None:
        self.milk.show_donor(donor)
        self.screening.show_donor(donor)
        self.answers.show_donor(donor)
        self.timeline.show_donor(donor)
        self.given.show_given(donor.code, donor.given)
        self.standing.show_code(donor.code)
        self.shares.show_code(donor.code)


def _donor_form(desk: Desk) -> HouseholdForm:
    form = HouseholdForm(desk)
    form.add_heading(translate("DonorDetail", "As a donor"))
    form.bind_own(Role.DONOR, *on_form(Role.DONOR))
    return form
