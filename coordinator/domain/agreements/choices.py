"""Each side's choice as it is recorded: what it chose, how and when, and what it had been told by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.agreements.disclosed import Disclosed, since_words
from coordinator.domain.agreements.holds import Hold, HoldState, Side
from coordinator.sayings import NOTHING, Saying, saying


class ChoiceKind(StrEnum):
    """What a side chose. A yes that ends early is ``WITHDREW``: a choice of its own, with its own day."""

    YES = "yes"
    NO = "no"
    WITHDREW = "withdrew"

    @property
    def words(self) -> Saying:
        """The choice as it is shown."""
        return _KINDS[self]


class ChoiceHow(StrEnum):
    """How a side said what it chose."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    SIGNED = "signed paper"

    @property
    def words(self) -> Saying:
        """How, as it is shown."""
        return _HOW[self]


class HomeHeating(StrEnum):
    """Whether the family pasteurises the milk at home. Nobody asked is no value, not ``DOES_NOT``."""

    HEATS = "heats it at home"
    DOES_NOT = "does not heat it"

    @property
    def words(self) -> Saying:
        """What the family does, as it is shown."""
        return _HEATING[self]


class FileKind(StrEnum):
    """What a scanned paper may be, told by what is in the file and not by its name."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


_KINDS = {
    ChoiceKind.YES: saying("yes"),
    ChoiceKind.NO: saying("no"),
    ChoiceKind.WITHDREW: saying("took the yes back"),
}
_HOW = {
    ChoiceHow.SPOKEN: saying("spoken"),
    ChoiceHow.WRITTEN: saying("written"),
    ChoiceHow.SIGNED: saying("signed paper"),
}
_HEATING = {
    HomeHeating.HEATS: saying("heats it at home"),
    HomeHeating.DOES_NOT: saying("does not heat it"),
}


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned paper: its name without a folder, and its bytes."""

    name: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be recorded of one side: what it chose, how, and on which day.

    ``told_on`` is the day it was told what the other disclosed; the same day unless said otherwise. ``heats``
    is of a family, and None where nobody asked. ``by`` is who chose, the first name of the side if empty.
    ``told`` is what stood in the text that it was told by, where that was at hand.
    """

    side: Side
    kind: ChoiceKind
    on: date
    how: ChoiceHow = ChoiceHow.SPOKEN
    by: str = ""
    told_on: date | None = None
    heats: HomeHeating | None = None
    scan: Scan | None = None
    told: tuple[Disclosed, ...] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What one side of a hold chose, as it was recorded; ``ended_on`` once it does not count any more."""

    id: int
    hold_code: str
    side: Side
    kind: ChoiceKind
    how: ChoiceHow
    text_version: str
    told_on: date
    chosen_on: date
    noted_on: date
    chosen_by: str = ""
    noted_by: str = ""
    heats: HomeHeating | None = None
    file_id: int | None = None
    file_name: str = ""
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Informed:
    """Where one side's informed choice stands: its yes, the choice that counts, and what changed since.

    ``name`` is the side's first name, ``other`` that of the other side.
    """

    side: Side
    name: str
    other: str
    yes_on: date | None = None
    choice: Choice | None = None
    changes: tuple[Saying, ...] = ()

    @property
    def is_recorded(self) -> bool:
        """Whether a yes that counts is recorded with what was told before it."""
        return self.yes_on is not None and self.choice is not None and self.choice.kind is ChoiceKind.YES

    @property
    def asks_again(self) -> bool:
        """Whether something this side was told is another by now, so that its yes is of something else."""
        return self.is_recorded and bool(self.changes)

    @property
    def again(self) -> Saying:
        """Whom to ask again and why, after "ask": nothing where all is as it was told."""
        if self.choice is None or not self.asks_again:
            return NOTHING
        return saying(
            "{name} again ({since})", name=self.name, since=since_words(self.choice.told_on, self.changes)
        )

    @property
    def missing(self) -> Saying:
        """That a yes stands without a recorded choice, and so what nobody knows; nothing where none does."""
        if self.yes_on is None or self.is_recorded:
            return NOTHING
        return saying("not recorded: what {name} was told about {other}", name=self.name, other=self.other)

    @property
    def note(self) -> Saying:
        """What the coordinator is to look at; nothing where the side has not said yes, or all is as told."""
        return saying("ask {again}", again=self.again) if self.asks_again else self.missing


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One recorded choice with what it is about: a line of a family's page and of the export.

    ``age`` is in days since it was made. ``is_older_text``: the text in use is another by now. ``changes`` is
    what is another since it was told, where the choice still counts. ``is_expired``: its hold has ended.
    """

    choice: Choice
    hold: Hold
    age: int
    is_older_text: bool = False
    changes: tuple[Saying, ...] = ()
    is_expired: bool = False

    @property
    def of_donor(self) -> bool:
        """Whether the donor chose."""
        return self.choice.side is Side.DONOR

    @property
    def code(self) -> str:
        """The code of who chose, as a donor or as a family."""
        return self.hold.donor_code if self.of_donor else self.hold.recipient_code

    @property
    def stands(self) -> Saying:
        """What the choice is worth today."""
        if self.choice.ended_on is not None:
            return saying("ended {on}", on=self.choice.ended_on)
        if self.hold.state is HoldState.DONE:
            return saying("handed over")
        if self.hold.state is HoldState.RELEASED:
            return saying("released")
        if self.is_expired:
            return saying("expired")
        if self.hold.pause is not None:
            return saying("the pair is paused")
        return saying("ask again") if self.changes else saying("counts")
