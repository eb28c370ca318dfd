"""Before a recall is opened: whose milk, of which days, why; and at once how many homes have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from coordinator.domain.records.recall import ANY_DAY, PumpedDays, Recall
from coordinator.domain.records.recall_work import RecallWork
from coordinator.services.families import households
from coordinator.services.recall import work as recall_work
from coordinator.services.records.recalling import recall
from ui.desk import Desk
from ui.errors import explain
from ui.records.recall.who_field import WhoField
from ui.records.recall.words import found_words
from ui.widgets.fields.edit_field import LineField, NotUnderstoodError
from ui.widgets.fields.form_dialog import FormDialog
from ui.widgets.fields.typed_dates import read_date
from ui.widgets.fields.value_fields import DateField
from ui.widgets.rows import text_label

_CHARACTERS = 84
"""A name of forty letters, its code and its town stand in one line."""
_PAUSE_MS = 250
"""So long nothing is typed before the homes are counted."""


@dataclass(frozen=True)
class Asked:
    """What a recall is asked about: whose milk, of which days, and why."""

    code: str = ""
    days: PumpedDays = ANY_DAY
    because: str = ""


class OpenRecallDialog(FormDialog):
    """Says how many homes and babies are concerned before anything is written.

    ``opened(code)`` once the recall is there, ``Q-0001``.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, asked: Asked | None = None, parent: QWidget | None = None) -> None:
        asked = asked or Asked()
        super().__init__(desk, self.tr("Which babies have this milk?"), self.tr("Open the recall"), parent)
        self.who = WhoField()
        self.first, self.last = DateField(desk.today), DateField(desk.today)
        self.because = LineField(hint=self.tr("such as: fever since Sunday"))
        self.add(self.tr("Whose milk, or which lot"), self.who)
        self.add(self.tr("Pumped from"), self.first)
        self.add(self.tr("Pumped to"), self.last)
        self.add(self.tr("Because"), self.because)
        self.say(
            self.tr(
                "Empty days mean any day. A bag of which nobody told the day belongs to every recall of its "
                "donor."
            ),
            "quiet",
        )
        self.found = text_label("", "strong")
        self.found.setAccessibleName(self.tr("Where this milk is"))
        self.add_below(self.found)
        self.who.set_value(asked.code)
        self.first.set_value(asked.days.first)
        self.last.set_value(asked.days.last)
        self.because.set_value(asked.because)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self._count)
        for field in (self.who, self.first, self.last):
            field.line.textChanged.connect(lambda *_: self._later.start())
        desk.read(partial(households.family_index, desk.database), self.who.offer)
        self._count()

    def begin(self) -> None:
        """Take its size, with the cursor where the first thing is missing."""
        self.show_at_its_size(_CHARACTERS)
        if self.who.value:
            self.first.setFocus()

    def work(self) -> Callable[[], RecallWork]:
        """Return what opens the recall."""
        if not self.who.value:
            self.who.setFocus()
            raise NotUnderstoodError(self.tr("Say whose milk it is: a donor, a family, or a lot."))
        desk, days = self._desk, PumpedDays(self.first.value, self.last.value)
        return partial(
            recall_work.open_recall,
            desk.database,
            self.who.value,
            days,
            self.because.typed().strip(),
            desk.database.clock(),
            desk.today(),
        )

    def _saved(self, answer: object) -> None:
        super()._saved(answer)
        if isinstance(answer, RecallWork):
            self.opened.emit(answer.code)

    def _count(self) -> None:
        """Say where the milk is that is asked about by now."""
        code, days = self.who.read_silently(), self._days_typed()
        if not code or days is None:
            self._say_found("")
            return
        work = partial(recall, self._desk.database, code, self._desk.today(), days)
        self._desk.runner.run(work, partial(self._show, (code, days)), self._miss)

    def _days_typed(self) -> PumpedDays | None:
        """Return the days as they are typed; nothing while one of them cannot be read yet."""
        read: list[object] = []
        for field in (self.first, self.last):
            text = field.typed().strip()
            day = read_date(text, self._desk.today()) if text else None
            if text and day is None:
                return None
            read.append(day)
        return PumpedDays(*read)  # type: ignore[arg-type] # days or None, as read above

    def _show(self, asked: tuple[str, PumpedDays], found: Recall) -> None:
        if asked == (self.who.read_silently(), self._days_typed()):
            self._say_found(found_words(found, self._desk.display))

    def _miss(self, error: Exception) -> None:
        self._say_found(explain(error))

    def _say_found(self, words: str) -> None:
        self.found.setText(words)
        self.found.setVisible(bool(words))
