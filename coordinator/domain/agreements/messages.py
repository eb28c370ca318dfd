"""Messages a coordinator pastes: plain, friendly, without health answers, no address before its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from coordinator.domain.agreements.holds import Hold, MessageKind, Side
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.households import Household, first_name
from coordinator.domain.volume import VolumeUnit, format_volume
from coordinator.errors import UserError
from coordinator.sayings import Saying, as_written, joined, plural, saying


class AddressNotYetError(UserError):
    """An address was asked for before everybody whose yes it takes has said so."""

    def __init__(self, hold: str, *, driver: bool = False) -> None:
        super().__init__(
            saying("{hold}: an address is given only after the driver has said yes too.", hold=hold)
            if driver
            else saying("{hold}: an address is given only after both families have said yes.", hold=hold)
        )
        self.hold = hold


@dataclass(frozen=True, slots=True)
class HandOver:
    """When and where the milk changes hands, if planned, and whether a driver's yes is missing."""

    on: date | None = None
    starts_at: time | None = None
    meeting_place: str = ""
    waits_for_driver: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """All a message may draw on. ``miles`` is already in words (``about 12 mi``) or empty.

    ``is_gentle``: the donor has lost her baby, so nothing to her is cheerful and nothing presses.
    """

    hold: Hold
    donor: Household
    family: Household
    network: str = ""
    signature: str = ""
    miles: str = ""
    unit: VolumeUnit = VolumeUnit.OZ
    hand_over: HandOver = HandOver()
    is_gentle: bool = False


def write(letter: Letter, kind: MessageKind, to: Side | None = None) -> Saying:
    """Return the text of a message.

    Args:
        letter: What it is about.
        kind: Which message.
        to: Who gets it, for the last two kinds; the family unless told otherwise. The address is always
            the other side's.

    Raises:
        AddressNotYetError: If an address is asked for before everybody has said yes.
    """
    side = {MessageKind.ASK_DONOR: Side.DONOR, MessageKind.ASK_FAMILY: Side.FAMILY}.get(
        kind, to or Side.FAMILY
    )
    reader = letter.donor if side is Side.DONOR else letter.family
    body = {
        MessageKind.ASK_DONOR: _ask_donor,
        MessageKind.ASK_FAMILY: _ask_family,
        MessageKind.CONFIRM_TIME: _confirm_time,
        MessageKind.ADDRESS: _address,
    }[kind](letter, side)
    return joined(" ", (greeting(letter.network, letter.signature, called(reader)), body))


def greeting(network: str, signature: str, reader: str) -> Saying:
    """Return how a message begins."""
    me = signature or saying("your milk coordinator")
    if network:
        return saying("Hi {name}, this is {me} from {network}.", name=reader, me=me, network=network)
    return saying("Hi {name}, this is {me}.", name=reader, me=me)


def milk_in_words(hold: Hold, unit: VolumeUnit) -> Saying:
    """Return what is held: ``about 243 oz in about 58 bags, only bags dated Oct 21 or later``."""
    milk = _about(hold, as_written(format_volume(hold.volume, unit)))
    if hold.bags:
        bags = _about(hold, plural("{n} bags", "{n} bags", hold.bags))
        milk = saying("{milk} in {bags}", milk=milk, bags=bags)
    if hold.only_from:
        milk = saying("{milk}, only bags dated {on:short} or later", milk=milk, on=hold.only_from)
    return milk


def _about(hold: Hold, much: Saying) -> Saying:
    return saying("about {much}", much=much) if hold.is_about else much


def _ask_donor(letter: Letter, _side: Side) -> Saying:
    if letter.is_gentle:
        return _ask_gently(letter)
    return saying(
        "A family {where} would be glad of some of your milk: {milk}. Would you like to share it with them? "
        "I keep it for them until {until:short}. Please ask me anything you want to know "
        "first, and tell me if something has changed since you filled in the form.",
        where=_where(letter.hold.recipient_town, letter.miles),
        milk=milk_in_words(letter.hold, letter.unit),
        until=letter.hold.expires_on,
    )


