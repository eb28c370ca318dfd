"""Where a case stands, on a call card: its steps, whose turn it is, and what comes of asking."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.domain.agreements.case_steps import Act, CaseStep
from coordinator.domain.agreements.cases import Case
from coordinator.domain.agreements.holds import HoldState, Side
from coordinator.domain.agreements.promises import Strand
from ui.cases.asked_after_dialog import ask_after
from ui.cases.asking import ask_before_words, ways_of_asking
from ui.cases.choice_dialog import tell_and_choose, telling_words, withdrawal
from ui.cases.standing_list import pairs_of, standing_row
from ui.cases.standing_steps import make_pair
from ui.desk import Desk
from ui.theme import SPACE_SMALL
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.rows import text_label
from ui.widgets.step_button import StepButton

_DONE, _OPEN = "●", "○"


class CasePanel(QWidget):
    """The case in words, then each hold on its way: its steps, done or open, and who is asked about it.

    On a donor's card (``side``, with her code as *whose*) it is only about the milk she promised.
    """

    def __init__(self, desk: Desk, case: Case, side: Side, whose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_SMALL)
        if side is Side.FAMILY:
            layout.addWidget(text_label(str(case.line), "strong"))
        for strand in case.strands:
            if whose in {strand.hold.donor_code, strand.hold.recipient_code}:
                self._add_strand(layout, strand, side)
                self._add_making(layout, case, strand)
        for one in pairs_of(case.renewals, whose):
            layout.addSpacing(SPACE_SMALL)
            layout.addWidget(standing_row(desk, one, self))
        if case.next.act is Act.ASK_AFTER and side is Side.FAMILY:
            buttons = FlowLayout()
            ask = partial(ask_after, desk, case.code, self)
            self._add(buttons, self.tr("What they said…"), case.code, ask)
            layout.addLayout(buttons)

    def _add_strand(self, layout: QVBoxLayout, strand: Strand, side: Side) -> None:
        hold = strand.hold
        amount = self._desk.display.volume(hold.volume)
        if hold.is_about:
            amount = self.tr("about {amount}").format(amount=amount)
        words = self.tr("{amount} of {donor} for {family}: {words}")
        layout.addWidget(
            text_label(
                words.format(
                    amount=amount, donor=hold.donor_name, family=hold.recipient_name, words=strand.words
                )
            )
        )
        if len(hold.still_asked) > 1:  # the words above name the first
            layout.addWidget(text_label(ask_before_words(hold.still_asked), "ask"))
        for note in strand.notes:
            layout.addWidget(text_label(str(note), "ask"))
        layout.addWidget(text_label(self._steps(strand), "quiet"))
        if hold.state in (HoldState.OPEN, HoldState.AGREED):
            buttons = self._asking(strand, side)
            if strand.paused:
                open_pair = partial(self._desk.pair_wanted.emit, hold.donor_code, hold.recipient_code)
                self._add(buttons, self.tr("The pair…"), hold.code, open_pair)
            layout.addLayout(buttons)

    def _add_making(self, layout: QVBoxLayout, case: Case, strand: Strand) -> None:
        """Offer to make the two a standing pair, once both agreed on milk, where they are none yet."""
        hold, pairs = strand.hold, {one.pair.donor_code for one in case.renewals}
        may_be = hold.state in (HoldState.AGREED, HoldState.DONE) and not strand.came_unfit
        if may_be and hold.donor_code not in pairs:
            buttons = FlowLayout()
            make = partial(make_pair, self._desk, hold.code, self)
            self._add(buttons, self.tr("Make this a standing pair…"), hold.code, make)
            layout.addLayout(buttons)

    def _steps(self, strand: Strand) -> str:
        hold, pickup = strand.hold, strand.pickup
        is_asked = strand.asked_donor.on is not None or strand.asked_family.on is not None
        steps = (
            (self.tr("held"), True),
            (self.tr("asked"), is_asked or hold.is_agreed),
            (self.tr("donor’s yes"), hold.donor_yes_on is not None),
            (self.tr("family’s yes"), hold.family_yes_on is not None),
            (self.tr("planned"), pickup is not None),
            (self.tr("printed"), pickup is not None and pickup.printed_on is not None),
            (self.tr("delivered"), strand.step is CaseStep.DELIVERED),
        )
        # A step and its mark stay on one line.
        return "  ".join(f"{_DONE if done else _OPEN}\u00a0{words}" for words, done in steps)

    def _asking(self, strand: Strand, side: Side) -> FlowLayout:
        """Return the buttons for the side that is rung: it was asked, it said yes, a text to paste.

        One that said yes can be told again, to record its choice, or withdraws.
        """
        buttons, hold = FlowLayout(), strand.hold
        is_donor = side is Side.DONOR
        if (hold.donor_yes_on if is_donor else hold.family_yes_on) is not None:
            tell = partial(tell_and_choose, self._desk, hold.code, side, self)
            self._add(buttons, telling_words(side), hold.code, tell)
            words, withdraw = withdrawal(self._desk, hold.code, side)
            self._add(buttons, words, hold.code, withdraw)
            return buttons
        asked = strand.asked_donor if is_donor else strand.asked_family
        for words, does in ways_of_asking(self._desk, hold.code, side, self, asked.on):
            self._add(buttons, words, hold.code, does)
        return buttons

    def _add(self, buttons: FlowLayout, words: str, code: str, slot: Callable[[], object]) -> None:
        button = StepButton(words)
        button.setAccessibleName(f"{words}: {code}")
        button.clicked.connect(lambda *_: slot())
        buttons.addWidget(button)
