"""Whom milk is looked for: who the family is, what it needs, what is coming, and what is still to ask it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.agreements.case_steps import Act
from coordinator.domain.agreements.cases import Case
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.milk.recipients import Recipient
from ui.desk import Desk
from ui.families.lasting_words import age_words
from ui.matching.open_questions import OpenQuestions, empty, flowing_label
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.frame.tab_order import controls_in, keeping_focus
from ui.widgets.label import Label, literal
from ui.widgets.rows import text_label

_HERE: Final = frozenset({Act.FIND_MILK, Act.FIND_MORE, Act.OPEN, Act.NONE})
"""Steps without a button: they are taken on this page, or there is none."""

_CASE_CHARACTERS: Final = 80
_LOW_CHARACTERS: Final = 66
"""How wide the case is told: where every line counts, its buttons stand beside it."""


class FamilyHeader(QWidget):
    """Stays above the donors: ``show_family`` fills it, ``show_nobody`` empties it.

    ``step_wanted(step)`` asks for the next step of the case, ``families_wanted(on)`` for the list of them.
    """

    step_wanted = Signal(object)
    families_wanted = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[Recipient, Case, object] | None = None
        self._is_low = False
        about, stands = QWidget(), QWidget()
        self._about, self._stands = FlowLayout(about), FlowLayout(stands)
        self._stands_line = stands
        self.families = QPushButton(self.tr("Families"), self)
        self.families.setCheckable(True)
        self.families.setAccessibleName(self.tr("Show the list of families (Ctrl+Shift+L)"))
        self.families.setToolTip(self.families.accessibleName())
        self.families.toggled.connect(self.families_wanted)
        self.families.hide()
        self.promises = QPushButton(self.tr("Promises"), self)
        set_role(self.promises, "tab")
        self.promises.setToolTip(self.tr("Every promise of milk on its way, by where it stands"))
        self.promises.clicked.connect(lambda: desk.page_wanted.emit("promises", ""))
        self.plan = QPushButton(self.tr("The plan"), self)
        set_role(self.plan, "tab")
        self.plan.setAccessibleName(self.plan.text())
        self.plan.setToolTip(self.tr("Who gets which milk over the next weeks, for everybody at once"))
        self.plan.clicked.connect(lambda: desk.page_wanted.emit("plan", ""))
        self.case, self.next = text_label(""), QPushButton()
        self.to_ask = QPushButton()
        self.note = text_label("", "ask")
        self.questions = OpenQuestions(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE_SMALL)
        layout.setSpacing(SPACE_SMALL)
        for widget in (about, self.note, stands, self.questions):
            layout.addWidget(widget)
        self._put((), ())
        self._stands_line.hide()
        self.note.hide()
        self.questions.hide()

    def show_family(self, family: Recipient, case: Case) -> None:
        """Show *family* and where its case stands; while nothing changed, what is being typed stays."""
        now = (family, case, self._desk.display.volume_unit)
        if now == self._shown:
            return
        self._shown = now
        with keeping_focus(self):
            self._fill(family, case)
            self.questions.show_family(family)
            self._fold_questions()
        self.show()

    @property
    def asks(self) -> frozenset[str]:
        """The topics of the questions that can be answered in it."""
        return self.questions.topics if self._shown is not None else frozenset()

    def show_nobody(self) -> None:
        """Show nobody: no family is chosen, and what leads to everybody's milk stays."""
        self._shown = None
        with keeping_focus(self):
            self._put((), ())
            self._stands_line.hide()
        self.note.hide()
        self.questions.hide()
        self.show()

    def begin_questions(self) -> bool:
        """Stand on the first question, opened where they are behind a button; say whether there is one."""
        if self._shown is None or not self._shown[0].questions:
            return False
        self.questions.show()
        if self._is_low:
            self.to_ask.setChecked(True)
        first = next(controls_in(self.questions), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return first is not None

    def set_low(self, *, is_low: bool) -> None:
        """Be as low as can be: everything in one flow, the questions behind a button."""
        if is_low == self._is_low:
            return
        self._is_low = is_low
        if self._shown is not None:
            with keeping_focus(self):
                self._fill(self._shown[0], self._shown[1])
                self._fold_questions()

    def _put(self, about: Iterable[QWidget], stands: Iterable[QWidget]) -> None:
        """Show these instead, between the buttons that stay."""
        for kept in (self.families, self.promises, self.plan):
            self._about.removeWidget(kept)
        empty(self._about)
        empty(self._stands)
        is_low = self._is_low
        between = tuple(stands) if is_low else ()
        for widget in (self.families, *about, self.promises, *between, self.plan):
            self._about.addWidget(widget)
        for widget in () if is_low else stands:
            self._stands.addWidget(widget)
        self._about.set_between_lines(SPACE_SMALL if self._is_low else SPACE)
        for each in (self._about, self._stands):
            _level(each)
            each.invalidate()

    def _fill(self, family: Recipient, case: Case) -> None:
        self._put(self._about_widgets(family), self._case_widgets(family, case))
        self._stands_line.setHidden(self._is_low)
        words = family.household.read_before_ringing
        self.note.setText(self.tr("Read before you ring: {words}").format(words=words))
        self.note.setVisible(bool(words))

    def _case_widgets(self, family: Recipient, case: Case) -> list[QWidget]:
        """Return where the case stands, its next step, and where low what opens the questions."""
        step = case.next
        wide = _LOW_CHARACTERS if self._is_low else _CASE_CHARACTERS
        self.case = flowing_label(str(case.line), "quiet", wide)
        self.next = QPushButton(literal(str(step.words)))
        name = self.tr("{step} for {name}").format(step=step.words, name=family.household.name)
        self.next.setAccessibleName(name)
        self.next.clicked.connect(partial(self._take, case))
        count = len(family.questions)
        self.to_ask = QPushButton(self.tr("{count} to ask").format(count=count))
        self.to_ask.setCheckable(True)
        self.to_ask.toggled.connect(self.questions.setVisible)
        found: list[QWidget] = [self.case]
        if step.act not in _HERE:
            found.append(self.next)
        if self._is_low and count:
            found.append(self.to_ask)
        return found

    def _take(self, case: Case, *_: object) -> None:
        self.step_wanted.emit(case.next)

    def _fold_questions(self) -> None:
        family = self._shown[0] if self._shown is not None else None
        is_open = family is not None and bool(family.questions)
        self.questions.setVisible(is_open and not self._is_low)

    def _about_widgets(self, family: Recipient) -> list[QWidget]:
        household = family.household
        name, code = Label(household.name), Label(family.code)
        set_role(name, "strong" if self._is_low else "heading")
        set_role(code, "quiet")
        facts = [Label(words) for words in self._facts(family)]
        phones = [national_phone(p) for p in (household.phone, household.other_phone) if p]
        reach = [widget for phone in phones for widget in self._phone(phone)]
        reach = reach or [Label(self.tr("No phone number yet."))]
        if self._is_low:  # the rest stands on the family's own page
            return [name, *facts, *reach]
        when = [
            Label(words) for words in (household.ring_times or household.hours, household.languages) if words
        ]
        for label in when:
            set_role(label, "quiet")
        return [name, *facts, *reach, *when, code]

    def _facts(self, family: Recipient) -> list[str]:
        need, avoids = family.runway.need, family.baby.must_avoid
        a_day = self.tr("{amount} a day")
        much = self._desk.display.volume(need.expected) if need is not None else ""
        told = ", ".join(avoids) if avoids else ""
        return [
            self.tr("age: ask")
            if family.baby.born is None
            else age_words(family.baby.born, self._desk.today()),
            a_day.format(amount=much) if much else self.tr("need: ask"),
            self.tr("avoids: ask")
            if avoids is None
            else self.tr("avoids {what}").format(what=told or self.tr("nothing")),
        ]

    def _phone(self, phone: str) -> list[QWidget]:
        words = Label(phone)
        set_role(words, "strong")
        copy = QPushButton(self.tr("Copy"))
        copy.setAccessibleName(self.tr("Copy {what}").format(what=phone))
        copy.clicked.connect(lambda: self._copy(phone))
        return [words, copy]

    def _copy(self, phone: str) -> None:
        QGuiApplication.clipboard().setText(phone)
        self._desk.said.emit(self.tr("Copied {what}.").format(what=phone))


def _level(flow: FlowLayout) -> None:
    """Let the labels of a line be as high as its buttons, so that their words stand level."""
    widgets = [item.widget() for at in range(flow.count()) if (item := flow.itemAt(at)) is not None]
    line = max(
        (widget.sizeHint().height() for widget in widgets if isinstance(widget, QPushButton)), default=0
    )
    for widget in widgets:
        if isinstance(widget, QLabel):
            widget.setMinimumHeight(line)
