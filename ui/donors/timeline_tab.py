"""A donor's timeline: move the ends of a fact, see what would flip, save; split a lot where it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.facts.dated_facts import Fact
from coordinator.domain.milk.lots import Lot
from coordinator.domain.records.recall import days_of_fact
from coordinator.domain.screening.donors import Donor
from coordinator.domain.suitability.flips import FactPreview
from coordinator.domain.suitability.timeline import Bar
from coordinator.services.screening import facts
from coordinator.services.suitability import flips, timeline
from coordinator.services.suitability.timeline import DonorTimeline, FamilyWhoAvoids
from ui.desk import Desk
from ui.donors.flip_words import flip_lines
from ui.donors.split_form import SplitForm
from ui.donors.timeline_view import TimelineView
from ui.theme import SPACE, set_role
from ui.widgets.fields.field_form import FieldForm
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.fields.value_fields import DateField
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.rows import Rows, text_label


class TimelineTab(QWidget):
    """The timeline, and under it the bar that is chosen.

    Nothing is stored before *Save*: what would flip is said first.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._shown: DonorTimeline | None = None
        self.view = TimelineView()
        self.editor = FactEditor(desk)
        self.lot = LotPart(desk)
        self.policy = text_label("", "quiet")
        self.family = QComboBox()
        self.family.setAccessibleName(self.tr("Whose baby her milk is looked at for"))
        self.family.activated.connect(lambda _: self._read())
        for part in (self.editor, self.lot):
            part.hide()
        self.view.bar_chosen.connect(self._choose)
        self.view.bar_moved.connect(lambda _, start, end: self.editor.show_ends(start, end))
        self.view.bar_dropped.connect(lambda *_: self.editor.ask_flips())
        self.view.bar_opened.connect(lambda _: self.editor.begin())
        self.view.removal_wanted.connect(lambda _: self.editor.remove())
        self.editor.taken_back.connect(self.view.take_back)
        where = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+B"), self, self._ask_which, context=where)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.family)
        layout.addWidget(self.view)
        layout.addWidget(self.policy)
        layout.addWidget(self.editor)
        layout.addWidget(self.lot)
        layout.addStretch(1)

    def show_donor(self, donor: Donor) -> None:
        """Show the timeline of *donor*, read beside the window."""
        if donor.code != self._code:
            self._code = donor.code
            self.editor.hide()
            self.lot.hide()
        self.lot.know(donor.lots)
        self._desk.read(partial(timeline.families_who_avoid, self._desk.database, donor.code), self._offer)

    def _offer(self, families: tuple[FamilyWhoAvoids, ...]) -> None:
        """Offer the families for whom milk differs by its dates, the one that was chosen still chosen."""
        kept = self.family.currentData()
        self.family.clear()
        self.family.addItem(self.tr("Her milk for a baby with nothing to avoid"), "")
        for one in families:
            words = self.tr("Her milk for {name}, {code}: no {foods}")
            foods = ", ".join(one.foods)
            self.family.addItem(words.format(name=one.name, code=one.code, foods=foods), one.code)
        self.family.setCurrentIndex(max(self.family.findData(kept), 0))
        self._read()

    def _read(self) -> None:
        family = str(self.family.currentData() or "")
        read = partial(timeline.donor_timeline, self._desk.database, self._code, self._desk.today(), family)
        self._desk.read(read, self._show)

    def _show(self, found: DonorTimeline) -> None:
        if found.donor_code != self._code:
            return
        self._shown = found
        self.view.show_timeline(found.timeline)
        words = self.tr("By {policy}; what is the baby's own is left aside.")
        review = self.tr("Information, not advice: a clinician reviews it.")
        self.policy.setText(f"{words.format(policy=found.policy_title)} {review}")
        if self.view.chosen is not None:
            self._choose(self.view.chosen)
        else:
            self.editor.hide()
            self.lot.hide()

    def _ask_which(self) -> None:
        if self.editor.isVisibleTo(self):
            self.editor.ask_which()

    def _choose(self, bar: Bar) -> None:
        if self._shown is None:
            return
        fact = next((fact for fact in self._shown.facts if bar.fact_id and fact.id == bar.fact_id), None)
        self.editor.setVisible(fact is not None)
        self.lot.setVisible(fact is None)
        if fact is not None:
            self.editor.show_fact(self._code, fact, bar.words)
        else:
            self.lot.show_lot(bar.lot_code, self._shown)