def _ask_gently(letter: Letter) -> Saying:
    return saying(
        "I am thinking of you. You offered some of your milk, and it could help a baby {where}: {milk}. "
        "Only if it feels right for you: no is a good answer too, and there is nothing you have to explain. "
        "I keep it aside until {until:short}. If you would rather talk, tell me a time that suits you.",
        where=_where(letter.hold.recipient_town, letter.miles),
        milk=milk_in_words(letter.hold, letter.unit),
        until=letter.hold.expires_on,
    )


def _ask_family(letter: Letter, _side: Side) -> Saying:
    return saying(
        "A donor {where} has milk that may suit you: {milk}. Would you like it? "
        "I keep it for you until {until:short}. Ring me and I tell you all she told us, "
        "so that you can decide for yourselves.",
        where=_where(letter.hold.donor_town, letter.miles),
        milk=milk_in_words(letter.hold, letter.unit),
        until=letter.hold.expires_on,
    )


def _confirm_time(letter: Letter, side: Side) -> Saying:
    milk = milk_in_words(letter.hold, letter.unit)
    plan = letter.hand_over
    if plan.on is None:
        return _ask_time(milk, letter.donor.hours if side is Side.DONOR else letter.family.hours)
    when = saying("{weekday}, {on:short}", weekday=WEEKDAYS[plan.on.weekday()], on=plan.on)
    if plan.starts_at:
        when = saying("{day} at {time}", day=when, time=clock_words(plan.starts_at))
    if plan.meeting_place:
        return saying(
            "The hand-over of the {milk} is planned for {when}, at {place}. Does that suit you?",
            milk=milk,
            when=when,
            place=plan.meeting_place,
        )
    return saying(
        "The hand-over of the {milk} is planned for {when}. Does that suit you?", milk=milk, when=when
    )


def _ask_time(milk: Saying, hours: str) -> Saying:
    if hours:
        return saying(
            "It is about the {milk}. You told us: {hours}. "
            "Which day and time would suit you for the hand-over?",
            milk=milk,
            hours=hours,
        )
    return saying("It is about the {milk}. Which day and time would suit you for the hand-over?", milk=milk)


def _address(letter: Letter, side: Side) -> Saying:
    if not letter.hold.is_agreed:
        raise AddressNotYetError(letter.hold.code)
    if letter.hand_over.waits_for_driver:
        raise AddressNotYetError(letter.hold.code, driver=True)
    other = letter.family if side is Side.DONOR else letter.donor
    thanks = saying(
        "Thank you both for saying yes to the {milk}.", milk=milk_in_words(letter.hold, letter.unit)
    )
    place = letter.hand_over.meeting_place
    where = _where_they_meet(other, place) if place else _home(other)
    return joined(" ", (thanks, where, saying("Please keep this to yourself.")))


def _where_they_meet(other: Household, place: str) -> Saying:
    """Return where they meet so that neither needs the other's home."""
    meet = saying("You meet {name} at {place}.", name=called(other), place=place)
    if not other.phone:
        return meet
    phone = saying("Phone of {name}: {phone}.", name=called(other), phone=national_phone(other.phone))
    return joined(" ", (meet, phone))


def _home(other: Household) -> Saying:
    address: str | Saying = other.address.line or saying("no address yet: please ask me")
    if other.phone:
        address = saying("{address}, phone {phone}", address=address, phone=national_phone(other.phone))
    reach = saying("Here is how to reach {name}: {address}.", name=called(other), address=address)
    return joined(" ", (reach, saying("{note}.", note=other.driver_note))) if other.driver_note else reach


def called(household: Household) -> str:
    """Return what a household is called in a message."""
    return household.name_on_paper or first_name(household.name)


def _where(town: str, miles: str) -> Saying:
    where = saying("in {town}", town=town) if town else saying("near you")
    return saying("{where} ({miles} away)", where=where, miles=miles) if miles else where


WEEKDAYS: Final = (
    saying("Monday"),
    saying("Tuesday"),
    saying("Wednesday"),
    saying("Thursday"),
    saying("Friday"),
    saying("Saturday"),
    saying("Sunday"),
)


def clock_words(at: time) -> Saying:
    """Return a time of day as it is written to a family: ``9:05 am``."""
    hour, minute = at.hour % 12 or 12, at.minute
    if at.hour < 12:
        return saying("{hour}:{minute:02d} am", hour=hour, minute=minute)
    return saying("{hour}:{minute:02d} pm", hour=hour, minute=minute)
