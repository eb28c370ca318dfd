"""A recall as the work of an afternoon: whom to ring, who was reached, and what became of each ounce."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from coordinator.domain.milk.left_behind import DUST
from coordinator.domain.places.positions import Position
from coordinator.domain.records.recall import Home, NotGiven, Recall
from coordinator.domain.volume import Volume, VolumeUnit, format_volume, total
from coordinator.sayings import Saying, plural, saying


class ContactOutcome(StrEnum):
    """What came of ringing somebody, or of writing."""

    REACHED = "reached"
    NO_ANSWER = "no answer"
    MESSAGE_LEFT = "message left"
    WRITTEN = "written"
    WRONG_NUMBER = "wrong number"

    @property
    def words(self) -> Saying:
        """The outcome as it is shown."""
        return _OUTCOMES[self]


_OUTCOMES = {
    ContactOutcome.REACHED: saying("reached"),
    ContactOutcome.NO_ANSWER: saying("no answer"),
    ContactOutcome.MESSAGE_LEFT: saying("message left"),
    ContactOutcome.WRITTEN: saying("letter sent or handed over"),
    ContactOutcome.WRONG_NUMBER: saying("wrong number"),
}


class ToldBack(StrEnum):
    """What somebody says became of milk in question.

    ``SET_ASIDE`` is still there, kept apart and not fed. ``UNKNOWN`` is an answer as well: they do not know.
    """

    FED = "fed"
    DISCARDED = "discarded"
    SET_ASIDE = "set aside"
    NEVER_HAD = "never had"
    UNKNOWN = "they do not know"

    @property
    def words(self) -> Saying:
        """The answer as it is shown."""
        return _ANSWERS[self]

    @property
    def is_gone(self) -> bool:
        """Whether milk that was set aside before can become this."""
        return self in {ToldBack.FED, ToldBack.DISCARDED}


_ANSWERS = {
    ToldBack.FED: saying("fed"),
    ToldBack.DISCARDED: saying("discarded"),
    ToldBack.SET_ASIDE: saying("set aside, not fed"),
    ToldBack.NEVER_HAD: saying("never had it"),
    ToldBack.UNKNOWN: saying("they do not know"),
}


class PartyKind(StrEnum):
    """Who is rung: a family that was given of the milk, its donor, or a volunteer with whom some waits."""

    FAMILY = "family"
    DONOR = "donor"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Contact:
    """That *who*, a code, was rung or written to. ``id`` names it to the services."""

    id: int
    who: str
    at: datetime
    outcome: ContactOutcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What *who*, a code, told became of so much milk, as of the day *on*."""

    id: int
    who: str
    became: ToldBack
    volume: Volume
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """One of those to ring.

    ``due`` is what there is to ask for: at a family what came to it, at a donor what is free or promised and
    has not gone, at a volunteer what waits there; at these two also what they told already and the ledger
    has since as discarded or kept. ``home`` is a family's share, ``not_given`` the milk of the others.
    ``read_first`` is to be read before ringing.
    """

    who: str
    name: str
    phone: str
    kind: PartyKind
    due: Volume
    told: tuple[Told, ...] = ()
    contacts: tuple[Contact, ...] = ()
    home: Home | None = None
    not_given: tuple[NotGiven, ...] = ()
    position: Position | None = None
    languages: str = ""
    read_first: str = ""

    @property
    def _others(self) -> Volume:
        return total([one.volume for one in self.told if one.became is not ToldBack.SET_ASIDE])

    @property
    def set_aside(self) -> Volume:
        """How much is still there, kept apart: what was said to be, less what became of it since."""
        apart = total([one.volume for one in self.told if one.became is ToldBack.SET_ASIDE])
        return max(min(apart, self.due - self._others), Volume())

    @property
    def answered(self) -> Volume:
        """How much of what is due was answered for; never more than that."""
        return min(self.due, self._others + self.set_aside)

    @property
    def open(self) -> Volume:
        """How much nobody has answered for yet; what would be shown as nothing is nothing."""
        rest = self.due - self.answered
        return rest if rest >= DUST else Volume()

    @property
    def too_much(self) -> Volume:
        """How much more was told than is due: a hand-over was corrected since."""
        return max(self._others - self.due, Volume())

    def most(self, became: ToldBack) -> Volume:
        """Return the most that can be told as *became*: milk that was set aside may be gone by now."""
        return self.open + self.set_aside if became.is_gone else self.open

    def of(self, became: ToldBack) -> Volume:
        """Return how much was told as *became*."""
        if became is ToldBack.SET_ASIDE:
            return self.set_aside
        return total([one.volume for one in self.told if one.became is became])

    @property
    def reached_at(self) -> datetime | None:
        """When somebody first spoke with them; a letter or a message reaches nobody yet."""
        spoke = [one.at for one in self.contacts if one.outcome is ContactOutcome.REACHED]
        return min(spoke, default=None)

    @property
    def reached(self) -> bool:
        """Whether somebody spoke with them."""
        return self.reached_at is not None

    @property
    def rung_at(self) -> datetime | None:
        """When they were last rung or written to."""
        return max((one.at for one in self.contacts), default=None)

    @property
    def may_have_some(self) -> bool:
        """Whether milk may still be there: it counts as there while nobody knows."""
        if self.home is None:
            return bool(self.open)
        return bool(self.open) and (self.home.left is None or bool(self.home.left))


