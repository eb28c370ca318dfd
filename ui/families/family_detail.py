"""The pane of one family, whatever its role: read again after every change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from coordinator.errors import NotFoundError
from ui.desk import Desk
from ui.families.profile_form import HouseholdForm
from ui.families.questions_form import QuestionsForm
from ui.widgets.frame.detail_pane import DetailPane


class FamilyDetail(DetailPane):
    """Name, code, what to read before ringing, profile and questions; a role adds its own tabs.

    A subclass adds its tabs and says how a record is read (``_reader``) and shown (``_fill``).
    """

    def __init__(self, desk: Desk, profile: HouseholdForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.shown_code = ""
        self.profile = profile
        self.questions = QuestionsForm(desk)
        self.add_tab(self.tr("Profile"), profile)

    def show_code(self, code: str) -> None:
        """Show the family with *code*."""
        self.shown_code = code
        self.refresh()

    def refresh(self) -> None:
        """Read the family again."""
        if self.shown_code:
            code = self.shown_code
            self.desk.runner.run(self._reader(code), self._show, partial(self._miss, code))

    def _add_questions_tab(self) -> None:
        self._questions_tab = self.add_tab(self.tr("Questions"), self.questions)

    def _show(self, record: Any) -> None:  # noqa: ANN401 - a donor, recipient or driver
        if record.code != self.shown_code:
            return
        self.show_about(record.household.name, record.code)
        words = record.household.read_before_ringing
        self.say(self.tr("Read before you ring: {words}").format(words=words) if words else "")
        self.profile.show_record(record.code, record)
        self.questions.show_questions(record.code, record.household, record.questions)
        count = len(record.questions)
        named = self.tr("Questions ({count})").format(count=count) if count else self.tr("Questions")
        self._questions_tab.setText(named)
        self._questions_tab.setAccessibleName(named)
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
