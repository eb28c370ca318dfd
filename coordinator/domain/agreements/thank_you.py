"""A card of thanks to the donor, in plain words of our own; never a cheerful one to or from who mourns.

By rule: where one of the two lost a baby, the card is refused, and gentle words are offered instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coordinator.domain.agreements.pair import Pair
from coordinator.domain.volume import Volume, VolumeUnit, format_volume
from coordinator.errors import UserError
from coordinator.sayings import Saying, as_written, plural, saying


class Named(StrEnum):
    """How the two are called on the card."""

    FIRST_NAMES = "names"
    CODES = "codes"


class NoCardError(UserError):
    """No card is made for these two; ``gentle``: the quiet words may be used in its place."""

    def __init__(self, said: Saying, *, gentle: bool) -> None:
        super().__init__(said)
        self.gentle = gentle


@dataclass(frozen=True, slots=True)
class Card:
    """A card of thanks: who is thanked, in which words, and from whom."""

    title: Saying
    to: Saying
    lines: tuple[Saying, ...]
    sender: Saying
    is_gentle: bool = False


def thank_you_card(
    pair: Pair,
    names: tuple[str, str],
    *,
    network: str = "",
    unit: VolumeUnit = VolumeUnit.OZ,
    gentle: bool = False,
) -> Card:
    """Return the card from the family to the donor; *names* is what donor and family are called on it.

    Raises:
        NoCardError: If nothing came yet, or one of the two mourns and the words are not the gentle ones.
    """
    if not pair.delivered:
        raise NoCardError(saying("No milk has come yet, so there is nothing to thank for."), gentle=False)
    mourns = pair.donor.mourns or pair.recipient.mourns
    if mourns and not gentle:
        raise NoCardError(
            saying(
                "One of these two has lost a baby: no card is made. There are quiet words to use in its "
                "place; read them before you send anything."
            ),
            gentle=True,
        )
    donor, family = names
    to = saying("Dear {name},", name=donor)
    lines = _gentle() if gentle else _glad(pair, unit)
    sender: Saying = as_written(family)
    if network:
        sender = saying("{family}, and {network}", family=family, network=network)
    return Card(saying("Thank you"), to, lines, sender, is_gentle=gentle)


def _glad(pair: Pair, unit: VolumeUnit) -> tuple[Saying, ...]:
    much = as_written(format_volume(_whole(pair.delivered, unit), unit))
    return (
        plural(
            "you gave us {much} of your milk, in one delivery.",
            "you gave us {much} of your milk, in {n} deliveries.",
            pair.deliveries,
            much=much,
        ),
        saying("Every bag was your time and your care, and it fed our baby."),
        saying("Thank you for thinking of us."),
        saying("We think of you when we open the freezer."),
    )


def _gentle() -> tuple[Saying, ...]:
    """Return quiet words: no amounts, nothing of babies, nothing that asks for an answer."""
    return (
        saying("thank you for what you gave."),
        saying("It was received with care, and it is not forgotten."),
        saying("There is nothing you need to answer. We think of you."),
    )


def _whole(volume: Volume, unit: VolumeUnit) -> Volume:
    """Return *volume* rounded as a card says it: whole ounces, or millilitres as they are."""
    return Volume.from_oz(round(volume.oz)) if unit is VolumeUnit.OZ else volume


def as_text(card: Card) -> str:
    """Return the card to paste."""
    body = "\n".join(str(line) for line in card.lines)
    return f"{card.to}\n\n{body}\n\n{card.sender}\n"
