"""Verdicts: what speaks for asking, leaving or referring, always with every reason, in a helper's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import NamedTuple


class VerdictKind(IntEnum):
    """How a verdict stands, mildest first, so that the worst reason is the ``max``."""

    NO_OBJECTION = 0
    NO_OBJECTION_IF = 1
    ASK = 2
    NOT_A_FIT = 3
    REFER = 4

    @property
    def words(self) -> str:
        """What the window says."""
        return _WORDS[self]


_WORDS = {
    VerdictKind.NO_OBJECTION: "Nothing against it",
    VerdictKind.NO_OBJECTION_IF: "Nothing against it, if…",
    VerdictKind.ASK: "Ask first",
    VerdictKind.NOT_A_FIT: "Not a fit",
    VerdictKind.REFER: "Refer",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that counts, in words. A reason of ``NO_OBJECTION`` is a note to read.

    ``topic`` is a ``FactKind`` value or the name of a profile field, as in ``Question.topic``. ``together``
    says the same of several donors (``eat dairy``), for counting those not a fit.
    """

    kind: VerdictKind
    topic: str
    text: str
    source: str = ""
    together: str = ""


class Verdict(NamedTuple):
    """The worst kind among the reasons, and the reasons, worst first; none at all is no objection."""

    kind: VerdictKind = VerdictKind.NO_OBJECTION
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, reasons: Iterable[Reason]) -> Verdict:
        """Return the verdict of *reasons*, which differ from each other, in their order within a kind."""
        kept = tuple(sorted(reasons, key=_KIND, reverse=True))
        return cls(kept[0].kind, kept) if kept else cls()


_KIND = attrgetter("kind")
