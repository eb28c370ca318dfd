"""What each part of the printed set may show, and to whom it goes: one table, which the tests read PDFs by.

No part has a health answer, a reason for needing milk, a private note, a screening or a medicine: there is no
``Shown`` for them. A food that clashes is the one thing of a baby that stands on paper, on the label alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from coordinator.sayings import Saying, saying

if TYPE_CHECKING:
    from collections.abc import Mapping


class Level(StrEnum):
    """Whose paper it is."""

    DRIVER = "driver"
    FAMILY = "family"
    COORDINATOR = "coordinator"

    @property
    def words(self) -> Saying:
        """Whose paper it is, as it is shown."""
        return _LEVELS[self]


_LEVELS = {
    Level.DRIVER: saying("driver"),
    Level.FAMILY: saying("family"),
    Level.COORDINATOR: saying("coordinator"),
}


class Part(StrEnum):
    """A part of what is printed for a pickup."""

    COPY = "coordinator's copy"
    RUN_SHEET = "run sheet"
    TAGS = "cooler tags"
    SLIPS = "hand-over slips"
    RECEIPTS = "receipts"
    CARDS = "thank-you cards"
    LABELS = "bag labels"

    @property
    def words(self) -> Saying:
        """The part as it is shown."""
        return _PARTS[self]


_PARTS = {
    Part.COPY: saying("Coordinator’s copy"),
    Part.RUN_SHEET: saying("Driver’s run sheet"),
    Part.TAGS: saying("Cooler tags"),
    Part.SLIPS: saying("Hand-over slips"),
    Part.RECEIPTS: saying("Receipts"),
    Part.CARDS: saying("Thank-you cards"),
    Part.LABELS: saying("Bag labels"),
}


class Shown(StrEnum):
    """What of a household can stand on paper. Its own first name is on every part that is its own."""

    OTHERS_FIRST_NAME = "the first name of the other family"
    CARRIERS_FIRST_NAME = "the first name of who carries"
    FULL_NAME = "surnames"
    ADDRESS = "streets and ZIP codes"
    PHONE = "phones of families"
    DRIVER_NOTE = "the note for the driver"
    FAMILY_CODE = "codes of families"
    LOT = "codes of lots, bags and amounts"
    DAYS_OF_MILK = "days of expression and use-by"
    FOOD_CLASH = "foods that clash"


@dataclass(frozen=True, slots=True)
class Privacy:
    """Whose a part is, and what of households it may show."""

    level: Level
    shows: frozenset[Shown]


MAY_SHOW: Mapping[Part, Privacy] = {
    Part.COPY: Privacy(
        Level.COORDINATOR,
        frozenset({Shown.OTHERS_FIRST_NAME, Shown.CARRIERS_FIRST_NAME, Shown.FULL_NAME})
        | {Shown.FAMILY_CODE, Shown.LOT},
    ),
    Part.RUN_SHEET: Privacy(
        Level.DRIVER,
        frozenset({Shown.OTHERS_FIRST_NAME, Shown.CARRIERS_FIRST_NAME, Shown.ADDRESS, Shown.PHONE})
        | {Shown.DRIVER_NOTE, Shown.LOT},
    ),
    Part.TAGS: Privacy(
        Level.DRIVER, frozenset({Shown.OTHERS_FIRST_NAME, Shown.CARRIERS_FIRST_NAME, Shown.LOT})
    ),
    Part.SLIPS: Privacy(Level.FAMILY, frozenset({Shown.CARRIERS_FIRST_NAME, Shown.LOT})),
    Part.RECEIPTS: Privacy(
        Level.FAMILY, frozenset({Shown.CARRIERS_FIRST_NAME, Shown.LOT, Shown.DAYS_OF_MILK})
    ),
    Part.CARDS: Privacy(Level.FAMILY, frozenset({Shown.OTHERS_FIRST_NAME})),
    Part.LABELS: Privacy(Level.FAMILY, frozenset({Shown.LOT, Shown.DAYS_OF_MILK, Shown.FOOD_CLASH})),
}
"""The one table. A slip names no family, a receipt no donor: by the code of the lot the network knows."""

LABELS_MAY_SHOW: Mapping[Level, frozenset[Shown]] = {
    Level.DRIVER: frozenset({Shown.LOT}),
    Level.FAMILY: MAY_SHOW[Part.LABELS].shows,
    Level.COORDINATOR: MAY_SHOW[Part.LABELS].shows | {Shown.FAMILY_CODE},
}
"""Labels can be made for each level; those for the family are the usual ones."""

IN_A_SET = (Part.RUN_SHEET, Part.TAGS, Part.SLIPS, Part.RECEIPTS, Part.CARDS, Part.COPY)
"""The parts of one PDF, in its order; labels have a paper of their own."""
USUAL = frozenset({Part.RUN_SHEET, Part.TAGS, Part.SLIPS, Part.RECEIPTS})
"""What is printed unless told otherwise; our choice."""
