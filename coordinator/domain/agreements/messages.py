"""Messages a coordinator pastes: plain, friendly, without health answers, no address before its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from coordinator.domain.agreements.holds import Hold, MessageKind, Side
from coordinator.domain.families.contacts import national_phone
from coordinator.domain.families.households import Household, first_name
from coordinator.domain.volume import VolumeUnit, format_volume
from coordinator.errors import UserError


class AddressNotYetError(UserError):
    """An address was asked for before everybody whose yes it takes has said so."""

    def __init__(self, hold: str, *, driver: bool = False) -> None:
        who = "the driver has said yes too" if driver else "both families have said yes"
        super().__init__(f"{hold}: an address is given only after {who}.")
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
    """All a message may draw on. ``miles`` is already in words (``about 12 mi``) or empty."""

    hold: Hold
    donor: Household
    family: Household
    network: str = ""
    signature: str = ""
    miles: str = ""
    unit: VolumeUnit = VolumeUnit.OZ
    hand_over: HandOver = HandOver()


def write(letter: Letter, kind: MessageKind, to: Side | None = None) -> str:
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
    network = f" from {letter.network}" if letter.network else ""
    greeting = f"Hi {_called(reader)}, this is {letter.signature or 'your milk coordinator'}{network}."
    return f"{greeting} {body}"


def milk_in_words(hold: Hold, unit: VolumeUnit) -> str:
    """Return what is held: ``about 243 oz in about 58 bags, only bags dated Oct 21 or later``."""
    about = "about " if hold.is_about else ""
    bags = f" in {about}{hold.bags} bags" if hold.bags else ""
    only = f", only bags dated {_day(hold.only_from)} or later" if hold.only_from else ""
    return f"{about}{format_volume(hold.volume, unit)}{bags}{only}"


def _ask_donor(letter: Letter, _side: Side) -> str:
    where = _where(letter.hold.recipient_town, letter.miles)
    milk = milk_in_words(letter.hold, letter.unit)
    return (
        f"A family {where} would be glad of some of your milk: {milk}. Would you like to share it with them? "
        f"I keep it for them until {_day(letter.hold.expires_on)}. Please ask me anything you want to know "
        "first, and tell me if something has changed since you filled in the form."
    )


def _ask_family(letter: Letter, _side: Side) -> str:
    where = _where(letter.hold.donor_town, letter.miles)
    milk = milk_in_words(letter.hold, letter.unit)
    return (
        f"A donor {where} has milk that may suit you: {milk}. Would you like it? "
        f"I keep it for you until {_day(letter.hold.expires_on)}. Ring me and I tell you all she told us, "
        "so that you can decide for yourselves."
    )


def _confirm_time(letter: Letter, side: Side) -> str:
    milk = milk_in_words(letter.hold, letter.unit)
    plan = letter.hand_over
    if plan.on is None:
        hours = letter.donor.hours if side is Side.DONOR else letter.family.hours
        usual = f" You told us: {hours}." if hours else ""
        return f"It is about the {milk}.{usual} Which day and time would suit you for the hand-over?"
    at = f" at {_clock(plan.starts_at)}" if plan.starts_at else ""
    place = f", at {plan.meeting_place}" if plan.meeting_place else ""
    when = f"{plan.on:%A}, {_day(plan.on)}{at}"
    return f"The hand-over of the {milk} is planned for {when}{place}. Does that suit you?"


def _address(letter: Letter, side: Side) -> str:
    if not letter.hold.is_agreed:
        raise AddressNotYetError(letter.hold.code)
    if letter.hand_over.waits_for_driver:
        raise AddressNotYetError(letter.hold.code, driver=True)
    other = letter.family if side is Side.DONOR else letter.donor
    place = letter.hand_over.meeting_place
    if place:  # They meet there so that neither needs the other's home.
        phone = f" Phone of {_called(other)}: {national_phone(other.phone)}." if other.phone else ""
        return (
            f"Thank you both for saying yes to the {milk_in_words(letter.hold, letter.unit)}. "
            f"You meet {_called(other)} at {place}.{phone} Please keep this to yourself."
        )
    address = other.address.line or "no address yet: please ask me"
    phone = f", phone {national_phone(other.phone)}" if other.phone else ""
    note = f" {other.driver_note}." if other.driver_note else ""
    return (
        f"Thank you both for saying yes to the {milk_in_words(letter.hold, letter.unit)}. "
        f"Here is how to reach {_called(other)}: {address}{phone}.{note} Please keep this to yourself."
    )


def _called(household: Household) -> str:
    return household.name_on_paper or first_name(household.name)


def _where(town: str, miles: str) -> str:
    return " ".join(
        part for part in (f"in {town}" if town else "near you", f"({miles} away)" if miles else "") if part
    )


def _day(on: date) -> str:
    return f"{on:%b} {on.day}"


def _clock(at: time) -> str:
    hour = at.hour % 12 or 12
    return f"{hour}:{at.minute:02d} {'am' if at.hour < 12 else 'pm'}"
