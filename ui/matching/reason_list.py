"""Every reason of a verdict, a line each; on demand what it rests on: rule, value, source, fact, days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.intervals import ALWAYS, Interval
from coordinator.domain.matching.matches import LotPart, Match
from coordinator.domain.policies.rules import RULES
from coordinator.domain.policies.unchecked import unchecked_of
from coordinator.domain.policies.verdicts import Basis, Reason, VerdictKind
from coordinator.domain.suitability.offering import Offered, decisions_for
from coordinator.domain.suitability.overruling import applying
from ui.theme import SPACE, SPACE_SMALL
from ui.translation import translate
from ui.widgets.fields.typed_dates import show_date
from ui.widgets.label import Label
from ui.widgets.rows import text_label


@dataclass(frozen=True)
class Told:
    """A reason about some milk for a family."""

    match: Match
    part: LotPart
    reason: Reason

    @property
    def can_be_overruled(self) -> bool:
        """Whether a parent or a clinician may decide otherwise."""
        return self.reason.kind is VerdictKind.NOT_A_FIT and not self.reason.is_final

    @property
    def offered(self) -> tuple[Offered, ...]:
        """What could be decided once for every donor instead."""
        return decisions_for(self.reason, self.match.offer.disclosures, self.part.lot)

    @property
    def overruling_id(self) -> int:
        """The id of what was overruled, 0 if nothing was."""
        seeker = self.match.seeker
        about = applying(seeker.overruled, seeker.code, self.part.lot)
        same = (one.id for one in about if (one.rule, one.words) == (self.reason.rule, self.reason.overruled))
        return next(same, 0)


class ReasonList(QWidget):
    """The reasons of one lot for one family, the worst first.

    ``overrule_wanted(Told)``, ``decide_wanted(Told)`` and ``take_back_wanted(id)`` come from the buttons
    beside a reason.
    """

    overrule_wanted = Signal(object)
    decide_wanted = Signal(object)
    take_back_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Reasons"))
        self._lines: list[_Line] = []
        self._shown = 0
        self._with_sources = False
        self._unchecked = text_label("", "quiet")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_SMALL)
        self._layout.addWidget(self._unchecked)

    def show_told(self, told: Sequence[Told]) -> None:
        """Show these reasons instead; lines that are there are used again."""
        self._shown = len(told)
        while len(self._lines) < len(told):
            line = _Line(self)
            self._lines.append(line)
            self._layout.insertWidget(self._layout.count() - 1, line)
        for line, one in zip(self._lines, told, strict=False):
            line.fill(one)
            line.show_sources(on=self._with_sources)
            line.show()
        for line in self._lines[len(told) :]:
            line.hide()
        self._unchecked.setText("\n".join(map(str, unchecked_of(one.reason for one in told))))
        self._show_unchecked()

    def show_sources(self, *, on: bool) -> None:
        """Show under each reason what it rests on, or the reasons alone."""
        self._with_sources = on
        for line in self._lines:
            line.show_sources(on=on)
        self._show_unchecked()

    def _show_unchecked(self) -> None:
        """Say once, under all sources, which of them nobody has checked."""
        self._unchecked.setVisible(self._with_sources and bool(self._unchecked.text()))

    def text(self) -> str:
        """Return the reasons as they stand on screen, a line each."""
        return "\n".join(f"•  {line.words.text()}" for line in self._lines[: self._shown])

    def sources(self) -> str:
        """Return what stands under the reasons."""
        lines = (line.source.text() for line in self._lines[: self._shown])
        return "\n".join(filter(None, (*lines, self._unchecked.text())))


class _Line(QWidget):
    """One reason; its buttons are made when it first needs them."""

    def __init__(self, owner: ReasonList) -> None:
        super().__init__(owner)
        self._owner = owner
        self._button: QPushButton | None = None
        self._decide: QPushButton | None = None
        self._told: Told | None = None
        self.words = text_label("")
        self.source = text_label("", "quiet")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(0)
        self._bullet = Label("•")
        self._grid.addWidget(self._bullet, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.words, 0, 1)
        self._grid.addWidget(self.source, 1, 1)
        self._grid.setColumnStretch(1, 1)

    def fill(self, told: Told) -> None:
        """Show a reason."""
        self._told = told
        reason = told.reason
        final = self.tr("{reason}. Nobody decides otherwise about this.") if reason.is_final else "{reason}"
        self.words.setText(final.format(reason=reason.text))
        self.source.setText("\n".join(rests_on(reason)))
        is_overruled = bool(reason.overruled and told.overruling_id)
        has_button = told.can_be_overruled or is_overruled or bool(told.offered)
        for label in (self._bullet, self.words):  # level with the button's word
            label.setContentsMargins(0, SPACE_SMALL + 1 if has_button else 0, 0, 0)
        if told.can_be_overruled:
            name = self.tr("Somebody overruled it: {code}, {reason}")
            self._offer(self.tr("Overruled by…"), name.format(code=told.match.code, reason=reason.text))
        elif is_overruled:
            name = self.tr("Take back: {what}").format(what=reason.overruled)
            self._offer(self.tr("Take back"), name)
        elif has_button:
            name = self.tr("Decide once for every donor: {reason}").format(reason=reason.text)
            self._offer(self.tr("Decide once…"), name)
        elif self._button is not None:
            self._button.hide()
        self._offer_both(told)

    def _offer_both(self, told: Told) -> None:
        """Offer to decide once beside the other button, where a reason can be met either way."""
        wanted = told.can_be_overruled and bool(told.offered)
        if wanted and self._decide is None:
            self._decide = QPushButton(self.tr("Decide once…"), self)
            self._decide.clicked.connect(lambda *_: self._owner.decide_wanted.emit(self._told))
            self._grid.addWidget(self._decide, 0, 3, 2, 1, Qt.AlignmentFlag.AlignTop)
        if self._decide is not None:
            name = self.tr("Decide once for every donor: {reason}").format(reason=told.reason.text)
            self._decide.setAccessibleName(name)
            self._decide.setVisible(wanted)

    def show_sources(self, *, on: bool) -> None:
        """Show what the reason rests on, or not."""
        self.source.setVisible(on and bool(self.source.text()))

    def _offer(self, words: str, name: str) -> None:
        if self._button is None:
            self._button = QPushButton(self)
            self._button.clicked.connect(self._press)
            self._grid.addWidget(self._button, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)
        self._button.setText(words)
        self._button.setAccessibleName(name)
        self._button.show()

    def _press(self) -> None:
        told = self._told
        if told is not None and told.can_be_overruled:
            self._owner.overrule_wanted.emit(told)
        elif told is not None and told.offered:
            self._owner.decide_wanted.emit(told)
        elif told is not None:
            self._owner.take_back_wanted.emit(told.overruling_id)


def rests_on(reason: Reason) -> Iterator[str]:
    """Yield what a reason rests on: each value with its source, the fact it met, the days it is about."""
    if reason.basis is not None:
        yield _rule_words(reason.basis)
    for basis in reason.bases:
        yield _rule_words(basis)
    if reason.fact:
        yield translate("Reasons", "Her answer: {fact}").format(fact=reason.fact)
    if reason.during != ALWAYS:
        yield translate("Reasons", "About milk {days}").format(days=_days(reason.during))


def _rule_words(basis: Basis) -> str:
    rule = RULES.get(basis.rule)
    said = translate("Reasons", "{rule}: {value}").format(
        rule=rule.title if rule else basis.rule, value=basis.words
    )
    if basis.decided:
        ours = translate("Reasons", "{said} — our figure too, {who} — {source}")
        return ours.format(said=said, who=basis.decided, source=basis.source)
    return f"{said} — {basis.source}"


def _days(during: Interval) -> str:
    last = during.last_day
    if during.start is None:
        return translate("Reasons", "until {day}").format(day=show_date(last)) if last else ""
    if last is None:
        return translate("Reasons", "from {day} on").format(day=show_date(during.start))
    return translate("Reasons", "of {first} to {last}").format(
        first=show_date(during.start), last=show_date(last)
    )
