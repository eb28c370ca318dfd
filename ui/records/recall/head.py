"""The top of a recall: what it is about, how far it is, the first button, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.records.naming import Names, with_names
from coordinator.domain.records.recall_work import HoldBack, RecallWork
from coordinator.domain.volume import VolumeUnit, total
from coordinator.sayings import Saying
from ui.counted import homes_words
from ui.desk import Desk
from ui.records.recall.papers import PapersMenu
from ui.records.recall.words import days_words, most_left, took_words
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, change_role, set_role
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import left_aligned, text_label
from ui.widgets.step_button import StepButton

_MOST_SAID = 3
"""Of what a button does, our choice; the rest is in its tooltip."""


class RecallHead(QWidget):
    """Says the counts and the clock.

    ``hold_back_wanted``, ``close_wanted``, ``reopen_wanted``; ``left`` for all recalls or after practice.
    ``papers`` is what can be printed.
    """

    hold_back_wanted = Signal()
    close_wanted = Signal()
    reopen_wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk, *, is_drill: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: RecallWork | None = None
        self._names: Names = {}
        self._is_drill = is_drill
        self.band = text_label("", "ask")
        self.title = text_label("", "heading")
        self.figures = text_label("", "strong")
        self.because = text_label("", "quiet")
        self.hold_back = StepButton("")
        set_role(self.hold_back, "main")
        self.does = text_label("", "quiet")
        self.problem = text_label("", "problem")
        words = self.tr("End the practice") if is_drill else self.tr("All recalls")
        self.back = QPushButton(words)
        self.papers_button = QPushButton(self.tr("Papers"))
        self.papers = PapersMenu(self.papers_button, is_drill=is_drill)
        self.close_button = StepButton(self.tr("Close the recall"))
        self._lay_out()
        self._connect()

    def show_work(self, work: RecallWork, names: Names, does: HoldBack) -> None:
        """Show the recall *work*, and what holding back does now; people by their *names*."""
        self._work, self._names = work, names
        name = str(names.get(work.about, work.about))
        title = self.tr("{code}: milk of {name}, {days}")
        if self._is_drill:
            title = self.tr("Milk of {name}, {days}")
            self._show_band(work)
        self.title.setText(title.format(code=work.code, name=name, days=days_words(work.recall.days)))
        because = self.tr("Because: {why}").format(why=work.because)
        self.because.setText(because)
        self.because.setVisible(bool(work.because))
        self._show_hold_back(work, does)
        words = self.tr("Open it again") if work.is_closed else self.tr("Close the recall")
        self.close_button.setText(words)
        self.close_button.setAccessibleName(words)
        change_role(self.close_button, "main" if work.may_close and not work.is_closed else "")
        if work.may_close:
            self.refuse(())
        self.tick()

    def refuse(self, reasons: Sequence[Saying]) -> None:
        """Say why it cannot be closed yet; nothing takes it off."""
        lines = [str(with_names(reason, self._names)) for reason in reasons[:_MOST_SAID]]
        if len(reasons) > _MOST_SAID:
            lines.append(self.tr("And {count} more.").format(count=len(reasons) - _MOST_SAID))
        self.say(" ".join([self.tr("It stays open:"), *lines]) if reasons else "")

    def say(self, problem: str) -> None:
        """Say what went wrong; "" takes it off."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def tick(self) -> None:
        """Let the clock go on."""
        work, amount = self._work, self._desk.display.volume
        if work is None:
            return
        families = work.families
        reached = sum(one.reached for one in families)
        parts = [
            self.tr("Homes reached {reached} of {all}").format(reached=reached, all=len(families)),
            self.tr("{answered} of {due} answered for").format(
                answered=amount(work.answered), due=amount(work.due)
            ),
            self._left(work) if families else "",
            self._clock(work),
        ]
        self.figures.setText(" · ".join(part for part in parts if part))

    def _show_band(self, work: RecallWork) -> None:
        """Say that it is a practice, and once all were reached, how long that took."""
        words = self.tr("Practice: nothing here is kept. Ring nobody; play both sides of each call.")
        if work.took is not None:
            words = self.tr("Practice: all reached in {time}. Nothing here is kept.")
            words = words.format(time=took_words(work.took))
        self.band.setText(words)
        change_role(self.band, "ask" if work.took is None else "done")

    def _left(self, work: RecallWork) -> str:
        """Return what may still be in homes; that nobody knows of some is said."""
        left = [most_left(one) for one in work.families]
        unknown = left.count(None)
        known = total([one for one in left if one is not None])
        words = self.tr("at most {amount} still in homes")
        if unknown:
            words = self.tr("at most {amount} still in homes, and {homes} where nobody knows")
        return words.format(amount=self._desk.display.volume(known), homes=homes_words(unknown))

    def _clock(self, work: RecallWork) -> str:
        if work.took is not None and work.families:
            return self.tr("all reached in {time}").format(time=took_words(work.took))
        if work.closed_at is not None:
            return self.tr("closed {day}").format(day=show_date(work.closed_at.astimezone().date()))
        since = self._desk.database.clock() - work.began_at
        return self.tr("clock {time}").format(time=took_words(since, with_seconds=self._is_drill))

    def _show_hold_back(self, work: RecallWork, does: HoldBack) -> None:
        unit: VolumeUnit = self._desk.display.volume_unit
        self.hold_back.setText(str(does.says(unit)))
        self.hold_back.setAccessibleName(self.hold_back.text())
        self._first.setVisible(does.does_something and not work.is_closed)
        lines = [str(with_names(line, self._names)) for line in does.lines(unit)]
        more = self.tr("And {count} more.").format(count=len(lines) - _MOST_SAID)
        said = " ".join([*lines[:_MOST_SAID], *([more] if len(lines) > _MOST_SAID else [])])
        if does.does_something:
            said = self.tr("What it does: {lines} Ctrl+Z takes it back.").format(lines=said)
        self.does.setText(said)
        self.does.setToolTip("\n".join(lines))
        change_role(self.does, "ask" if does.on_its_way else "quiet")
        self.does.setVisible(bool(lines) and not work.is_closed)

    def _connect(self) -> None:
        self.hold_back.clicked.connect(lambda *_: self.hold_back_wanted.emit())
        self.back.clicked.connect(lambda *_: self.left.emit())
        self.close_button.clicked.connect(self._on_close)

    def _on_close(self) -> None:
        is_closed = self._work is not None and self._work.is_closed
        (self.reopen_wanted if is_closed else self.close_wanted).emit()

    def _lay_out(self) -> None:
        for button in (self.back, self.papers_button, self.close_button):
            button.setAccessibleName(button.text())
        flow = QHBoxLayout()
        flow.setSpacing(SPACE_SMALL)
        for button in (self.back, self.papers_button, self.close_button):
            flow.addWidget(button)
        self._first = left_aligned(self.hold_back)
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE)
        across.addWidget(self._first)
        across.addWidget(self.does, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, 0)
        layout.setSpacing(SPACE_SMALL)
        top = QHBoxLayout()
        top.addWidget(self.title, stretch=1)
        top.addLayout(flow)
        layout.addWidget(self.band)
        layout.addLayout(top)
        for widget in (self.because, self.figures, line, self.problem):
            layout.addWidget(widget)
        self.band.setVisible(self._is_drill)
        self.problem.hide()
