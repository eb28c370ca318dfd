"""The next day of a standing pair, as the case of its family and the worklist tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.domain.agreements.case_steps import Act, NextStep, Turn, pause_step
from coordinator.domain.agreements.rhythms import day_words
from coordinator.domain.agreements.standing_pairs import Proposal, StandingPair, StandingState, When
from coordinator.domain.volume import VolumeUnit
from coordinator.sayings import Saying, joined, saying


@dataclass(frozen=True, slots=True)
class Renewal:
    """A pair and its next day that nobody was asked about; ``proposal`` once both are to be asked."""

    pair: StandingPair
    when: When
    today: date
    on: date | None = None
    proposal: Proposal | None = None

    @property
    def is_due(self) -> bool:
        """Whether it is time to ask the two."""
        return self.proposal is not None

    @property
    def since(self) -> date | None:
        """Since when the two are to be asked; none while it is too early."""
        return self.when.asks_from(self.on) if self.on and self.proposal else None

    @property
    def renew_by(self) -> date | None:
        """By when both should have said yes."""
        return self.when.renew_by(self.on) if self.on else None

    @property
    def turn(self) -> Turn:
        """Hers once the two are to be asked."""
        return Turn.YOU if self.is_due else Turn.NOBODY

    @property
    def next(self) -> NextStep:
        """Ask both, look at what is not ready, or read what stands before the donor is rung."""
        if self.proposal is None:
            return NextStep()
        pair, act = self.pair, Act.RENEW if self.proposal.is_ready else Act.FIND_MILK
        if self.proposal.pause is not None:
            act = pause_step(self.proposal.pause)
        code = pair.recipient_code
        if pair.donor_reads_first:
            act, code = Act.READ_FIRST, pair.donor_code
        return NextStep(act, code, due_on=self.renew_by, standing_code=pair.code, on=self.on)

    def words(self, unit: VolumeUnit) -> Saying:
        """Where it stands: ``standing pair: next Sat, Dec 12, ask Maeve: 350 oz, renew by Thu, Dec 10``."""
        pair = self.pair
        if pair.state is StandingState.PAUSED:
            return saying("standing pair with {donor}: paused", donor=pair.donor_name)
        if self.on is None:
            return saying("standing pair with {donor}: no day to come", donor=pair.donor_name)
        day = day_words(self.on)
        if self.proposal is None:
            return saying("standing pair with {donor}: next {day}", donor=pair.donor_name, day=day)
        if pair.donor_reads_first:
            return saying(
                "standing pair: next {day} with {donor}, read the note first", day=day, donor=pair.donor_name
            )
        milk = self.proposal.words(unit)
        if not self.proposal.is_ready:
            return saying(
                "standing pair: next {day} with {donor}: {milk}", day=day, donor=pair.donor_name, milk=milk
            )
        said = saying(
            "standing pair: next {day}, ask {donor}: {milk}", day=day, donor=pair.donor_name, milk=milk
        )
        return joined(", ", (said, self._by()))

    def _by(self) -> Saying:
        by = self.renew_by
        if by is None or by < self.today:
            return saying("late to renew")
        return saying("renew today") if by == self.today else saying("renew by {day}", day=day_words(by))