@dataclass(frozen=True, slots=True)
class RecallWork:
    """A recall that was begun, with ``parties`` in the order to ring.

    ``untold`` are lots of which nobody ever said how much they hold.
    """

    code: str
    about: str
    because: str
    began_at: datetime
    closed_at: datetime | None
    recall: Recall
    parties: tuple[Party, ...]
    untold: tuple[str, ...] = ()
    is_drill: bool = False

    @property
    def families(self) -> tuple[Party, ...]:
        """Those whose babies were given of it."""
        return tuple(one for one in self.parties if one.kind is PartyKind.FAMILY)

    @property
    def given(self) -> Volume:
        """How much came to families."""
        return self.recall.volume

    @property
    def due(self) -> Volume:
        """How much is to be answered for."""
        return total([one.due for one in self.parties])

    @property
    def answered(self) -> Volume:
        """How much was answered for."""
        return total([one.answered for one in self.parties])

    @property
    def open(self) -> Volume:
        """How much nobody has answered for yet."""
        return total([one.open for one in self.parties])

    @property
    def is_closed(self) -> bool:
        """Whether she closed it, whatever came to light since."""
        return self.closed_at is not None

    @property
    def is_open_again(self) -> bool:
        """Whether it was closed, and milk came to light since that nobody answered for."""
        return self.is_closed and not self.may_close

    @property
    def reached_all_at(self) -> datetime | None:
        """When the last family was first spoken with; ``None`` while one was not, or where there is none."""
        reached = [one.reached_at for one in self.families if one.due]
        known = [at for at in reached if at is not None]
        return max(known, default=None) if len(known) == len(reached) else None

    @property
    def took(self) -> timedelta | None:
        """From the beginning until all families were reached."""
        at = self.reached_all_at
        return None if at is None else max(at - self.began_at, timedelta())

    @property
    def may_close(self) -> bool:
        """Whether every ounce was answered for."""
        return not self.against_closing()

    def against_closing(self, unit: VolumeUnit = VolumeUnit.OZ) -> tuple[Saying, ...]:
        """Return why it cannot be closed yet, in the order to ring; nothing when it can."""
        found = [
            saying(
                "{who} has not told yet what became of {amount}.",
                who=one.who,
                amount=format_volume(one.open, unit).replace("\u00a0", " "),
            )
            for one in self.parties
            if one.open
        ]
        found += [
            saying("Nobody has said how much {lot} holds; type its amount first.", lot=lot)
            for lot in self.untold
        ]
        return tuple(found)

    def party(self, who: str) -> Party | None:
        """Return the one with this code."""
        return next((one for one in self.parties if one.who == who.upper()), None)


