"""Every promise between "proposed" and "asked after" as a card in its column, what stands too long on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from coordinator.domain.agreements import case_words as words
from coordinator.domain.agreements.asked_after import next_asking
from coordinator.domain.agreements.case_steps import Act, CaseStep, NextStep, Turn
from coordinator.domain.agreements.contacts import NEVER
from coordinator.domain.agreements.holds import Hold, HoldState
from coordinator.domain.agreements.promises import Promise, Strand, Terms
from coordinator.domain.agreements.strands import strand_of
from coordinator.sayings import Saying, saying


class Station(StrEnum):
    """A column of the board, in the order in which milk goes through them."""

    PROPOSED = "proposed"
    ASKED = "asked"
    DONOR_YES = "donor's yes"
    FAMILY_YES = "family's yes"
    TO_CARRY = "to be carried"
    ON_A_RUN = "on a run"
    DELIVERED = "delivered"
    ASKED_AFTER = "asked after"

    @property
    def words(self) -> Saying:
        """The column's title."""
        return _STATIONS[self]


_STATIONS = {
    Station.PROPOSED: saying("Held, nobody asked"),
    Station.ASKED: saying("Asked"),
    Station.DONOR_YES: saying("Donor said yes"),
    Station.FAMILY_YES: saying("Family said yes"),
    Station.TO_CARRY: saying("Both yes, to be carried"),
    Station.ON_A_RUN: saying("On a pickup"),
    Station.DELIVERED: saying("Delivered"),
    Station.ASKED_AFTER: saying("Asked after"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One promise on the board. ``is_late``: it has stood longer than the network lets a question stand.

    ``needs_clinician``: a clinician must agree before the family's yes.
    """

    station: Station
    hold: Hold
    turn: Turn
    since: date | None
    next: NextStep
    words: Saying
    days: int = 0
    is_late: bool = False
    needs_clinician: bool = False
    strand: Strand | None = None


def board(promises: Iterable[Promise], terms: Terms) -> tuple[Card, ...]:
    """Return the cards column by column, in each what is late first, then what has stood longest."""
    cards = [card for one in promises if (card := card_of(one, terms)) is not None]
    return tuple(sorted(cards, key=_order))


def card_of(promise: Promise, terms: Terms) -> Card | None:
    """Return the card of one promise; ``None`` for one that is over."""
    strand = strand_of(promise, terms)
    if strand is None:
        return _asked_after(promise, terms)
    days = max(0, (terms.today - strand.since).days) if strand.since else 0
    return Card(
        _station(strand, promise),
        strand.hold,
        strand.turn,
        strand.since,
        strand.next,
        strand.words,
        days,
        _is_late(strand, days, terms),
        promise.needs_clinician,
        strand,
    )


def _asked_after(promise: Promise, terms: Terms) -> Card | None:
    came = promise.came
    if came is None or came.asked_after_on is None or not came.delivered:
        return None
    days = (terms.today - came.asked_after_on).days
    if days > terms.policy.ask_after_until_days:
        return None
    said = saying(
        "{came}, asked after {on:short}",
        came=words.delivered(came.delivered, came.lost, came.on, terms.unit),
        on=came.asked_after_on,
    )
    again = None if promise.family_rests else next_asking(came.on, came.askings, terms.policy)
    if again is not None:
        said = saying("{said}, once more from {on:short}", said=said, on=again.due_on)
    nothing = NextStep(Act.NONE, promise.hold.recipient_code)
    return Card(
        Station.ASKED_AFTER, promise.hold, Turn.NOBODY, came.asked_after_on, nothing, said, max(0, days)
    )


def _station(strand: Strand, promise: Promise) -> Station:
    hold = strand.hold
    if hold.state is HoldState.DONE:
        if strand.nothing_came:
            return Station.TO_CARRY
        return Station.ASKED_AFTER if promise.came and promise.came.askings else Station.DELIVERED
    if hold.state is HoldState.AGREED:
        return Station.TO_CARRY if strand.pickup is None else Station.ON_A_RUN
    if hold.donor_yes_on is not None:
        return Station.DONOR_YES
    if hold.family_yes_on is not None:
        return Station.FAMILY_YES
    was_asked = strand.asked_donor != NEVER or strand.asked_family != NEVER
    return Station.ASKED if was_asked else Station.PROPOSED


_LATE_AT_ONCE: Final = frozenset({CaseStep.EXPIRED, CaseStep.TO_SETTLE})
"""What has gone wrong, or is past its day."""
_WAITS_FOR_ITS_DAY: Final = frozenset({Act.PRINT, Act.SHOW_PICKUP, Act.SETTLE})
"""A pickup that is planned: its day says when it is due, not how long ago it was agreed."""


def _is_late(strand: Strand, days: int, terms: Terms) -> bool:
    if strand.step in _LATE_AT_ONCE:
        return True
    if strand.turn is Turn.NOBODY or strand.next.act in _WAITS_FOR_ITS_DAY:
        return False
    return days > terms.policy.nudge_days


def _order(card: Card) -> tuple[int, bool, date, str]:
    return tuple(Station).index(card.station), not card.is_late, card.since or date.max, card.hold.code
