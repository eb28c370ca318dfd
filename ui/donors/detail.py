"""One donor: profile, milk, answers, questions, history."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from coordinator.domain.donors import Donor, DonorState
from coordinator.services import donors
from ui.desk import Desk
from ui.donors.answers_tab import AnswersTab
from ui.donors.milk_tab import MilkTab
from ui.families.given_tab import GivenTab
from ui.families.profile_form import HouseholdForm
from ui.families.questions_tab import QuestionsTab
from ui.widgets.detail_pane import DetailPane
from ui.widgets.edit_field import TextField
from ui.widgets.value_fields import ChoiceField, DateField, NumberField


class DonorDetail(DetailPane):
    """The pane beside the donors table; reads its donor again after every change."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self.profile = _donor_form(desk)
        self.milk = MilkTab(desk)
        self.answers = AnswersTab(desk)
        self.questions = QuestionsTab(desk)
        self.given = GivenTab(desk, self.tr("Nobody has her milk yet."))
        self.add_tab(self.tr("Profile"), self.profile)
        self.add_tab(self.tr("Milk"), self.milk)
        self.add_tab(self.tr("Answers"), self.answers)
        self._questions_tab = self.add_tab(self.tr("Questions"), self.questions)
        self.add_tab(self.tr("Who has her milk?"), self.given)

    def show_donor(self, code: str) -> None:
        """Show the donor with *code*."""
        self._code = code
        self.refresh()

    def refresh(self) -> None:
        """Read the donor again."""
        if self._code:
            code, database, today = self._code, self._desk.database, self._desk.today()
            self._desk.read(lambda: donors.donor(database, code, today), self._show)

    def _show(self, donor: Donor) -> None:
        if donor.code != self._code:
            return
        self.show_about(donor.household.name, donor.code)
        words = donor.household.read_before_ringing
        self.say(self.tr("Read before you ring: {words}").format(words=words) if words else "")
        self.profile.show_record(donor.code, donor)
        self.milk.show_donor(donor)
        self.answers.show_donor(donor)
        self.questions.show_questions(donor.code, donor.household, donor.questions)
        self.given.show_given(donor.given)
        count = len(donor.questions)
        self._questions_tab.setText(
            self.tr("Questions ({count})").format(count=count) if count else self.tr("Questions")
        )


def _donor_form(desk: Desk) -> HouseholdForm:
    form = HouseholdForm(desk)
    form.add_heading(form.tr("As a donor"))
    states = (
        (DonorState.CURRENT, form.tr("Current")),
        (DonorState.PAUSED, form.tr("Paused")),
        (DonorState.FINISHED, form.tr("Finished")),
    )
    form.bind("donor_state", form.tr("State"), ChoiceField(states), lambda d: d.state)
    form.bind("baby_born", form.tr("Her baby was born"), DateField(desk.today), lambda d: d.baby_born)
    form.bind("gestation_weeks", form.tr("Weeks at birth"), NumberField(20, 44), lambda d: d.gestation_weeks)
    form.bind("wishes", form.tr("Wishes"), TextField(lines=2), lambda d: d.wishes)
    return form