class FactEditor(QWidget):
    """The dates of one fact, what would flip, and the buttons that store it or take it back."""

    taken_back = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self._fact: Fact | None = None
        self._ends: tuple[date | None, date | None] = (None, None)
        self.title = text_label("", "strong")
        self.start, self.end = DateField(desk.today), DateField(desk.today)
        hint = self.tr("Pull an end, or Ctrl+arrow for the end and Shift+arrow for the start.")
        self.flips = Rows(hint)
        self.form = FieldForm()
        self.form.add(self.tr("From"), self.start)
        self.form.add(self.tr("First day without"), self.end)
        self.start.edited.connect(lambda day: self._set(day, self._ends[1]))
        self.end.edited.connect(lambda day: self._set(self._ends[0], day))
        self.save = self._button(self.tr("Save these dates"), self._save)
        set_role(self.save, "main")
        self.back = self._button(self.tr("Take back"), self.take_back)
        self.which = self._button(self.tr("Which babies have this milk?"), self.ask_which)
        self.which.setToolTip(self.tr("Milk of these days: where it went, and whom to ring first (Ctrl+B)"))
        self.remove_button = self._button(self.tr("Remove"), self.remove)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.save, self.back, self.which, self.remove_button):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.form, self.flips, buttons):
            layout.addWidget(widget)

    def show_fact(self, donor: str, fact: Fact, words: str) -> None:
        """Show *fact* as it is stored; what was being moved is let go of when it is another one."""
        same = self._fact is not None and (self._fact.id, self._fact.start, self._fact.end) == (
            fact.id,
            fact.start,
            fact.end,
        )
        self._code, self._fact = donor, fact
        self.title.setText(words)
        self.which.setVisible(days_of_fact(fact) is not None)
        if not same:
            self._ends = (fact.start, fact.end)
            self.flips.set_rows([])
        self._show_ends()

    def begin(self) -> None:
        """Put the cursor into the dates."""
        if not self.isHidden():
            self.start.setFocus()

    def show_ends(self, start: date | None, end: date | None) -> None:
        """Show where the ends are while they are pulled."""
        self._ends = (start, end)
        self._show_ends()

    def ask_flips(self) -> None:
        """Say what storing the dates as they stand would flip."""
        changed = self._changed()
        if changed is None:
            return
        preview = partial(flips.preview_fact, self._desk.database, self._code, changed, self._desk.today())
        self._desk.read(preview, self._say_flips)

    def take_back(self) -> None:
        """Go back to the stored dates."""
        if self._fact is not None:
            self._ends = (self._fact.start, self._fact.end)
            self.flips.set_rows([])
            self._show_ends()
            self.taken_back.emit()

    def remove(self) -> None:
        """Remove the fact; undo brings it back."""
        if self._fact is not None:
            said = self.tr("Removed. Undo brings it back.")
            self._desk.write(
                partial(facts.remove_fact, self._desk.database, self._code, self._fact.id), said=said
            )

    def ask_which(self) -> None:
        """Ask which babies have milk of the days this is about, as they are shown."""
        if self._fact is None:
            return
        days = days_of_fact(replace(self._fact, start=self._ends[0], end=self._ends[1]))
        if days is not None:
            self._desk.recall_wanted.emit(self._code, days, self.title.text())

    def _set(self, start: date | None, end: date | None) -> None:
        self.show_ends(start, end)
        self.ask_flips()

    def _changed(self) -> Fact | None:
        if self._fact is None or self._ends == (self._fact.start, self._fact.end):
            return None
        return replace(self._fact, start=self._ends[0], end=self._ends[1])

    def _show_ends(self) -> None:
        self.start.set_value(self._ends[0])
        self.end.set_value(self._ends[1])
        is_changed = self._changed() is not None
        self.save.setEnabled(is_changed)
        self.back.setEnabled(is_changed)

    def _say_flips(self, found: FactPreview) -> None:
        if self._changed() is not None:
            self.flips.set_rows([text_label(line, role) for line, role in flip_lines(found)])

    def _save(self) -> None:
        changed = self._changed()
        if changed is None:
            return
        store = partial(facts.record_fact, self._desk.database, self._code, changed, self._desk.today())
        self._desk.write(store, lambda _: self.flips.set_rows([]), failed=self._refused)

    def _refused(self, sentence: str) -> None:
        self.flips.set_rows([text_label(sentence, "problem")])

    def _button(self, words: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda *_: slot())
        return button


class LotPart(QWidget):
    """A lot's parts in words, with a form for each day it can be split at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lots: Sequence[Lot] = ()
        self.title = Label()
        set_role(self.title, "strong")
        self.rows = Rows(self.tr("Its days are not known: ask when it was pumped."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(self.rows)

    def know(self, lots: Sequence[Lot]) -> None:
        """Take the donor's *lots*, with what is free of each."""
        self._lots = lots

    def show_lot(self, code: str, found: DonorTimeline) -> None:
        """Show the parts of the lot with *code*."""
        self.title.setText(code)
        rows: list[QWidget] = []
        for part in found.parts.get(code, ()):
            days = self.tr("{first} to {last}").format(first=show_date(part.first), last=show_date(part.last))
            reasons = "; ".join(reason.text for reason in part.verdict.reasons[:4])
            said = f"{days}: {part.verdict.kind.words}" + (f" — {reasons}" if reasons else "")
            rows.append(text_label(said))
            if part.first in found.splits_of(code):
                rows.extend(SplitForm(self._desk, lot, part.first) for lot in self._lots if lot.code == code)
        self.rows.set_rows(rows)
