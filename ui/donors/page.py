"""The donors page: everybody who has offered milk, and one of them in detail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from coordinator.domain.families.households import Role
from coordinator.domain.screening.donors import DonorSummary
from coordinator.services.families import donors
from ui.desk import Desk
from ui.donors.columns import donor_columns, donor_filters
from ui.donors.detail import DonorDetail
from ui.families.list_page import FamilyListPage, ListWords
from ui.translation import translate


class DonorsPage(FamilyListPage):
    """The table and, beside it, the chosen donor."""

    detail: DonorDetail

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        words = ListWords(
            "donors",
            translate("DonorsPage", "Donors"),
            translate("DonorsPage", "Add a donor"),
            translate("DonorsPage", "No donors yet. Open the form responses you have."),
        )
        columns = donor_columns(desk.display)
        make_detail = partial(DonorDetail, desk)
        super().__init__(desk, Role.DONOR, words, columns, donor_filters(), make_detail, parent)

    def _on_card(self, donor: DonorSummary) -> tuple[str, ...]:
        free = translate("DonorsPage", "{amount} free").format(amount=self.desk.display.volume(donor.free))
        asks = (
            translate("DonorsPage", "{count} to ask").format(count=donor.open_questions)
            if donor.open_questions
            else ""
        )
        return tuple(line for line in (donor.town, " · ".join(filter(None, (free, asks)))) if line)

    def _row_actions(self) -> list[QAction]:
        return [self._recall_action(), *super()._row_actions()]

    def _reader(self) -> Callable[[], list[DonorSummary]]:
        return partial(donors.list_donors, self.desk.database, self.desk.today())