def in_order(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Return *parties* in the order to ring.

    First the families who may still have some, as the recall orders them, then donors and volunteers, then
    families whose milk is gone by all that is known.
    """
    weight = {PartyKind.FAMILY: 3, PartyKind.DONOR: 1, PartyKind.VOLUNTEER: 2}
    return tuple(sorted(parties, key=lambda one: 0 if _may_still_feed(one) else weight[one.kind]))


def _may_still_feed(one: Party) -> bool:
    return one.home is not None and (one.home.left is None or bool(one.home.left))


def with_words(
    parties: Iterable[Party], told: Mapping[str, Sequence[Told]], contacts: Mapping[str, Sequence[Contact]]
) -> tuple[Party, ...]:
    """Return *parties* with what each told and how each was reached, by code; see ``Party.due``."""
    return tuple(
        replace(
            one,
            told=(said := tuple(told.get(one.who, ()))),
            contacts=tuple(contacts.get(one.who, ())),
            due=one.due + _in_the_ledger(one.kind, said),
        )
        for one in parties
    )


def _in_the_ledger(kind: PartyKind, told: Sequence[Told]) -> Volume:
    """Return how much of what was told has left the lot in the ledger: of a family it had left before."""
    if kind is PartyKind.FAMILY:
        return Volume()
    return total([one.volume for one in told if one.became.is_gone])


@dataclass(frozen=True, slots=True)
class HeldBackMilk:
    """A promise that is held back: its hold is released, and it leaves the pickup *pickup_code*, if any."""

    hold_code: str
    recipient_code: str
    volume: Volume
    pickup_code: str = ""


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """Milk that no click holds back: the pickup is today's or earlier. Ring *who*."""

    hold_code: str
    recipient_code: str
    volume: Volume
    pickup_code: str
    pickup_on: date
    who: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class HoldBack:
    """What holding back does, or did: whom it pauses, which promises it takes back, and what it cannot."""

    donors: tuple[str, ...]
    promises: tuple[HeldBackMilk, ...]
    on_its_way: tuple[OnItsWay, ...]

    @property
    def volume(self) -> Volume:
        """How much promised milk stays where it is."""
        return total([one.volume for one in self.promises])

    @property
    def does_something(self) -> bool:
        """Whether there is anybody to pause or any promise to take back."""
        return bool(self.donors or self.promises)

    def says(self, unit: VolumeUnit = VolumeUnit.OZ) -> Saying:
        """Return the line of the button."""
        amount = format_volume(self.volume, unit).replace("\u00a0", " ")
        if self.donors and self.promises:
            return saying(
                "Pause {donors} and hold back {amount}", donors=", ".join(self.donors), amount=amount
            )
        if self.donors:
            return saying("Pause {donors}; nothing of the milk is promised", donors=", ".join(self.donors))
        if self.promises:
            return saying("Hold back {amount} that are promised", amount=amount)
        return saying("Nothing is promised, and nobody is to be paused")

    def lines(self, unit: VolumeUnit = VolumeUnit.OZ) -> tuple[Saying, ...]:
        """Return it one by one, what cannot be held back first: who drives is to be rung at once."""

        def oz(volume: Volume) -> str:
            return format_volume(volume, unit).replace("\u00a0", " ")

        found = [
            saying(
                "{amount} for {family} may be on the road with {pickup}: ring {who} now, {name} {phone}.",
                amount=oz(one.volume),
                family=one.recipient_code,
                pickup=one.pickup_code,
                who=one.who,
                name=one.name,
                phone=one.phone,
            )
            for one in self.on_its_way
        ]
        found += [saying("{donor} is paused: nobody is offered her milk.", donor=one) for one in self.donors]
        found += [
            saying(
                "{hold} is released: {amount} do not go to {family}, and leave {pickup}.",
                hold=one.hold_code,
                amount=oz(one.volume),
                family=one.recipient_code,
                pickup=one.pickup_code,
            )
            if one.pickup_code
            else saying(
                "{hold} is released: {amount} do not go to {family}.",
                hold=one.hold_code,
                amount=oz(one.volume),
                family=one.recipient_code,
            )
            for one in self.promises
        ]
        return tuple(found)


def in_words(took: timedelta) -> Saying:
    """Return how long it took, such as "3 h 10 min"."""
    minutes = int(took.total_seconds() // 60)
    if minutes < 60:
        return plural("{n} minute", "{n} minutes", minutes)
    return saying("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
