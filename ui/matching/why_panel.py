"""Why this donor for this baby: every reason, and the form that holds milk."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.families.contacts import national_phone
from coordinator.domain.matching.matches import LotPart, Match, Offer
from coordinator.domain.matching.proposing import Wanted
from coordinator.domain.matching.scored import ScoredDonors, names_tied
from coordinator.domain.milk.lots import Lot
from ui.desk import Desk
from ui.matching.amount_form import AmountForm
from ui.matching.asked_of_donor import AskedOfDonor
from ui.matching.columns import drive_words, reach_words, verdict_under
from ui.matching.proposal_words import wanted_words
from ui.matching.reason_list import ReasonList, Told
from ui.matching.reason_parts import PartsList, SourcesSwitch
from ui.matching.ring_words import first_words
from ui.matching.score_parts import ScoreParts
from ui.theme import SPACE, SPACE_LARGE, SPACE_SMALL, set_role
from ui.widgets.fields.edit_field import NotUnderstoodError
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.rows import text_label
from ui.widgets.scrolling import scrolling

_ROUND_FORM = (SPACE_LARGE, SPACE_SMALL, SPACE_LARGE, SPACE)
_LINES_OF_BOTH = 13
"""Room for the form and at least some of the reasons, in lines of text."""


class _Proposal(NamedTuple):
    """What the form was filled for; while it is the same, what stands there stays."""

    family: str
    donor: str
    lot: Lot
    only_from: date | None


class WhyPanel(QWidget):
    """Reasons, always visible, and the form; ``hold_wanted(lot, volume, bags, only_from)``, ``aside_wanted``.

    The form proposes what the baby needs (see ``want``) of the lot that suits best, and the day from which
    its bags do. The
    reasons are those of the lot chosen in the form. ``overrule_wanted(Told)``, ``decide_wanted(Told)``,
    ``take_back_wanted(id)``, ``who_wanted(donor)``.
    """

    hold_wanted = Signal(object, object, object, object)
    aside_wanted = Signal()
    overrule_wanted = Signal(object)
    decide_wanted = Signal(object)
    take_back_wanted = Signal(int)
    who_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._match: Match | None = None
        self._proposed: _Proposal | None = None
        self._wanted: Wanted | None = None
        self.heading = text_label("", "strong")
        self.about = text_label("", "quiet")
        self.first = text_label("", "ask")
        self.asked = AskedOfDonor(desk)
        self.score = ScoreParts()
        self.parts = PartsList(desk.display)
        self.parts.part_wanted.connect(self._take_part)
        self.reasons = ReasonList()
        self.reasons.overrule_wanted.connect(self.overrule_wanted)
        self.reasons.decide_wanted.connect(self.decide_wanted)
        self.reasons.take_back_wanted.connect(self.take_back_wanted)
        self.sources_shown = SourcesSwitch(desk.settings)
        self.sources_shown.toggled.connect(lambda on: self.reasons.show_sources(on=on))
        self.reasons.show_sources(on=self.sources_shown.isChecked())
        self.source = text_label(
            self.tr("Information with a source, not medical advice; a clinician reviews it."), "quiet"
        )
        self.lot = QComboBox()
        self.lot.setAccessibleName(self.tr("Lot to hold from"))
        self.lot.currentIndexChanged.connect(self._propose)
        self.amount = AmountForm(desk)
        self.volume, self.bags = self.amount.volume, self.amount.bags
        self.only_from, self.counted = self.amount.only_from, self.amount.counted
        self.hold = QPushButton(self.tr("Hold"))
        set_role(self.hold, "main")
        self.hold.setAccessibleName(self.tr("Hold this milk for the baby (Ctrl+Enter)"))
        self.hold.setToolTip(self.tr("Nobody else is offered this milk for the days set (Ctrl+Enter)"))
        self.hold.clicked.connect(self.hold_now)
        self.aside = QPushButton(self.tr("Not this one"))
        self.aside.setAccessibleName(self.tr("Do not suggest this donor for this baby (Ctrl+Backspace)"))
        self.aside.clicked.connect(self.aside_wanted)
        self.who = QPushButton(self.tr("Who else?"))
        self.who.setAccessibleName(self.tr("Which other families could use this donor's milk"))
        self.who.setToolTip(self.who.accessibleName())
        self.who.clicked.connect(self._ask_who)
        self._lay_out()
        self.show_match(None)

    def show_match(self, match: Match | None) -> None:
        """Show why *match*; nothing chosen says so.

        What stands in the form stays while it is about the same family, donor and lot.
        """
        is_asked_for = not self.hold.isEnabled()
        chosen = self.lot.currentData() if match is not None and self._is_about(match) else None
        self._match = match
        self.asked.show_match(match)
        offer = match.offer if match is not None else None
        self.first.setText(first_words(offer.ring_note, is_bereaved=offer.is_bereaved) if offer else "")
        self.first.setVisible(bool(self.first.text()))
        self.score.setVisible(match is not None)
        for widget in (self.amount, self.sources_shown, self.about, self.who):
            widget.setVisible(match is not None)
        self.lot.blockSignals(True)
        self.lot.clear()
        for lot in [part.lot for part in match.parts] if match is not None else ():
            self.lot.addItem(self._lot_words(lot), lot.code)
        self.lot.setCurrentIndex(max(0, self.lot.findData(chosen)) if self.lot.count() else -1)
        self.lot.blockSignals(False)
        self.lot.setVisible(match is not None and len(match.parts) > 1)
        self.aside.setVisible(match is not None)
        self.hold.setEnabled(match is not None)
        if match is None:
            self._proposed = None
            self.heading.setText(self.tr("Choose a donor to see the reasons."))
            self.about.setText("")
            self.parts.show_parts(())
            self.reasons.show_told(())
            return
        only = [self._lot_words(part.lot) for part in match.parts if len(match.parts) == 1]
        self.about.setText(" · ".join(part for part in (*only, *self._about(match)) if part))
        self.parts.show_parts(match.parts)
        self._propose_if_changed(is_asked_for=is_asked_for)

    def show_score(self, scored: ScoredDonors, match: Match | None) -> None:
        """Show why *match* stands where it stands among those of *scored* that stand alike."""
        score = scored.scores.get(match.code) if match is not None else None
        placed = next((one for one in scored.placed if match is not None and one.code == match.code), None)
        tied = names_tied(placed, scored.ranking.matches) if placed is not None else ()
        self.score.show_score(score, scored.weights, tied)

    def want(self, wanted: Wanted | None) -> None:
        """Let the next proposal be what is *wanted*; ``None`` proposes all that is free."""
        self._wanted = wanted

    def hold_now(self) -> None:
        """Ask for the hold that stands in the form, once; what cannot be read is said beside its field."""
        lot = self._lot()
        if lot is None or not self.hold.isEnabled():
            return
        try:
            typed = self.amount.typed()
        except NotUnderstoodError:
            return
        if self.hold.hasFocus():
            self.setFocus()  # else Qt sends it to another part of the window
        self.hold.setEnabled(False)
        self.hold_wanted.emit(lot, *typed)

    def _ask_who(self) -> None:
        if self._match is not None:
            self.who_wanted.emit(self._match.code)

    def _about(self, match: Match) -> list[str]:
        offer = match.offer
        past = ""
        if offer.past is not None:
            past = self.tr("{count} hand-overs before, {amount}, last {day}").format(
                count=offer.past.deliveries,
                amount=self._desk.display.volume(offer.past.volume),
                day=show_date(offer.past.last_on),
            )
        last = ""
        if offer.last_contact_on is not None:
            last = self.tr("last contact {day}").format(day=show_date(offer.last_contact_on))
        return [
            national_phone(offer.phone) if offer.phone else self.tr("no phone number yet"),
            offer.code,
            self._place(offer),
            reach_words(match.reach),
            drive_words(match, self._desk.display),
            self._ages(match),
            offer.hours,
            offer.languages,
            offer.wishes,
            past,
            last,
        ]

    def _place(self, offer: Offer) -> str:
        if offer.position is None:
            return offer.place_label
        return offer.place_label and self.tr("about, {place}").format(place=offer.place_label)

    def _ages(self, match: Match) -> str:
        hers, this = match.donors_baby_age_days, match.baby_age_days
        if hers is None or this is None:
            return ""
        return self.tr("her baby was {first}–{last} weeks old, this one is {weeks}").format(
            first=hers[0] // 7, last=hers[1] // 7, weeks=this // 7
        )

    def _lot_words(self, lot: Lot) -> str:
        dates = " – ".join(show_date(day) for day in (lot.expressed_from, lot.expressed_to) if day)
        bags = self.tr("{count} bags").format(count=lot.free_bags) if lot.free_bags is not None else ""
        parts = (lot.code, self._desk.display.volume(lot.free), bags, dates)
        return " · ".join(part for part in parts if part)

    def _lot(self) -> Lot | None:
        code = self.lot.currentData()
        lots = self._match.lots if self._match else ()
        return next((lot for lot in lots if lot.code == code), None)

    def _propose(self) -> None:
        part = self._part()
        if part is not None and self._match is not None:
            self._proposed = _Proposal(self._match.seeker.code, self._match.code, part.lot, part.only_from)
            wanted = self._wanted
            self.amount.propose(part.lot, part.only_from, wanted.volume if wanted is not None else None)
            self.amount.say_why(wanted_words(wanted, self._desk.display) if wanted is not None else "")
            self._show_reasons(part)

    def _propose_if_changed(self, *, is_asked_for: bool) -> None:
        """Keep the form while its proposal is the same; say when what she typed had to give way.

        After a hold that *is_asked_for* the rest is proposed, and nothing she typed is lost.
        """
        before, part, match = self._proposed, self._part(), self._match
        if part is None or match is None:
            return
        if before == _Proposal(match.seeker.code, match.code, part.lot, part.only_from):
            self.amount.say_again()
            self.amount.say_why(wanted_words(self._wanted, self._desk.display) if self._wanted else "")
            self._show_reasons(part)
            return
        is_lost = self._is_about(match) and self.amount.is_touched and not is_asked_for
        self._propose()
        if is_lost:
            free = self._desk.display.volume(part.lot.free)
            words = self.tr("{code} has changed: {amount} are free. What you typed was replaced; look again.")
            self.amount.say_note(words.format(code=part.lot.code, amount=free))

    def _is_about(self, match: Match) -> bool:
        """Whether the form was filled for the family and the donor of *match*."""
        before = self._proposed
        return before is not None and (before.family, before.donor) == (match.seeker.code, match.code)

    def _show_reasons(self, part: LotPart) -> None:
        """Say how the milk of one lot stands, with every reason."""
        match = self._match
        if match is not None:
            words = verdict_under(part.verdict, match.today, match.offer.disclosures.policy.title)
            self.heading.setText(f"{match.name} — {words}")
            self.reasons.show_told([Told(match, part, reason) for reason in part.verdict.reasons])

    def _part(self) -> LotPart | None:
        lot = self._lot()
        parts = self._match.parts if self._match else ()
        return next((part for part in parts if part.lot is lot), None)

    def _take_part(self, part: LotPart) -> None:
        """Fill the form with the bags that suit, and go there."""
        self.lot.setCurrentIndex(self.lot.findData(part.lot.code))
        self._propose()
        self.only_from.setFocus()

    def _lay_out(self) -> None:
        self.amount.add_last(self.hold)
        top = QHBoxLayout()
        top.addWidget(self.heading, stretch=1)
        top.addWidget(self.sources_shown)
        top.addWidget(self.who)
        top.addWidget(self.aside)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(SPACE_LARGE, SPACE, SPACE_LARGE, SPACE)
        inner.setSpacing(SPACE)
        inner.addLayout(top)
        for widget in (self.first, self.asked, self.score, self.parts, self.reasons, self.about, self.source):
            inner.addWidget(widget)
        inner.addStretch()
        area = scrolling(body)
        self._form = QWidget()
        below = QVBoxLayout(self._form)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(SPACE)
        below.addWidget(self.lot)
        below.addWidget(self.amount)
        self._inner, self._outer = inner, QVBoxLayout()
        self._outer.setContentsMargins(*_ROUND_FORM)
        self._outer.addWidget(self._form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area, stretch=1)
        layout.addLayout(self._outer)

    # Overrides of Qt.

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the form stay in view under the reasons; where it is low, it scrolls with them, before them."""
        super().resizeEvent(event)
        is_low = self.height() < self.fontMetrics().height() * _LINES_OF_BOTH
        if is_low == (self._outer.count() == 0):
            return
        if is_low:
            self._outer.removeWidget(self._form)
            self._inner.insertWidget(1, self._form)
            self._outer.setContentsMargins(0, 0, 0, 0)
        else:
            self._outer.setContentsMargins(*_ROUND_FORM)
            self._inner.removeWidget(self._form)
            self._outer.addWidget(self._form)
