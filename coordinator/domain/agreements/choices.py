"""Each side's choice as it is recorded: what it chose, how and when, and what it had been told by then."""

from __future__ import annotations

from enum import StrEnum

from coordinator.sayings import Saying, saying


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
