"""One recipient: how to ring the family, its need, what it received, and the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from coordinator.domain.milk.recipients import Recipient
from coordinator.services.families import recipients
from ui.cases.shares_button import SharesButton
from ui.cases.standing_list import StandingList
from ui.desk import Desk
from ui.families.came_unfit import CameUnfitList
from ui.families.family_detail import FamilyDetail
from ui.families.given_tab import GivenTab
from ui.families.left_behind import LeftBehindList
from ui.icons import set_icon
from ui.recipients.form import RecipientForm
from ui.recipients.need_tab import NeedTab
from ui.widgets.rows import left_aligned


class RecipientDetail(FamilyDetail):
    """The pane beside the recipients table; *Find milk* goes to the Match page with this baby.

    Milk no fit that came, and what was planned and did not come, stand above everything else.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, RecipientForm(desk), parent)
        self.find_milk = QPushButton(self.tr("Find milk"))
        set_icon(self.find_milk, "match")
        self.find_milk.setAccessibleName(self.tr("Find milk for this family"))
        self.find_milk.clicked.connect(lambda: desk.page_wanted.emit("matching", self.shown_code))
        self.left_behind = LeftBehindList(desk)
        self.add_above_tabs(left_aligned(self.find_milk))
        self.standing = StandingList(desk)
        self.shares = SharesButton(desk)
        self.came_unfit = CameUnfitList(desk)
        self.add_above_tabs(self.came_unfit)
        self.add_above_tabs(self.left_behind)
        self.add_above_tabs(self.shares)
        self.add_above_tabs(self.standing)

    def _add_own_tabs(self) -> None:
        self.need = NeedTab(self.desk)
        self.received = GivenTab(self.desk, self.tr("No milk received yet."), of_recipient=True)
        self.add_tab(self.tr("Need"), self.need)
        self.add_tab(self.tr("Received"), self.received)

    def _reader(self, code: str) -> Callable[[], Recipient]:
        return partial(recipients.recipient, self.desk.database, code, self.desk.today())

    def _fill(self, recipient: Recipient) -> None:
        self.need.show_recipient(recipient)
        self.received.show_given(recipient.code, recipient.received)
        self.came_unfit.show_came(recipient.came_unfit)
        self.left_behind.show_left(recipient.left_behind)
        self.standing.show_code(recipient.code)
        self.shares.show_code(recipient.code)
