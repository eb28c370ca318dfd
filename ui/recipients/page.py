"""The recipients page: every family that asks for milk, and one of them in detail."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from coordinator.domain.families.households import Role
from coordinator.domain.milk.recipients import RecipientSummary
from coordinator.services.families import recipients
from ui.desk import Desk
from ui.families.list_page import FamilyListPage, ListWords
from ui.recipients.columns import recipient_columns, recipient_filters
from ui.recipients.detail import RecipientDetail
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_date


class RecipientsPage(FamilyListPage):
    """The table and, beside it, the chosen family."""

    detail: RecipientDetail

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        words = ListWords(
            "recipients",
            translate("RecipientsPage", "Recipients"),
            translate("RecipientsPage", "Add a family"),
            translate("RecipientsPage", "No families yet. Open the list of requests you have."),
        )
        columns = recipient_columns(desk.display, desk.today)
        filters = recipient_filters(desk.today)
        make_detail = partial(RecipientDetail, desk)
        super().__init__(desk, Role.RECIPIENT, words, columns, filters, make_detail, parent)

    def _on_card(self, family: RecipientSummary) -> tuple[str, ...]:
        runway = family.runway
        lasts = (
            translate("RecipientsPage", "lasts until {day}").format(day=show_date(runway.lasts_until))
            if runway.lasts_until
            else ""
        )
        need = ""
        if runway.need is not None:
            need = translate("RecipientsPage", "needs {amount} a day").format(
                amount=self.desk.display.volume(runway.need.expected)
            )
        return tuple(line for line in (family.town, " · ".join(filter(None, (need, lasts)))) if line)

    def _reader(self) -> Callable[[], list[RecipientSummary]]:
        return partial(recipients.list_recipients, self.desk.database, self.desk.today())

    def _row_actions(self) -> list[QAction]:
        find = QAction(translate("RecipientsPage", "Find milk"), self)
        find.setShortcut(QKeySequence("Ctrl+M"))
        find.triggered.connect(self._find_milk)
        return [find, self._recall_action(), *super()._row_actions()]

    def _find_milk(self) -> None:
        code = self.list.table.chosen_key
        if code is not None:
            self.desk.page_wanted.emit("matching", str(code))
