"""The pane of one family, whatever its role: read again after every change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from coordinator.errors import NotFoundError
from ui.desk import Desk
from ui.families.call_card import CallCard
from ui.families.history_tab import HistoryTab
from ui.families.profile_form import HouseholdForm
from ui.widgets.frame.detail_pane import DetailPane


class FamilyDetail(DetailPane):
    """Name, code, what to read before ringing, the call card, and the form behind *Edit*.

    A subclass adds its tabs between these two, and says how a record is read (``_reader``) and shown
    (``_fill``).
    """

    def __init__(self, desk: Desk, profile: HouseholdForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.shown_code = ""
        self.profile = profile
        self.card = CallCard(desk, is_alone=False)
        self.questions = self.card.questions
        self._card_tab = self.add_tab(self.tr("Call"), self.card)
        self._add_own_tabs()
        self.history = HistoryTab(desk)
        self._history_tab = self.add_tab(self.tr("History"), self.history)
        self._edit_tab = self.add_tab(self.tr("Edit"), profile)

    def show_code(self, code: str) -> None:
        """Show the family with *code*."""
        self.shown_code = code
        self.refresh()

    def refresh(self) -> None:
        """Read the family again."""
        if self.shown_code:
            code = self.shown_code
            self.desk.runner.run(self._reader(code), self._show, partial(self._miss, code))

    def open_on_card(self) -> None:
        """Bring the call card to the front."""
        self._card_tab.setChecked(True)

    def open_on_history(self) -> None:
        """Bring what was changed to the front."""
        self._history_tab.setChecked(True)

    def edit(self) -> None:
        """Bring the form to the front."""
        self._edit_tab.setChecked(True)

    def _add_own_tabs(self) -> None:
        """Add what the role has between the card and the form."""

    def _show(self, record: Any) -> None:  # noqa: ANN401 - a donor, recipient or driver
        if record.code != self.shown_code:
            return
        self.show_about(record.household.name, record.code)
        words = record.household.read_before_ringing
        self.say(self.tr("Read before you ring: {words}").format(words=words) if words else "")
        self.profile.show_record(record.code, record)
        self.card.show_record(record)
        self.history.show_code(record.code)
        count = len(record.questions)
        words = self.tr("Call ({count})").format(count=count) if count else self.tr("Call")
        self._card_tab.setText(words)
        about = self.tr("{count} to ask").format(count=count) if count else ""
        self._card_tab.setAccessibleDescription(about)
        self._fill(record)

    def _miss(self, code: str, error: Exception) -> None:
        """Close quietly when the family is gone (an undo, another window); say anything else."""
        if not isinstance(error, NotFoundError):
            self.desk.complain(error)
        elif code == self.shown_code:
            self.shown_code = ""
            self.closed.emit()

    def _reader(self, code: str) -> Callable[[], Any]:
        raise NotImplementedError

    def _fill(self, record: Any) -> None:  # noqa: ANN401 - likewise
        raise NotImplementedError
